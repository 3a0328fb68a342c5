using Seikan.Core;

namespace Seikan.Testing;

/// <summary>A pool, a budget and a job's share of it for one test; disposing it checks that everything was given back (<see cref="LeakGuard"/>).</summary>
public sealed class TestMemory : IDisposable, IAsyncDisposable
{
    private readonly LeakGuard _guard;

    /// <summary>Makes a memory of its own.</summary>
    /// <param name="time">The clock; the system's when null.</param>
    /// <param name="limitBytes">Budget of the process.</param>
    /// <param name="jobLimitBytes">Budget of the job; null = as the process.</param>
    /// <param name="limits">Limits of batches; null = the default ones.</param>
    public TestMemory(TimeProvider? time = null, long limitBytes = 256L << 20, long? jobLimitBytes = null, BatchLimits? limits = null)
    {
        Time = time ?? TimeProvider.System;
        Pool = new BufferPool();
        Budget = new MemoryBudget(limitBytes, Pool, Time, limits);
        Job = Budget.OpenJob(jobLimitBytes);
        _guard = new LeakGuard(Pool, Budget);
    }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Where buffers come from.</summary>
    public BufferPool Pool { get; }

    /// <summary>The budget of the process.</summary>
    public MemoryBudget Budget { get; }

    /// <summary>The share of the job.</summary>
    public JobMemory Job { get; }

    /// <summary>Makes a batch of inserts. Values are as <see cref="TestValue"/> takes them.</summary>
    /// <param name="schema">The table.</param>
    /// <param name="rows">One array a row, one value a column.</param>
    /// <returns>The batch; the caller owns it.</returns>
    public RowBatch Batch(TableSchema schema, params object?[][] rows) => Batch(schema, rows.Select(r => (RowKind.Insert, r)));

    /// <summary>Makes a batch with row kinds; a -U must stand directly before its +U.</summary>
    /// <param name="schema">The table.</param>
    /// <param name="rows">Kind and values of each row.</param>
    /// <returns>The batch; the caller owns it.</returns>
    public RowBatch Batch(TableSchema schema, IEnumerable<(RowKind Kind, object?[] Values)> rows)
    {
        using var builder = Job.BeginOutput(schema);
        var isPair = false;
        foreach (var (kind, values) in rows)
        {
            if (values.Length != schema.Columns.Length)
            {
                throw new ArgumentException($"{schema.Columns.Length} values are wanted, not {values.Length}", nameof(rows));
            }

            for (var i = 0; i < values.Length; i++)
            {
                TestValue.Append(builder.Columns[i], schema.Columns[i].Type, values[i]);
            }

            if (isPair)
            {
                if (kind != RowKind.UpdateAfter)
                {
                    throw new ArgumentException("a -U stands without its +U", nameof(rows));
                }

                builder.EndUpdate();
                isPair = false;
            }
            else if (kind == RowKind.UpdateBefore)
            {
                isPair = true;
            }
            else
            {
                builder.EndRow(kind);
            }
        }

        return isPair ? throw new ArgumentException("a -U stands without its +U", nameof(rows)) : builder.Build();
    }

    /// <summary>A schema from names and types, all nullable.</summary>
    /// <param name="columns">Name and type of each column.</param>
    public static TableSchema Table(params (string Name, DataType Type)[] columns) => Table("t", columns);

    /// <summary>A schema from names and types, all nullable.</summary>
    /// <param name="table">Name of the table.</param>
    /// <param name="columns">Name and type of each column.</param>
    public static TableSchema Table(string table, (string Name, DataType Type)[] columns) =>
        new(new TablePath(null, null, table), [.. columns.Select(c => new ColumnDef(c.Name, c.Type))]);

    /// <summary>As <see cref="Table(ValueTuple{string, DataType}[])"/>, with a primary key.</summary>
    /// <param name="key">Columns of the primary key.</param>
    /// <param name="columns">Name and type of each column.</param>
    public static TableSchema KeyedTable(string[] key, params (string Name, DataType Type)[] columns)
    {
        var table = Table(columns);
        return new TableSchema(table.Path, table.Columns)
        {
            Keys = [new TableKey(null, KeyKind.Primary, [.. key.Select(k => new KeyColumn(k))])],
        };
    }

    /// <summary>Fails when something is held.</summary>
    public void CheckNothingHeld() => _guard.Check();

    /// <inheritdoc/>
    public void Dispose() => _guard.Dispose();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _guard.DisposeAsync();
}
