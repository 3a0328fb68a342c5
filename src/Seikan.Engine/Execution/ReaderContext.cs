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
        using var stopWaiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var source = chunks.GetAsyncEnumerator(stopWaiting.Token);
        Task<bool>? next = null;
        Task<BatchBuilder>? ticket = null;
        var held = default(T);
        try
        {
            while (true)
            {
                // While the next chunk is not there, what is decoded goes out.
                next = OnSchedulerAsync(source.MoveNextAsync());
                while (pending.Count > 0 && !next.IsCompleted)
                {
                    if (await Task.WhenAny(next, pending.Peek()) != next)
                    {
                        yield return await pending.Dequeue();
                    }
                }

                var hasChunk = await next;
                next = null;
                if (!hasChunk)
                {
                    break;
                }

                // Tickets are taken in chunk order. While one has to be waited for, what is decoded goes out, so that nothing is held meanwhile.
                held = source.Current;
                ticket = OnSchedulerAsync(memory.BeginBatchAsync(table, stopWaiting.Token));
                while (pending.Count > 0 && !ticket.IsCompleted)
                {
                    yield return await pending.Dequeue();
                }

                var builder = await ticket;
                var chunk = held;
                (ticket, held) = (null, default);
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
            stopWaiting.Cancel();
            if (await EndedAsync(next) && await next!)
            {
                (source.Current as IDisposable)?.Dispose();
            }

            if (await EndedAsync(ticket))
            {
                (await ticket!).Dispose();
            }

            (held as IDisposable)?.Dispose();
            foreach (var task in pending)
            {
                if (await EndedAsync(task))
                {
                    var (chunk, batch) = await task;
                    batch.Dispose();
                    (chunk as IDisposable)?.Dispose();
                }
            }

            await source.DisposeAsync();
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

    // Waits for work whose result nobody takes; true when there is one. The first failure is the one that is reported, so a later one is not.
    private static async Task<bool> EndedAsync(Task? task)
    {
        if (task is null)
        {
            return false;
        }

        try
        {
            await task;
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    // AsTask could complete on the thread pool, beside the scheduler of the engine (decisions 21).
    private static async Task<TResult> OnSchedulerAsync<TResult>(ValueTask<TResult> work) => await work;
}
