using System.Collections.Immutable;

namespace Seikan.Core;

/// <summary>
/// Collects interleaved rows of many tables for one flush; <see cref="Drain"/> gives one batch a table and schema version, in order of first use.
/// Order within a table is kept; order across tables only over a flush. The batches share the buffer's memory ticket. Used by one thread.
/// </summary>
public sealed class ChangeBuffer : IDisposable
{
    private readonly BuilderScope _scope;
    private readonly BatchLimits _limits;
    private readonly TimeProvider _time;
    private readonly MemoryTicket _ticket;
    private readonly Dictionary<TableSchema, Entry> _byTable = new(ReferenceEqualityComparer.Instance);
    private readonly List<Entry> _inOrder = [];
    private Entry? _last;
    private DueCheck _due;
    private int _settledRows;
    private long _settledBytes;
    private bool _isDrained;
    private bool _isDisposed;

    internal ChangeBuffer(BufferPool pool, BatchLimits limits, TimeProvider time, MemoryTicket ticket) =>
        (_scope, _limits, _time, _ticket) = (new BuilderScope(pool, limits.ValueBytes), limits, time, ticket);

    /// <summary>Rows of all tables so far.</summary>
    public int RowCount => _settledRows + (_last is null ? 0 : _last.Builder.RowCount - _last.Rows);

    /// <summary>True when the buffer must be drained now: rows, bytes or age of the oldest row. Cheap enough to ask after each row.</summary>
    public bool IsDue
    {
        get
        {
            var rows = RowCount;
            if (rows < _scope.QuietUntil)
            {
                return false;
            }

            Settle();
            return _due.Look(rows, _settledBytes, _limits, _time, _scope);
        }
    }

    /// <summary>How long a reader may still wait for another row; the full age while there is none. At zero <see cref="IsDue"/> is true.</summary>
    public TimeSpan TimeLeft => RowCount == 0 ? _limits.Age : _due.TimeLeft(_limits, _time, _scope);

    /// <summary>The builder of a table; borrowed until <see cref="Drain"/>. Callers keep one schema object a table and version.</summary>
    /// <param name="table">The table at its version.</param>
    /// <exception cref="InvalidOperationException">The buffer was drained.</exception>
    public BatchBuilder For(TableSchema table)
    {
        if (_last is not null && ReferenceEquals(_last.Builder.Schema, table))
        {
            return _last.Builder;
        }

        ThrowIfOver();
        Settle();
        if (!_byTable.TryGetValue(table, out var entry))
        {
            entry = new Entry(new BatchBuilder(table, _scope, _limits, _time, _ticket));
            _ticket.Retain();
            _byTable.Add(table, entry);
            _inOrder.Add(entry);
        }

        _last = entry;
        return entry.Builder;
    }

    /// <summary>One batch a table that has rows, in order of first use. The caller owns the batches. Once only: a flush takes a buffer of its own.</summary>
    /// <exception cref="InvalidOperationException">The buffer was drained.</exception>
    public ImmutableArray<RowBatch> Drain()
    {
        ThrowIfOver();
        var batches = ImmutableArray.CreateBuilder<RowBatch>(_inOrder.Count);
        var bytes = 0L;
        try
        {
            foreach (var entry in _inOrder)
            {
                if (entry.Builder.RowCount > 0)
                {
                    batches.Add(entry.Builder.BuildUncounted());
                    bytes += batches[^1].SizeBytes;
                }
            }
        }
        catch
        {
            foreach (var batch in batches)
            {
                batch.Dispose();
            }

            throw;
        }

        _isDrained = true;
        _ticket.Resize(bytes);
        Clear();
        return batches.DrainToImmutable();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            Clear();
            _ticket.Release();
        }
    }

    private void Clear()
    {
        foreach (var entry in _inOrder)
        {
            entry.Builder.Dispose();
        }

        _inOrder.Clear();
        _byTable.Clear();
        (_last, _settledRows, _settledBytes) = (null, 0, 0);
    }

    private void ThrowIfOver()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_isDrained)
        {
            throw new InvalidOperationException("a change buffer is drained once; the next flush takes another");
        }
    }

    // Only the table in use changes, so the sums of the others stand until the next switch.
    private void Settle()
    {
        if (_last is { } entry && entry.Rows != entry.Builder.RowCount)
        {
            var (rows, bytes) = (entry.Builder.RowCount, entry.Builder.SizeBytes);
            _settledRows += rows - entry.Rows;
            _settledBytes += bytes - entry.Bytes;
            (entry.Rows, entry.Bytes) = (rows, bytes);
        }
    }

    private sealed class Entry(BatchBuilder builder)
    {
        public BatchBuilder Builder { get; } = builder;

        public int Rows { get; set; }

        public long Bytes { get; set; }
    }
}
