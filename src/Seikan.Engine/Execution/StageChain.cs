using System.Collections.Immutable;
using Seikan.Core;

namespace Seikan.Engine.Execution;

/// <summary>
/// What one loop does with a batch: steps one after the other, then a writer or the branches of a fork. Called by one loop.
/// </summary>
internal sealed class StageChain : IAsyncDisposable
{
    private readonly ImmutableArray<StepInstance> _steps;
    private readonly ImmutableArray<Branch> _branches;
    private readonly WriterStage? _writer;
    private readonly Func<RowBatch, int, CancellationToken, ValueTask>[] _emit;

    public StageChain(ImmutableArray<StepInstance> steps, ImmutableArray<Branch> branches, WriterStage? writer)
    {
        (_steps, _branches, _writer) = (steps, branches, writer);

        // One delegate for each place in the chain, made once.
        _emit = new Func<RowBatch, int, CancellationToken, ValueTask>[steps.Length + 1];
        _emit[steps.Length] = writer is not null ? writer.WriteAsync : ForkAsync;
        for (var i = steps.Length - 1; i >= 0; i--)
        {
            var (step, next) = (steps[i], _emit[i + 1]);
            _emit[i] = (batch, table, token) => batch.RowCount == 0 ? Drop(batch) : step.ProcessAsync(batch, table, next, token);
        }
    }

    /// <summary>The branches behind the fork; empty when the chain ends in a writer.</summary>
    public ImmutableArray<Branch> Branches => _branches;

    /// <summary>The steps, in order.</summary>
    public ImmutableArray<StepInstance> Steps => _steps;

    /// <summary>The writer at the end; null at a fork.</summary>
    public WriterStage? Writer => _writer;

    /// <summary>Ticks that the loop spent handing batches to branches.</summary>
    public long BlockedTicks { get; private set; }

    /// <summary>The clock for <see cref="BlockedTicks"/>.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Takes a batch.</summary>
    public ValueTask ProcessAsync(RowBatch batch, int table, CancellationToken cancellationToken) => _emit[0](batch, table, cancellationToken);

    /// <summary>Everything so far reaches the target.</summary>
    public ValueTask FlushAsync(CancellationToken cancellationToken) => _writer?.FlushAsync(cancellationToken) ?? ValueTask.CompletedTask;

    /// <summary>No more batches come.</summary>
    public async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        foreach (var branch in _branches)
        {
            branch.End();
        }

        if (_writer is not null)
        {
            await _writer.EndAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var branch in _branches)
        {
            await branch.DisposeAsync();
        }

        foreach (var step in _steps)
        {
            await step.DisposeAsync();
        }

        if (_writer is not null)
        {
            await _writer.DisposeAsync();
        }
    }

    private static ValueTask Drop(RowBatch batch)
    {
        batch.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask ForkAsync(RowBatch batch, int table, CancellationToken cancellationToken)
    {
        // One reference a branch; the last branch gets the batch's own.
        var from = Time.GetTimestamp();
        var own = batch;
        try
        {
            for (var i = 0; i < _branches.Length; i++)
            {
                var pass = batch;
                if (i < _branches.Length - 1)
                {
                    pass = batch.Retain();
                }
                else
                {
                    own = null;
                }

                await _branches[i].PassAsync(pass, table, cancellationToken);
            }
        }
        finally
        {
            own?.Dispose();
        }

        BlockedTicks += Time.GetTimestamp() - from;
    }
}
