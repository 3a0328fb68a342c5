using System.Collections.Immutable;

namespace Seikan.Core;

/// <summary>
/// Collects interleaved rows of many tables; <see cref="Drain"/> gives one batch a table and schema version, in order of first row. Order within
/// a table is kept; order across tables only over a flush. Used by one thread.
/// </summary>
public sealed class ChangeBuffer : IDisposable
{
    private readonly BufferPool _pool;
    private readonly BatchLimits _limits;
    private readonly TimeProvider _time;
    private readonly MemoryTicket _ticket;
    private readonly Dictionary<TableSchema, BatchBuilder> _byTable = new(ReferenceEqualityComparer.Instance);
    private readonly List<BatchBuilder> _inOrder = [];
    private BatchBuilder? _last;

    internal ChangeBuffer(BufferPool pool, BatchLimits limits, TimeProvider time, MemoryTicket ticket) =>
        (_pool, _limits, _time, _ticket) = (pool, limits, time, ticket);

    /// <summary>Rows of all tables so far.</summary>
    public int RowCount
    {
        get
        {
            var rows = 0;
            foreach (var builder in _inOrder)
            {
                rows += builder.RowCount;
            }

            return rows;
        }
    }

    /// <summary>True when the buffer must be drained now: rows, bytes or age of the oldest row.</summary>
    public bool IsDue
    {
        get
        {
            var (rows, bytes) = (0, 0L);
            foreach (var builder in _inOrder)
            {
                rows += builder.RowCount;
                bytes += builder.SizeBytes;
            }

            return rows >= _limits.Rows || bytes >= _limits.TargetBytes || (rows > 0 && TimeLeft <= TimeSpan.Zero);
        }
    }

    /// <summary>How long a reader may still wait for another row.</summary>
    public TimeSpan TimeLeft => _inOrder.Count == 0 ? _limits.Age : _inOrder[0].TimeLeft;

    /// <summary>The builder of a table; borrowed until <see cref="Drain"/>. Callers keep one schema object a table and version.</summary>
    /// <param name="table">The table at its version.</param>
    public BatchBuilder For(TableSchema table)
    {
        if (_last is not null && ReferenceEquals(_last.Schema, table))
        {
            return _last;
        }

        if (!_byTable.TryGetValue(table, out var builder))
        {
            builder = new BatchBuilder(table, _pool, _limits, _time, _ticket);
            _ticket.Retain();
            _byTable.Add(table, builder);
            _inOrder.Add(builder);
        }

        return _last = builder;
    }

    /// <summary>One batch a table that has rows, in order of first use; the buffer starts afresh. The caller owns the batches.</summary>
    public ImmutableArray<RowBatch> Drain()
    {
        var batches = ImmutableArray.CreateBuilder<RowBatch>(_inOrder.Count);
        foreach (var builder in _inOrder)
        {
            if (builder.RowCount > 0)
            {
                batches.Add(builder.Build());
            }
            else
            {
                builder.Dispose();
            }
        }

        _byTable.Clear();
        _inOrder.Clear();
        _last = null;
        _ticket.Resize(batches.Sum(b => b.SizeBytes));
        return batches.DrainToImmutable();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var builder in _inOrder)
        {
            builder.Dispose();
        }

        _inOrder.Clear();
        _byTable.Clear();
        _ticket.Release();
    }
}
