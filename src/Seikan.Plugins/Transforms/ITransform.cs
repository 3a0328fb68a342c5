using System.Collections.Immutable;
using Seikan.Core;

namespace Seikan.Plugins;

/// <summary>A step between source and sink.</summary>
public interface ITransform
{
    /// <summary>What becomes of a table. Pure and cheap: at plan time and again at every schema change.</summary>
    /// <param name="input">The table that comes in.</param>
    /// <param name="mode">Kinds of its rows.</param>
    /// <exception cref="SeikanException">The schema does not fit.</exception>
    StepPlan Plan(TableSchema input, ChangelogMode mode);
}

/// <summary>What becomes of a table.</summary>
/// <param name="Outputs">None (the table is dropped), one, or several (an error table beside it).</param>
/// <param name="Create">Makes the step of a task for this table.</param>
public sealed record StepPlan(ImmutableArray<SourceTable> Outputs, Func<IPluginContext, IStep> Create);

/// <summary>The work of a transform in one task, for one table. One call at a time.</summary>
public interface IStep : IAsyncDisposable
{
    /// <summary>Takes the input; emits dense batches one by one, so that exploding steps stay within the ticket.</summary>
    /// <param name="input">Taken over, also when it throws.</param>
    /// <param name="emit">Takes each output over.</param>
    /// <param name="cancellationToken">Cancelled when the job stops hard.</param>
    ValueTask ProcessAsync(RowBatch input, Func<RowBatch, CancellationToken, ValueTask> emit, CancellationToken cancellationToken);
}

/// <summary>Capability: rows of output an input row may become, so that the receipt can tell dropped from produced. Counted by the step itself.</summary>
public interface ICountsRows
{
    /// <summary>Rows dropped on purpose so far.</summary>
    long Filtered { get; }

    /// <summary>Rows made beyond one an input row so far.</summary>
    long Produced { get; }
}

/// <summary>Capability: state by key; a snapshot holds only what changed since the last one.</summary>
public interface IStatefulStep : IStep
{
    /// <summary>Takes the parts of all snapshots, newest of each key.</summary>
    /// <param name="parts">Key and state.</param>
    void Restore(IEnumerable<KeyValuePair<string, JsonState>> parts);

    /// <summary>Writes what changed.</summary>
    /// <param name="put">Takes a key and its state; null removes it.</param>
    void Snapshot(Action<string, JsonState?> put);
}
