using System.Threading.Channels;
using Seikan.Core;

namespace Seikan.Engine.Execution;

/// <summary>
/// A place of a task's tree behind a fork, with a loop of its own: a channel of two batches, then steps up to the next fork or the writer.
/// The writer is made by the loop, so that a connector with a thread of its own meets it there only.
/// </summary>
internal sealed class Branch : IAsyncDisposable
{
    // Two batches: one being written, one waiting. More changed nothing (decisions 2.3).
    private const int Capacity = 2;

    private readonly Channel<(RowBatch Batch, int Table)> _channel = Channel.CreateBounded<(RowBatch, int)>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, SingleWriter = true, AllowSynchronousContinuations = false });

    private readonly EngineSettings _settings;
    private readonly StageChain _chain;

    public Branch(EngineSettings settings, StageChain chain) => (_settings, _chain) = (settings, chain);

    /// <summary>What the loop runs.</summary>
    public StageChain Chain => _chain;

    /// <summary>Where its time goes.</summary>
    public StageTimes Times { get; } = new();

    /// <summary>Hands a batch over; waits while two are waiting. Takes the reference, also when it throws.</summary>
    public async ValueTask PassAsync(RowBatch batch, int table, CancellationToken cancellationToken)
    {
        if (_channel.Writer.TryWrite((batch, table)))
        {
            return;
        }

        try
        {
            await _channel.Writer.WriteAsync((batch, table), cancellationToken);
        }
        catch
        {
            batch.Dispose();
            throw;
        }
    }

    /// <summary>No more batches come.</summary>
    public void End() => _channel.Writer.TryComplete();

    /// <summary>Takes batches until the end, then ends what is downstream. Returns what a two-phase writer prepared.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var reader = _channel.Reader;
        var isDirty = false;
        while (true)
        {
            if (!reader.TryRead(out var item))
            {
                var from = _settings.Time.GetTimestamp();
                var more = isDirty ? await WaitOrFlushAsync(reader, cancellationToken) : await reader.WaitToReadAsync(cancellationToken);
                Times.AddWaiting(_settings.Time.GetTimestamp() - from);
                isDirty = isDirty && more is not null;
                if (more == false)
                {
                    break;
                }

                continue;
            }

            var start = _settings.Time.GetTimestamp();
            await _chain.ProcessAsync(item.Batch, item.Table, cancellationToken);
            Times.AddBusy(_settings.Time.GetTimestamp() - start);
            isDirty = true;
        }

        await _chain.EndAsync(cancellationToken);
    }

    /// <summary>Gives up what still waits in the channel, and everything downstream.</summary>
    public async ValueTask DisposeAsync()
    {
        _channel.Writer.TryComplete();
        while (_channel.Reader.TryRead(out var item))
        {
            item.Batch.Dispose();
        }

        await _chain.DisposeAsync();
    }

    // null: flushed because nothing came for a while.
    private async ValueTask<bool?> WaitOrFlushAsync(ChannelReader<(RowBatch Batch, int Table)> reader, CancellationToken cancellationToken)
    {
        var more = reader.WaitToReadAsync(cancellationToken);
        if (more.IsCompleted)
        {
            return await more;
        }

        var waiting = more.AsTask();
        using var stopTimer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var timer = Task.Delay(_settings.FlushAfter, _settings.Time, stopTimer.Token);
        if (await Task.WhenAny(waiting, timer) == waiting)
        {
            await stopTimer.CancelAsync();
            return await waiting;
        }

        await _chain.FlushAsync(cancellationToken);
        return await waiting ? null : false;
    }
}
