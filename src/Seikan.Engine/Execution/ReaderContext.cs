using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Engine.Execution;

/// <summary>What the reader of a data task may use.</summary>
internal sealed class ReaderContext(
    int index, int readers, ChannelReader<Split> splits, ImmutableArray<TableSchema> tables, IMemoryBudget memory, EngineSettings settings) : IReaderContext
{
    /// <inheritdoc/>
    public int Index { get; } = index;

    /// <inheritdoc/>
    public int Readers { get; } = readers;

    /// <inheritdoc/>
    public ChannelReader<Split> Splits { get; } = splits;

    /// <inheritdoc/>
    public ImmutableArray<TableSchema> Tables { get; } = tables;

    /// <inheritdoc/>
    public async IAsyncEnumerable<(T Chunk, RowBatch Batch)> DecodeInOrder<T>(
        IAsyncEnumerable<T> chunks, TableSchema table, Action<T, BatchBuilder> decode, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pending = new Queue<Task<(T Chunk, RowBatch Batch)>>();
        try
        {
            await foreach (var chunk in chunks)
            {
                // Tickets are taken in chunk order. While one has to be waited for, what is decoded goes out, so that nothing is held meanwhile.
                var ticket = memory.BeginBatchAsync(table, cancellationToken).AsTask();
                while (!ticket.IsCompleted && pending.Count > 0)
                {
                    yield return await pending.Dequeue();
                }

                BatchBuilder builder;
                try
                {
                    builder = await ticket;
                }
                catch
                {
                    (chunk as IDisposable)?.Dispose();
                    throw;
                }

                pending.Enqueue(Task.Factory.StartNew(
                    static state =>
                    {
                        var (chunk, builder, decode) = ((T, BatchBuilder, Action<T, BatchBuilder>))state!;
                        return Decode(chunk, builder, decode);
                    },
                    (chunk, builder, decode), CancellationToken.None, TaskCreationOptions.DenyChildAttach, settings.Scheduler));
                if (pending.Count > settings.DecodeDegree)
                {
                    yield return await pending.Dequeue();
                }
            }

            while (pending.Count > 0)
            {
                yield return await pending.Dequeue();
            }
        }
        finally
        {
            foreach (var task in pending)
            {
                await ReleaseAsync(task);
            }
        }
    }

    private static (T Chunk, RowBatch Batch) Decode<T>(T chunk, BatchBuilder builder, Action<T, BatchBuilder> decode)
    {
        using (builder)
        {
            try
            {
                decode(chunk, builder);
                return (chunk, builder.Build());
            }
            catch
            {
                (chunk as IDisposable)?.Dispose();
                throw;
            }
        }
    }

    // Decoded but never given out: the first failure is the one that is reported, so a later one of these is not.
    private static async Task ReleaseAsync<T>(Task<(T Chunk, RowBatch Batch)> task)
    {
        await ((Task)task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (task.IsCompletedSuccessfully)
        {
            var (chunk, batch) = await task;
            batch.Dispose();
            (chunk as IDisposable)?.Dispose();
        }
    }
}
