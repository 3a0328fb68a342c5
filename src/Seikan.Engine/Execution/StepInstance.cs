using System.Collections.Immutable;
using Seikan.Core;
using Seikan.Engine.Planning;
using Seikan.Plugins;

namespace Seikan.Engine.Execution;

/// <summary>A transform in one task: a step for each table that comes in.</summary>
internal sealed class StepInstance : IAsyncDisposable
{
    private readonly Dictionary<TablePath, IStep> _steps = [];
    private (TableSchema? Schema, IStep? Step) _last;

    public StepInstance(ImmutableArray<(TableSchema Input, StepPlan Plan)> plans, PluginContext context)
    {
        foreach (var (input, plan) in plans)
        {
            // A table without output is dropped by the step itself, which then emits nothing.
            _steps.Add(input.Path, plan.Create(context));
        }
    }

    /// <summary>Counts what the step made of a batch, by source table.</summary>
    public required TableCounters[] Counters { get; init; }

    /// <summary>Takes the batch; emits what the step makes of it.</summary>
    public async ValueTask ProcessAsync(RowBatch batch, int sourceTable, Func<RowBatch, int, CancellationToken, ValueTask> emit, CancellationToken cancellationToken)
    {
        var (rowsIn, rowsOut) = (batch.RowCount, 0L);
        await StepFor(batch).ProcessAsync(
            batch,
            (output, token) =>
            {
                rowsOut += output.RowCount;
                return emit(output, sourceTable, token);
            },
            cancellationToken);
        Counters[sourceTable].AddStep(rowsIn, rowsOut);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var step in _steps.Values)
        {
            await step.DisposeAsync();
        }
    }

    private IStep StepFor(RowBatch batch)
    {
        if (ReferenceEquals(_last.Schema, batch.Schema))
        {
            return _last.Step!;
        }

        if (!_steps.TryGetValue(batch.Schema.Path, out var step))
        {
            batch.Dispose();
            throw new InvalidOperationException($"a batch of table {batch.Schema.Path} came that no plan knows");
        }

        _last = (batch.Schema, step);
        return step;
    }
}
