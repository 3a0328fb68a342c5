using System.Collections.Immutable;
using System.Threading.Channels;
using Seikan.Core;

namespace Seikan.Plugins;

/// <summary>Reads splits. One a data task, one call at a time. Never asked for state: positions travel with the data.</summary>
public interface ISourceReader : IAsyncDisposable
{
    /// <summary>
    /// The next output; null = all splits ended. May wait for ever; a barrier may pass while it waits, and the result then belongs to the next
    /// epoch. Takes a memory ticket only once it knows that data is there.
    /// </summary>
    /// <param name="cancellationToken">Cancelled only by stop.</param>
    ValueTask<ReaderOutput?> ReadAsync(CancellationToken cancellationToken);
}

/// <summary>
/// Capability: told the positions of each completed checkpoint (acknowledge, commit offsets, advance a slot). May run while a ReadAsync is
/// pending, never beside another acknowledgement.
/// </summary>
public interface IAcknowledging
{
    /// <summary>The rows before these positions are durable at the sink.</summary>
    /// <param name="durable">One position a split of this reader.</param>
    /// <param name="cancellationToken">Ends the acknowledgement.</param>
    ValueTask AcknowledgeAsync(ImmutableArray<SplitPosition> durable, CancellationToken cancellationToken);
}

/// <summary>Capability: reports how far each table is.</summary>
public interface IReportsProgress
{
    /// <summary>Progress of the tables of this reader. Called from another thread than ReadAsync.</summary>
    ImmutableArray<TableProgress> Progress { get; }
}

/// <summary>How far a table is; what is unknown is null.</summary>
/// <param name="Table">The table.</param>
/// <param name="Phase">Such as <c>snapshot</c> or <c>log</c>.</param>
/// <param name="Fraction">0 to 1.</param>
/// <param name="Position">Place in the log as its system spells it.</param>
/// <param name="Lag">Behind the source.</param>
public sealed record TableProgress(TablePath Table, string Phase, double? Fraction, string? Position, TimeSpan? Lag);

/// <summary>What a reader may use.</summary>
public interface IReaderContext
{
    /// <summary>Index of the reader, from 0.</summary>
    int Index { get; }

    /// <summary>Parallelism of the source.</summary>
    int Readers { get; }

    /// <summary>Splits for this reader; a new one comes after one ended. Completes when no more will come.</summary>
    ChannelReader<Split> Splits { get; }

    /// <summary>The tables at the version to start with.</summary>
    ImmutableArray<TableSchema> Tables { get; }

    /// <summary>
    /// Decodes chunks (about one batch each) on free cores and gives the batches in the order of the chunks. Tickets are taken in chunk order
    /// before the work is spread, so order and budget cannot deadlock.
    /// </summary>
    /// <typeparam name="T">What is decoded.</typeparam>
    /// <param name="chunks">In order.</param>
    /// <param name="table">The table of the rows.</param>
    /// <param name="decode">Appends the rows of a chunk; runs on any thread, several at once. Does not build or dispose the builder.</param>
    /// <param name="cancellationToken">Ends the decoding.</param>
    /// <returns>Chunks with their batch, one each, in order; the caller owns the batches.</returns>
    IAsyncEnumerable<(T Chunk, RowBatch Batch)> DecodeInOrder<T>(
        IAsyncEnumerable<T> chunks, TableSchema table, Action<T, BatchBuilder> decode, CancellationToken cancellationToken);
}
