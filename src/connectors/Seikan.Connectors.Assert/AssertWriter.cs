using System.Collections.Immutable;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Connectors.AssertSink;

/// <summary>Checks the rows of one task against the field rules of their tables.</summary>
internal sealed class AssertWriter(AssertSink sink, IWriterContext writer, BufferPool pool) : ISinkWriter
{
    private readonly string _place = $"task {writer.Task}";
    private readonly Dictionary<TablePath, Checks> _checks = [];

    /// <inheritdoc/>
    public ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        using (batch)
        {
            var checks = ChecksOf(batch.Schema);
            foreach (var field in checks.Fields)
            {
                field.Check(batch, checks.Rows, _place);
            }

            checks.Rows += batch.RowCount;
            sink.Count(batch.Schema.Path, batch.RowCount);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        foreach (var checks in _checks.Values)
        {
            checks.Dispose();
        }

        _checks.Clear();
        return ValueTask.CompletedTask;
    }

    private Checks ChecksOf(TableSchema table)
    {
        var rows = 0L;
        if (_checks.TryGetValue(table.Path, out var known))
        {
            if (ReferenceEquals(known.Table, table))
            {
                return known;
            }

            rows = known.Rows;
            known.Dispose();
        }

        // Every row keeps to the version it came with: the rules are made ready again when the table changed.
        var problems = new DiagnosticBag();
        var fields = (sink.RulesOf(table.Path)?.FieldRules ?? []).Select(r => FieldCheck.Create(r, table, pool, problems)).OfType<FieldCheck>().ToImmutableArray();
        var checks = _checks[table.Path] = new Checks(table, fields) { Rows = rows };
        problems.ThrowIfErrors();
        return checks;
    }

    /// <summary>Rules ready for a version of a table.</summary>
    private sealed class Checks(TableSchema table, ImmutableArray<FieldCheck> fields) : IDisposable
    {
        public TableSchema Table => table;

        public ImmutableArray<FieldCheck> Fields => fields;

        public long Rows { get; set; }

        public void Dispose()
        {
            foreach (var field in fields)
            {
                field.Dispose();
            }
        }
    }
}
