using System.Collections.Concurrent;
using System.Collections.Immutable;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Connectors.AssertSink;

/// <summary>Compares tables when the job is planned, values while rows come, and numbers of rows over all writers at the end.</summary>
internal sealed class AssertSink : ISink, IPlugin<AssertSink, AssertOptions>
{
    private readonly RulesOptions _rules;
    private readonly ConcurrentDictionary<TablePath, RowTally> _tallies = new();

    private AssertSink(AssertOptions options, IPluginContext context)
    {
        _rules = options.Rules;
        Delivery = new Delivery.AtLeastOnce(writer => new AssertWriter(this, writer, context.Memory.Pool));
    }

    /// <inheritdoc/>
    public int BlockingThreads => 0;

    /// <inheritdoc/>
    public bool AllowsLanes => true;

    /// <inheritdoc/>
    public Delivery Delivery { get; }

    /// <inheritdoc/>
    public static AssertSink Create(AssertOptions options, IPluginContext context) => new(options, context);

    /// <inheritdoc/>
    public ChangelogMode Accepts(TableSchema table) => ChangelogMode.Full;

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Diagnostic>> ProbeAsync(CancellationToken cancellationToken) => new([]);

    /// <inheritdoc/>
    public ImmutableArray<Diagnostic> CheckTables(ImmutableArray<TableSchema> tables)
    {
        var problems = new DiagnosticBag();
        var pool = new BufferPool();
        foreach (var table in tables)
        {
            if (RulesOf(table.Path) is not { } rules)
            {
                continue;
            }

            foreach (var rule in rules.FieldRules)
            {
                FieldCheck.Create(rule, table, pool, problems)?.Dispose();
            }

            if (rules.CatalogTable is { } catalogTable)
            {
                new CatalogTableCheck(catalogTable, table, problems).Run();
            }
        }

        foreach (var rules in _rules.TablesConfigs ?? [])
        {
            CheckArrives(rules.TablePath, rules.Block?.Find("table_path")?.Value.Span, tables, problems);
        }

        foreach (var name in _rules.TableNames ?? [])
        {
            CheckArrives(name, _rules.Block?.Find("table-names")?.Value.Span, tables, problems);
        }

        return problems.ToImmutable();
    }

    /// <inheritdoc/>
    public ValueTask PrepareTablesAsync(ImmutableArray<TableSchema> tables, CancellationToken cancellationToken)
    {
        // A table that never sends a row is counted too.
        foreach (var table in tables)
        {
            TallyOf(table.Path);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask FinishAsync(CancellationToken cancellationToken)
    {
        var problems = new DiagnosticBag();
        foreach (var (table, tally) in _tallies.OrderBy(t => t.Key.ToString(), StringComparer.Ordinal))
        {
            foreach (var rule in RulesOf(table)?.RowRules ?? [])
            {
                if (rule.Type == RowRuleType.MinRow ? tally.Rows < rule.Value : tally.Rows > rule.Value)
                {
                    problems.Add(RowCountBroken(rule, table, tally.Rows));
                }
            }
        }

        CheckTableNames(problems);
        problems.ThrowIfErrors();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The rules of a table; null when there are none. Thread-safe.</summary>
    internal TableRules? RulesOf(TablePath table)
    {
        if (_rules.TablesConfigs is not { } several)
        {
            return _rules;
        }

        var name = table.ToString();
        return several.FirstOrDefault(t => t.TablePath == name);
    }

    /// <summary>Counts rows of a table over all writers; too many end the job at once. Thread-safe.</summary>
    /// <param name="table">The table.</param>
    /// <param name="rows">Rows more.</param>
    /// <exception cref="SeikanException">ASSERT-0001: more than MAX_ROW.</exception>
    internal void Count(TablePath table, int rows)
    {
        var sum = TallyOf(table).Add(rows);
        foreach (var rule in RulesOf(table)?.RowRules ?? [])
        {
            if (rule.Type == RowRuleType.MaxRow && sum > rule.Value)
            {
                throw new SeikanException(RowCountBroken(rule, table, sum));
            }
        }
    }

    private RowTally TallyOf(TablePath table) => _tallies.GetOrAdd(table, static _ => new RowTally());

    private static Diagnostic RowCountBroken(RowRule rule, TablePath table, long rows) =>
        new(AssertErrors.RowCount, $"table \"{table}\" sent {rows} rows, which breaks {rule}");

    private void CheckTableNames(DiagnosticBag problems)
    {
        if (_rules.TableNames is not { } names)
        {
            return;
        }

        var seen = _tallies.Where(t => t.Value.Rows > 0).Select(t => t.Key.ToString()).ToHashSet(StringComparer.Ordinal);
        foreach (var name in names.Where(n => !seen.Contains(n)))
        {
            problems.Add(new Diagnostic(AssertErrors.TableNames, $"table \"{name}\" of \"table-names\" sent no row"));
        }

        foreach (var name in seen.Except(names, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            problems.Add(new Diagnostic(AssertErrors.TableNames, $"table \"{name}\" sent rows, but is not in \"table-names\""));
        }
    }

    private static void CheckArrives(string name, SourceSpan? span, ImmutableArray<TableSchema> tables, DiagnosticBag problems)
    {
        if (tables.All(t => t.Path.ToString() != name))
        {
            var near = NearestNames.Find(name, tables.Select(t => t.Path.ToString()));
            problems.Add(new Diagnostic(AssertErrors.Unknown, $"no table \"{name}\" reaches the sink")
            {
                Span = span ?? default, Candidates = near,
                Fix = near.IsEmpty ? $"use one of {string.Join(", ", tables.Select(t => t.Path.ToString()).Take(20))}" : null,
            });
        }
    }

    /// <summary>Rows of one table.</summary>
    private sealed class RowTally
    {
        private long _rows;

        public long Rows => Interlocked.Read(ref _rows);

        public long Add(int rows) => Interlocked.Add(ref _rows, rows);
    }
}
