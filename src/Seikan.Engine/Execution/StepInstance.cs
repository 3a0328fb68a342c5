using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Engine.Execution;

/// <summary>A transform in one task: a step for each table that comes in, made with the table's first rows. Called by one loop.</summary>
internal sealed class StepInstance : IAsyncDisposable
{
    private readonly PlanNode _node;
    private readonly Dictionary<TablePath, IStep?> _steps = [];
    private readonly Func<RowBatch, CancellationToken, ValueTask> _emit;
    private (TableSchema? Schema, IStep? Step) _last;
    private int _table;
    private long _rowsOut;

    /// <summary>Makes the transform's place in a task.</summary>
    /// <param name="node">The transform.</param>
    /// <param name="counters">Gets what becomes of the rows, by source table.</param>
    public StepInstance(PlanNode node, TableCounters[] counters)
    {
        (_node, Counters) = (node, counters);
        _emit = EmitAsync;
    }

    /// <summary>What became of the rows, by source table.</summary>
    public TableCounters[] Counters { get; }

    /// <summary>Takes each output over, with the index of its source table.</summary>
    public Func<RowBatch, int, CancellationToken, ValueTask>? Next { get; set; }

    /// <summary>Takes the batch over; emits what the step makes of it.</summary>
    public async ValueTask ProcessAsync(RowBatch batch, int sourceTable, CancellationToken cancellationToken)
    {
        if (batch.RowCount == 0)
        {
            batch.Dispose();
            return;
        }

        var rowsIn = batch.RowCount;
        if (StepFor(batch) is not { } step)
        {
            // The plan gives this table no output.
            batch.Dispose();
            Counters[sourceTable].AddStep(rowsIn, 0);
            return;
        }

        var counts = step as ICountsRows;
        var (filtered, produced) = (counts?.Filtered ?? 0, counts?.Produced ?? 0);
        (_table, _rowsOut) = (sourceTable, 0);
        try
        {
            await step.ProcessAsync(batch, _emit, cancellationToken);
        }
        catch (Exception e)
        {
            Blame.Mark(e, _node.Vertex.Block.Path);
            throw;
        }

        if (counts is null)
        {
            Counters[sourceTable].AddStep(Math.Max(0, rowsIn - _rowsOut), Math.Max(0, _rowsOut - rowsIn));
        }
        else
        {
            Counters[sourceTable].AddStep(counts.Filtered - filtered, counts.Produced - produced);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var step in _steps.Values)
        {
            if (step is not null)
            {
                await step.DisposeAsync();
            }
        }

        _steps.Clear();
    }

    private ValueTask EmitAsync(RowBatch output, CancellationToken cancellationToken)
    {
        _rowsOut += output.RowCount;
        return Next!(output, _table, cancellationToken);
    }

    private IStep? StepFor(RowBatch batch)
    {
        if (ReferenceEquals(_last.Schema, batch.Schema))
        {
            return _last.Step;
        }

        try
        {
            if (!_steps.TryGetValue(batch.Schema.Path, out var step))
            {
                step = Make(batch.Schema.Path);
                _steps.Add(batch.Schema.Path, step);
            }

            _last = (batch.Schema, step);
            return step;
        }
        catch (Exception e)
        {
            batch.Dispose();
            Blame.Mark(e, _node.Vertex.Block.Path);
            throw;
        }
    }

    private IStep? Make(TablePath path)
    {
        foreach (var (input, plan) in _node.Steps)
        {
            if (input.Path == path)
            {
                return plan.Outputs.IsEmpty ? null : plan.Create(_node.Vertex.Context);
            }
        }

        throw new InvalidOperationException($"rows of table \"{path}\" came, which the step before did not announce");
    }
}
