using System.Collections.Immutable;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Connectors.Fake;

/// <summary>One row given in a job.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Fields">A literal a column.</param>
internal sealed record FakeRow(RowKind Kind, ImmutableArray<ConfigNode> Fields)
{
    /// <summary>Reads <c>rows</c>; null after an error. Every value is tried against its column, so that a wrong one is told before the job starts.</summary>
    public static ImmutableArray<FakeRow>? Read(ConfigNode node, TableSchema schema, OptionBlock block)
    {
        if (node is not ConfigList list)
        {
            block.Error(OptionErrors.WrongType, "\"rows\" is not a list", node.Span, "write rows = [ { fields = [ .. ] } ]");
            return null;
        }

        var rows = ImmutableArray.CreateBuilder<FakeRow>();
        var pool = new BufferPool();
        for (var i = 0; i < list.Items.Length; i++)
        {
            if (ReadRow(list.Items[i], i, schema, block, pool) is { } row)
            {
                rows.Add(row);
            }
        }

        return rows.Count == list.Items.Length && CheckPairs(rows, list, block) ? rows.ToImmutable() : null;
    }

    private static FakeRow? ReadRow(ConfigNode node, int index, TableSchema schema, OptionBlock block, BufferPool pool)
    {
        if (node is not ConfigObject row || row.Find("fields")?.Value is not ConfigList fields)
        {
            block.Error(FakeErrors.BadRow, $"rows[{index}] has no list of \"fields\"", node.Span, "write { kind = INSERT, fields = [ .. ] }");
            return null;
        }

        var kindText = row.Find("kind")?.Value as ConfigScalar;
        RowKind? kind = kindText?.Text.ToUpperInvariant() switch
        {
            null or "INSERT" or "+I" => RowKind.Insert,
            "UPDATE_BEFORE" or "-U" => RowKind.UpdateBefore,
            "UPDATE_AFTER" or "+U" => RowKind.UpdateAfter,
            "DELETE" or "-D" => RowKind.Delete,
            _ => null,
        };
        if (kind is null)
        {
            block.Error(OptionErrors.WrongValue, $"rows[{index}]: \"{kindText!.Text}\" is not a row kind", kindText.Span, "use INSERT, UPDATE_BEFORE, UPDATE_AFTER or DELETE");
            return null;
        }

        if (fields.Items.Length != schema.Columns.Length)
        {
            block.Error(FakeErrors.BadRow, $"rows[{index}] has {fields.Items.Length} fields, the schema has {schema.Columns.Length} columns", fields.Span, "give one value a column");
            return null;
        }

        var fits = true;
        for (var i = 0; i < fields.Items.Length; i++)
        {
            using var trial = ColumnBuilder.Create(schema.Columns[i].Type, pool);
            if (!ConfigValues.TryAppend(schema.Columns[i].Type, trial, fields.Items[i]))
            {
                fits = false;
                var shown = fields.Items[i] is ConfigScalar scalar ? $"\"{scalar.Text}\"" : "the value";
                block.Error(FakeErrors.BadRow, $"rows[{index}]: {shown} is not a {schema.Columns[i].Type} for column \"{schema.Columns[i].Name}\"", fields.Items[i].Span);
            }
        }

        return fits ? new FakeRow(kind.Value, fields.Items) : null;
    }

    private static bool CheckPairs(ImmutableArray<FakeRow>.Builder rows, ConfigList list, OptionBlock block)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i].Kind == RowKind.UpdateBefore && (i + 1 == rows.Count || rows[i + 1].Kind != RowKind.UpdateAfter))
            {
                block.Error(FakeErrors.BadRow, $"rows[{i}] is an UPDATE_BEFORE without its UPDATE_AFTER", list.Items[i].Span, "put the UPDATE_AFTER row directly behind it");
                return false;
            }
        }

        return true;
    }
}
