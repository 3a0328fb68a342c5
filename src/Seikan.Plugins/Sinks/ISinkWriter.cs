using System.Collections.Immutable;
using Seikan.Core;

namespace Seikan.Plugins;

/// <summary>Who writes: names of files, transactions and progress rows are made of these.</summary>
public interface IWriterContext
{
    /// <summary>The job.</summary>
    long JobId { get; }

    /// <summary>The pipeline, from 1.</summary>
    int Pipeline { get; }

    /// <summary>The sink block, from 0.</summary>
    int Sink { get; }

    /// <summary>The data task, from 0.</summary>
    int Task { get; }

    /// <summary>The lane inside the task, from 0.</summary>
    int Lane { get; }

    /// <summary>Number of the attempt, from 1; an older one must not change anything any more.</summary>
    long Attempt { get; }

    /// <summary>Carried states of earlier writers; several after a change of parallelism.</summary>
    ImmutableArray<JsonState> Restored { get; }

    /// <summary>Reports bytes that really left the process for a table (files, wire), for the receipt.</summary>
    /// <param name="table">The table.</param>
    /// <param name="bytes">Bytes more.</param>
    void BytesWritten(TablePath table, long bytes);
}

/// <summary>Who commits.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Pipeline">The pipeline, from 1.</param>
/// <param name="Sink">The sink block, from 0.</param>
/// <param name="Attempt">Number of the attempt, from 1.</param>
public sealed record CommitterContext(long JobId, int Pipeline, int Sink, long Attempt);

/// <summary>Writes. One a task (and lane) for all tables of the sink. Batches come in order, one call at a time.</summary>
public interface ISinkWriter : IAsyncDisposable
{
    /// <summary>Writes a batch.</summary>
    /// <param name="batch">Taken over, also when it throws.</param>
    /// <param name="cancellationToken">Cancelled when the job stops hard.</param>
    ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken);

    /// <summary>All rows so far have reached the target. Called before each barrier is acknowledged, at the end, and when data trickles.</summary>
    /// <param name="cancellationToken">Cancelled when the job stops hard.</param>
    ValueTask FlushAsync(CancellationToken cancellationToken);
}

/// <summary>Keeps the positions with the rows.</summary>
public interface IPositionedWriter : ISinkWriter
{
    /// <summary>Fences older attempts, then gives the positions the target holds; they overrule the checkpoint.</summary>
    /// <param name="splitIds">The splits of this task.</param>
    /// <param name="cancellationToken">Ends the recovery.</param>
    ValueTask<ImmutableArray<SplitPosition>> RecoverAsync(ImmutableArray<string> splitIds, CancellationToken cancellationToken);

    /// <summary>Commits the rows since the last call and these positions at once; a stale attempt changes nothing and throws.</summary>
    /// <param name="after">Positions after the rows.</param>
    /// <param name="cancellationToken">Cancelled when the job stops hard.</param>
    ValueTask CommitAsync(ImmutableArray<SplitPosition> after, CancellationToken cancellationToken);
}

/// <summary>Prepares at a barrier what a committer commits.</summary>
public interface ITwoPhaseWriter : ISinkWriter
{
    /// <summary>Hands over all work up to a checkpoint; after it comes exactly one commit or abort for each item.</summary>
    /// <param name="checkpoint">Its number.</param>
    /// <param name="cancellationToken">Cancelled when the job stops hard.</param>
    ValueTask<Prepared> PrepareAsync(long checkpoint, CancellationToken cancellationToken);
}

/// <summary>What a writer hands over at a barrier.</summary>
/// <param name="Items">To be committed.</param>
/// <param name="Carry">Goes to the next epoch; null when there is nothing.</param>
public sealed record Prepared(ImmutableArray<CommitInfo> Items, JsonState? Carry)
{
    /// <summary>Nothing to commit, nothing carried.</summary>
    public static Prepared Nothing { get; } = new([], null);
}

/// <summary>One thing to commit, such as a file.</summary>
/// <param name="Id">Unique within the job.</param>
/// <param name="Table">The table of its rows.</param>
/// <param name="Rows">How many.</param>
/// <param name="Body">What the committer needs to know.</param>
public sealed record CommitInfo(string Id, TablePath Table, long Rows, JsonState Body);
