using System.Text;

namespace Seikan.Core;

/// <summary>Literals of job files as values: lenient as options are (numbers as text, positional rows, loose objects).</summary>
public static class ConfigValues
{
    /// <summary>Appends a literal.</summary>
    /// <param name="type">The wanted type.</param>
    /// <param name="builder">The builder of the type.</param>
    /// <param name="node">The literal.</param>
    /// <returns>False when the literal is not of the type; the builder is then unchanged.</returns>
    public static bool TryAppend(DataType type, ColumnBuilder builder, ConfigNode node)
    {
        var count = builder.Count;
        if (TryAppendNode(type, builder, node))
        {
            return true;
        }

        builder.Truncate(count);
        return false;
    }

    private static bool TryAppendNode(DataType type, ColumnBuilder builder, ConfigNode node)
    {
        switch (node)
        {
            case ConfigScalar { IsNull: true }:
                builder.AppendNull();
                return true;
            case ConfigScalar scalar when type is ArrayType array && !scalar.Text.AsSpan().TrimStart().StartsWith('['):
                return TryAppendParts(array, (ListBuilder)builder, scalar);
            case ConfigScalar scalar:
                return ValueText.TryAppend(type, builder, Encoding.UTF8.GetBytes(type.Kind == TypeKind.String ? scalar.Text : scalar.Text.Trim()));
            case ConfigList list:
                return TryAppendList(type, builder, list);
            case ConfigObject map:
                return TryAppendObject(type, builder, map);
            default:
                return false;
        }
    }

    // A list written as one text with commas (engine.md C.8).
    private static bool TryAppendParts(ArrayType type, ListBuilder builder, ConfigScalar text)
    {
        foreach (var part in text.Text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!ValueText.TryAppend(type.Element, builder.Elements, Encoding.UTF8.GetBytes(part)))
            {
                return false;
            }
        }

        builder.EndList();
        return true;
    }

    private static bool TryAppendList(DataType type, ColumnBuilder builder, ConfigList list)
    {
        switch (type)
        {
            case ArrayType array:
                var lists = (ListBuilder)builder;
                if (!list.Items.All(item => TryAppendNode(array.Element, lists.Elements, item)))
                {
                    return false;
                }

                lists.EndList();
                return true;
            case RowType row when row.Fields.Length == list.Items.Length:
                var rows = (RowBuilder)builder;
                for (var i = 0; i < row.Fields.Length; i++)
                {
                    if (!TryAppendNode(row.Fields[i].Type, rows.Fields[i], list.Items[i]))
                    {
                        return false;
                    }
                }

                rows.EndValue();
                return true;
            case VectorType when list.Items.All(i => i is ConfigScalar):
                return ValueText.TryAppend(type, builder, Encoding.UTF8.GetBytes("[" + string.Join(',', list.Items.Cast<ConfigScalar>().Select(s => s.Text)) + "]"));
            default:
                return false;
        }
    }

    private static bool TryAppendObject(DataType type, ColumnBuilder builder, ConfigObject map)
    {
        switch (type)
        {
            case RowType row:
                var rows = (RowBuilder)builder;
                if (map.Fields.Any(f => row.Fields.All(r => r.Name != f.Key)))
                {
                    return false;
                }

                for (var i = 0; i < row.Fields.Length; i++)
                {
                    if (map.Find(row.Fields[i].Name) is not { } field)
                    {
                        rows.Fields[i].AppendNull();
                    }
                    else if (!TryAppendNode(row.Fields[i].Type, rows.Fields[i], field.Value))
                    {
                        return false;
                    }
                }

                rows.EndValue();
                return true;
            case MapType entries:
                return TryAppendEntries(entries.Key, entries.Value, (ListBuilder)builder, map);
            case { Kind: TypeKind.SparseFloatVector }:
                return TryAppendEntries(DataType.Int, DataType.Float, (ListBuilder)builder, map);
            default:
                return false;
        }
    }

    private static bool TryAppendEntries(DataType key, DataType value, ListBuilder builder, ConfigObject map)
    {
        var entries = (RowBuilder)builder.Elements;
        foreach (var field in map.Fields)
        {
            if (!ValueText.TryAppend(key, entries.Fields[0], Encoding.UTF8.GetBytes(field.Key)) || !TryAppendNode(value, entries.Fields[1], field.Value))
            {
                return false;
            }

            entries.EndValue();
        }

        builder.EndList();
        return true;
    }
}
