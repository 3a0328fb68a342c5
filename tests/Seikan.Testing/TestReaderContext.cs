using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Testing;

/// <summary>What a reader under test is offered: a channel of splits, and decoding in order on one or several threads.</summary>
/// <param name="memory">Where batches are counted.</param>
/// <param name="tables">The tables at the start.</param>
/// <param name="parallelism">Chunks decoded at once by <see cref="DecodeInOrder"/>; 1 = on the calling thread.</param>
public sealed class TestReaderContext(IMemoryBudget memory, ImmutableArray<TableSchema> tables, int parallelism = 1) : IReaderContext
{
    private readonly Channel<Split> _splits = Channel.CreateUnbounded<Split>();

    /// <inheritdoc/>
    public int Index { get; init; }

    /// <inheritdoc/>
    public int Readers { get; init; } = 1;

    /// <inheritdoc/>
    public ChannelReader<Split> Splits => _splits.Reader;

    /// <inheritdoc/>
    public ImmutableArray<TableSchema> Tables => tables;

    /// <summary>Hands splits to the reader.</summary>
    /// <param name="splits">In order.</param>
    public TestReaderContext Assign(params IEnumerable<Split> splits)
    {
        foreach (var split in splits)
        {
            _splits.Writer.TryWrite(split);
        }

        return this;
    }

    /// <summary>Says that no more splits will come.</summary>
    public TestReaderContext NoMoreSplits()
    {
        _splits.Writer.TryComplete();
        return this;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<(T Chunk, RowBatch Batch)> DecodeInOrder<T>(
        IAsyncEnumerable<T> chunks, TableSchema table, Action<T, BatchBuilder> decode, CancellationToken cancellationToken) =>
        parallelism <= 1 ? DecodeAsync(chunks, table, decode, cancellationToken) : DecodeParallelAsync(chunks, table, decode, cancellationToken);

    private async IAsyncEnumerable<(T Chunk, RowBatch Batch)> DecodeAsync<T>(
        IAsyncEnumerable<T> chunks, TableSchema table, Action<T, BatchBuilder> decode, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var chunk in chunks.WithCancellation(cancellationToken))
        {
            RowBatch batch;
            using (var builder = await memory.BeginBatchAsync(table, cancellationToken))
            {
                decode(chunk, builder);
                batch = builder.Build();
            }

            yield return (chunk, batch);
        }
    }

    private async IAsyncEnumerable<(T Chunk, RowBatch Batch)> DecodeParallelAsync<T>(
        IAsyncEnumerable<T> chunks, TableSchema table, Action<T, BatchBuilder> decode, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var running = new Queue<(T Chunk, Task<RowBatch> Batch)>();
        try
        {
            await foreach (var chunk in chunks.WithCancellation(cancellationToken))
            {
                // The ticket is taken here, in chunk order; only then the work may run elsewhere.
                var builder = await memory.BeginBatchAsync(table, cancellationToken);
                running.Enqueue((chunk, Task.Run(() => Decode(chunk, builder, decode), CancellationToken.None)));
                if (running.Count >= parallelism)
                {
                    yield return await FirstAsync(running);
                }
            }

            while (running.Count > 0)
            {
                yield return await FirstAsync(running);
            }
        }
        finally
        {
            foreach (var (_, batch) in running)
            {
                await ((Task)batch).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (batch.IsCompletedSuccessfully)
                {
                    (await batch).Dispose();
                }
            }
        }
    }

    private static RowBatch Decode<T>(T chunk, BatchBuilder builder, Action<T, BatchBuilder> decode)
    {
        using (builder)
        {
            decode(chunk, builder);
            return builder.Build();
        }
    }

    // Taken off the queue only when it succeeded or failed: a failed one holds nothing.
    private static async Task<(T Chunk, RowBatch Batch)> FirstAsync<T>(Queue<(T Chunk, Task<RowBatch> Batch)> running)
    {
        var (chunk, batch) = running.Peek();
        var rows = await batch;
        running.Dequeue();
        return (chunk, rows);
    }
}
