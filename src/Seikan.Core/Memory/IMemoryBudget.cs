namespace Seikan.Core;

/// <summary>
/// A job's share of the process budget. Only readers wait, and only once they know that data is there: an idle reader holds nothing.
/// Writers never wait for memory, so nobody waits while holding.
/// </summary>
public interface IMemoryBudget
{
    /// <summary>Reserves a batch and its steps' outputs. The target shrinks to 64 KiB before anyone waits.</summary>
    /// <param name="table">The table of the batch.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A builder; the caller disposes it or builds it.</returns>
    ValueTask<BatchBuilder> BeginBatchAsync(TableSchema table, CancellationToken cancellationToken);

    /// <summary>As <see cref="BeginBatchAsync"/>, for rows of many tables.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<ChangeBuffer> BeginChangesAsync(CancellationToken cancellationToken);

    /// <summary>A builder for a step's output: counted, but never waited for, since the reader's ticket stands for it.</summary>
    /// <param name="table">The table of the batch.</param>
    BatchBuilder BeginOutput(TableSchema table);

    /// <summary>Reports bytes that an encoder or native client holds (positive) or gave back (negative). Never waits.</summary>
    /// <param name="deltaBytes">The change in bytes.</param>
    void Account(long deltaBytes);

    /// <summary>The pool that columns come from, for kernels that build columns directly.</summary>
    BufferPool Pool { get; }
}
