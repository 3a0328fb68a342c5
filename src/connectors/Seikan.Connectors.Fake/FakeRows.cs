using System.Collections.Immutable;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Connectors.Fake;

/// <summary>Rows given one by one in a job, as columns that live as long as the job.</summary>
/// <param name="Kinds">Kind of each row; a -U stands directly before its +U.</param>
/// <param name="Columns">The values.</param>
internal sealed record FakeRows(ImmutableArray<RowKind> Kinds, ImmutableArray<Column> Columns)
{
    /// <summary>Which kinds the stream holds.</summary>
    public ChangelogMode Mode =>
        Kinds.Contains(RowKind.UpdateBefore) ? ChangelogMode.Full : Kinds.All(k => k == RowKind.Insert) ? ChangelogMode.InsertOnly : ChangelogMode.Upsert;

    /// <summary>About how many bytes a row takes.</summary>
    public long RowBytes => Kinds.IsEmpty ? 1 : Columns.Sum(c => c.SizeBytes) / Kinds.Length;

    /// <summary>Reads <c>rows</c>; null after an error. Every value is read here, so that a wrong one is told before the job starts.</summary>
    /// <param name="nodes">The rows as written.</param>
    /// <param name="schema">Their table.</param>
    /// <param name="block">The options, for errors.</param>
    public static FakeRows? Read(IReadOnlyList<ConfigNode> nodes, TableSchema schema, OptionBlock block)
    {
        var pool = new BufferPool();
        var builders = schema.Columns.Select(c => ColumnBuilder.Create(c.Type, pool)).ToList();
        var kinds = ImmutableArray.CreateBuilder<RowKind>();
        var problems = block.Diagnostics.ErrorCount;
        for (var i = 0; i < nodes.Count; i++)
        {
            ReadRow(nodes[i], i, schema, block, builders, kinds);
        }

        if (block.Diagnostics.ErrorCount == problems)
        {
            CheckPairs(kinds, nodes, block);
        }

        if (block.Diagnostics.ErrorCount == problems)
        {
            return new FakeRows(kinds.ToImmutable(), [.. builders.Select(b => b.Build())]);
        }

        builders.ForEach(b => b.Dispose());
        return null;
    }

    /// <summary>Appends rows; those of an endless stream begin again behind the last.</summary>
    /// <param name="builder">Takes them.</param>
    /// <param name="first">Number of the first row.</param>
    /// <param name="rows">How many; one more when the last is a -U.</param>
    /// <returns>How many were appended.</returns>
    public int Append(BatchBuilder builder, long first, int rows)
    {
        var done = 0;
        while (done < rows)
        {
            var row = (int)((first + done) % Kinds.Length);
            AppendRow(builder, row);
            done++;
            if (Kinds[row] == RowKind.UpdateBefore)
            {
                AppendRow(builder, row + 1);
                builder.EndUpdate();
                done++;
            }
            else
            {
                builder.EndRow(Kinds[row]);
            }
        }

        return done;
    }

    private void AppendRow(BatchBuilder builder, int row)
    {
        for (var i = 0; i < Columns.Length; i++)
        {
            builder.Columns[i].AppendFrom(Columns[i], row);
        }
    }

    private static void ReadRow(
        ConfigNode node, int index, TableSchema schema, OptionBlock block, List<ColumnBuilder> builders, ImmutableArray<RowKind>.Builder kinds)
    {
        if (node is not ConfigObject row || row.Find("fields")?.Value is not ConfigList fields)
        {
            block.Error(FakeErrors.BadRow, $"rows[{index}] has no list of \"fields\"", node.Span, "write { kind = INSERT, fields = [ .. ] }");
            return;
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
            block.Error(
                OptionErrors.WrongValue, $"rows[{index}]: \"{kindText!.Text}\" is not a row kind", kindText.Span, "use INSERT, UPDATE_BEFORE, UPDATE_AFTER or DELETE");
            return;
        }

        if (fields.Items.Length != schema.Columns.Length)
        {
            block.Error(
                FakeErrors.BadRow, $"rows[{index}] has {fields.Items.Length} fields, the schema has {schema.Columns.Length} columns", fields.Span,
                "give one value a column");
            return;
        }

        kinds.Add(kind.Value);
        for (var i = 0; i < fields.Items.Length; i++)
        {
            var (column, literal) = (schema.Columns[i], fields.Items[i]);
            if (!ConfigValues.TryAppend(column.Type, builders[i], literal))
            {
                var shown = literal is ConfigScalar scalar ? $"\"{scalar.Text}\"" : "the value";
                block.Error(FakeErrors.BadRow, $"rows[{index}]: {shown} is not of type {column.Type}, column \"{column.Name}\"", literal.Span);
            }
        }
    }

    private static void CheckPairs(ImmutableArray<RowKind>.Builder kinds, IReadOnlyList<ConfigNode> nodes, OptionBlock block)
    {
        for (var i = 0; i < kinds.Count; i++)
        {
            if (kinds[i] == RowKind.UpdateBefore && (i + 1 == kinds.Count || kinds[i + 1] != RowKind.UpdateAfter))
            {
                block.Error(
                    FakeErrors.BadRow, $"rows[{i}] is an UPDATE_BEFORE without its UPDATE_AFTER", nodes[i].Span,
                    "put the UPDATE_AFTER row directly behind it");
            }
        }
    }
}
