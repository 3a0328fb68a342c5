using System.Threading.Channels;

namespace Seikan.Engine.Execution;

/// <summary>
/// A place of a task's tree behind a fork, with a loop of its own: a channel of two batches, then steps up to the next fork or the writer.
/// The writer is opened by the loop, so that a connector with a thread of its own meets it there only.
/// </summary>
internal sealed class Branch(EngineSettings settings, StageChain chain)
{
    // Two batches: one being written, one waiting. More changed nothing (decisions 2.3).
    private const int Capacity = 2;

    private readonly Channel<ChannelItem> _channel = Channel.CreateBounded<ChannelItem>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, SingleWriter = true, AllowSynchronousContinuations = false });

    /// <summary>What the loop runs.</summary>
    public StageChain Chain => chain;

    /// <summary>Where its time goes.</summary>
    public StageTimes Times { get; } = new();

    /// <summary>Hands an item over; waits while two are waiting. Takes the reference, also when it throws.</summary>
    public ValueTask PassAsync(ChannelItem item, CancellationToken cancellationToken) =>
        _channel.Writer.TryWrite(item) ? ValueTask.CompletedTask : PassSlowlyAsync(item, cancellationToken);

    /// <summary>No more batches come.</summary>
    public void End() => _channel.Writer.TryComplete();

    /// <summary>Takes items until the end, then flushes, prepares, and ends what is downstream.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (chain.Writer is { } writer)
        {
            await writer.OpenAsync(cancellationToken);
        }

        var reader = _channel.Reader;
        var isDirty = false;
        while (true)
        {
            var from = settings.Time.GetTimestamp();
            if (reader.TryRead(out var item))
            {
                var blocked = chain.BlockedTicks;
                await ProcessAsync(item, cancellationToken);
                blocked = chain.BlockedTicks - blocked;
                Times.AddBlocked(blocked);
                Times.AddBusy(settings.Time.GetTimestamp() - from - blocked);

                // A sink that keeps positions commits rows and positions at once: only behind a position is a place to flush.
                isDirty = chain.Writer is { } w && (!w.NeedsPositions || item.Batch is null);
                continue;
            }

            var more = isDirty ? await WaitOrFlushAsync(reader, cancellationToken) : await reader.WaitToReadAsync(cancellationToken);
            Times.AddWaiting(settings.Time.GetTimestamp() - from);
            isDirty = isDirty && more is not null;
            if (more == false)
            {
                break;
            }
        }

        await chain.EndAsync(cancellationToken);
    }

    /// <summary>Gives up what still waits in the channel. After the loop has ended.</summary>
    public void Drain()
    {
        _channel.Writer.TryComplete();
        while (_channel.Reader.TryRead(out var item))
        {
            item.Batch?.Dispose();
        }
    }

    private ValueTask ProcessAsync(ChannelItem item, CancellationToken cancellationToken) =>
        item.Batch is { } batch ? chain.ProcessAsync(batch, item.Table, cancellationToken) : chain.MarkAsync(item.After, cancellationToken);

    private async ValueTask PassSlowlyAsync(ChannelItem item, CancellationToken cancellationToken)
    {
        try
        {
            await _channel.Writer.WriteAsync(item, cancellationToken);
        }
        catch
        {
            item.Batch?.Dispose();
            throw;
        }
    }

    // null: flushed because nothing came for a while.
    private async ValueTask<bool?> WaitOrFlushAsync(ChannelReader<ChannelItem> reader, CancellationToken cancellationToken)
    {
        var more = reader.WaitToReadAsync(cancellationToken);
        if (more.IsCompleted)
        {
            return await more;
        }

        var waiting = OnSchedulerAsync(more);
        using var stopTimer = new CancellationTokenSource();
        var timer = Task.Delay(settings.FlushAfter, settings.Time, stopTimer.Token);
        if (await Task.WhenAny(waiting, timer) == waiting)
        {
            stopTimer.Cancel();
            return await waiting;
        }

        await chain.FlushAsync(cancellationToken);
        return await waiting ? null : false;
    }

    // AsTask would complete on the thread pool, beside the scheduler of the engine (decisions 21).
    private static async Task<bool> OnSchedulerAsync(ValueTask<bool> wait) => await wait;
}
