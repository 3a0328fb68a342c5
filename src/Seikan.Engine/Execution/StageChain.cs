using System.Collections.Immutable;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Engine.Execution;

/// <summary>
/// What one loop does with a batch: steps one after the other, then a writer or the branches of a fork. Called by one loop.
/// </summary>
internal sealed class StageChain
{
    private readonly Func<RowBatch, int, CancellationToken, ValueTask> _entry;
    private readonly TimeProvider _time;

    /// <summary>Joins steps and what stands behind them.</summary>
    /// <param name="steps">In order.</param>
    /// <param name="branches">Behind the fork; empty when a writer ends the chain.</param>
    /// <param name="writer">The writer; null at a fork.</param>
    /// <param name="time">The clock for <see cref="BlockedTicks"/>.</param>
    public StageChain(ImmutableArray<StepInstance> steps, ImmutableArray<Branch> branches, WriterStage? writer, TimeProvider time)
    {
        (Steps, Branches, Writer, _time) = (steps, branches, writer, time);
        _entry = writer is not null ? writer.WriteAsync : ForkAsync;
        for (var i = steps.Length - 1; i >= 0; i--)
        {
            steps[i].Next = _entry;
            _entry = steps[i].ProcessAsync;
        }

        NeedsPositions = writer?.NeedsPositions ?? branches.Any(b => b.Chain.NeedsPositions);
    }

    /// <summary>The branches behind the fork; empty when the chain ends in a writer.</summary>
    public ImmutableArray<Branch> Branches { get; }

    /// <summary>The steps, in order.</summary>
    public ImmutableArray<StepInstance> Steps { get; }

    /// <summary>The writer at the end; null at a fork.</summary>
    public WriterStage? Writer { get; }

    /// <summary>Whether a writer downstream keeps source positions.</summary>
    public bool NeedsPositions { get; }

    /// <summary>Ticks that the loop spent handing batches to branches.</summary>
    public long BlockedTicks { get; private set; }

    /// <summary>Takes a batch over.</summary>
    public ValueTask ProcessAsync(RowBatch batch, int table, CancellationToken cancellationToken) => _entry(batch, table, cancellationToken);

    /// <summary>Passes positions behind the rows before them, to the writers that keep them.</summary>
    public async ValueTask MarkAsync(ImmutableArray<SplitPosition> after, CancellationToken cancellationToken)
    {
        Writer?.Reached(after);
        foreach (var branch in Branches)
        {
            if (branch.Chain.NeedsPositions)
            {
                await branch.PassAsync(new ChannelItem(null, 0, after), cancellationToken);
            }
        }
    }

    /// <summary>Everything so far reaches the target.</summary>
    public ValueTask FlushAsync(CancellationToken cancellationToken) => Writer?.FlushAsync(cancellationToken) ?? ValueTask.CompletedTask;

    /// <summary>No more batches come.</summary>
    public async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        foreach (var branch in Branches)
        {
            branch.End();
        }

        if (Writer is not null)
        {
            await Writer.EndAsync(cancellationToken);
        }
    }

    private async ValueTask ForkAsync(RowBatch batch, int table, CancellationToken cancellationToken)
    {
        // One reference a branch; the last branch gets the batch's own.
        var from = _time.GetTimestamp();
        var own = batch;
        try
        {
            for (var i = 0; i < Branches.Length; i++)
            {
                var pass = batch;
                if (i < Branches.Length - 1)
                {
                    pass = batch.Retain();
                }
                else
                {
                    own = null;
                }

                await Branches[i].PassAsync(new ChannelItem(pass, table, default), cancellationToken);
            }
        }
        finally
        {
            own?.Dispose();
        }

        BlockedTicks += _time.GetTimestamp() - from;
    }
}
