namespace Seikan.Core;

/// <summary>The share of one job in the <see cref="MemoryBudget"/>. Thread-safe.</summary>
public sealed class JobMemory : IMemoryBudget
{
    private readonly MemoryBudget _process;

    internal JobMemory(MemoryBudget process, long limitBytes) => (_process, LimitBytes) = (process, limitBytes);

    /// <summary>The job's own limit.</summary>
    public long LimitBytes { get; }

    /// <inheritdoc/>
    public BufferPool Pool => _process.Pool;

    /// <summary>Bytes the job holds now. Written under the process budget's lock.</summary>
    public long HeldBytes { get; internal set; }

    internal int Tickets { get; set; }

    internal bool HoldsNoTicket => Tickets == 0;

    /// <summary>Those of the budget's waiters that belong to this job; the first has not been served. Guarded by the process budget's lock.</summary>
    internal Queue<MemoryBudget.Waiter> Waiting { get; } = new();

    /// <inheritdoc/>
    public async ValueTask<BatchBuilder> BeginBatchAsync(TableSchema table, CancellationToken cancellationToken)
    {
        var bytes = await _process.ReserveAsync(this, cancellationToken);
        return new BatchBuilder(table, Pool, _process.Limits with { TargetBytes = bytes }, _process.Time, new MemoryTicket(this, bytes));
    }

    /// <inheritdoc/>
    public async ValueTask<ChangeBuffer> BeginChangesAsync(CancellationToken cancellationToken)
    {
        var bytes = await _process.ReserveAsync(this, cancellationToken);
        return new ChangeBuffer(Pool, _process.Limits with { TargetBytes = bytes }, _process.Time, new MemoryTicket(this, bytes));
    }

    /// <inheritdoc/>
    public BatchBuilder BeginOutput(TableSchema table) => new(table, Pool, _process.Limits, _process.Time, OpenTicket());

    /// <inheritdoc/>
    public void Account(long deltaBytes) => _process.Change(this, deltaBytes);

    internal void GiveBack(long bytes) => _process.GiveBackTicket(this, bytes);

    // An output's ticket counts from zero: the reader's ticket was reserved for it, and what is really used is set when the batch is built.
    internal MemoryTicket OpenTicket()
    {
        _process.OpenTicket(this);
        return new MemoryTicket(this, 0);
    }
}
