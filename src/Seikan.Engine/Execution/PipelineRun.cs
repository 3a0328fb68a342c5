using System.Collections.Immutable;
using Seikan.Core;
using Seikan.Engine.Planning;
using Seikan.Plugins;

namespace Seikan.Engine.Execution;

/// <summary>A running pipeline: its coordinator, its data tasks, and the committers of its sinks.</summary>
internal sealed class PipelineRun : IAsyncDisposable
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(10);

    private readonly JobPlan _plan;
    private readonly EngineSettings _settings;
    private readonly Coordinator _coordinator;
    private readonly Dictionary<PlanVertex, ICommitter> _committers = [];

    public PipelineRun(JobPlan plan, PipelinePlan pipeline, EngineSettings settings)
    {
        (_plan, Pipeline, _settings) = (plan, pipeline, settings);
        _coordinator = new Coordinator(((ISource)pipeline.Source.Plugin).CreateEnumerator(
            new EnumeratorContext(pipeline.Parallelism, [.. pipeline.Tree.Outputs.Select(t => t.Schema)], null)));
        Tasks = [.. Enumerable.Range(0, pipeline.Parallelism).Select(i => new DataTask(plan, pipeline, i, _coordinator, settings))];
        foreach (var sink in PipelineBuilder.Sinks(pipeline.Tree))
        {
            if (((ISink)sink.Vertex.Plugin).Delivery is Delivery.TwoPhase twoPhase && !_committers.ContainsKey(sink.Vertex))
            {
                _committers.Add(sink.Vertex, twoPhase.Committer(new CommitterContext(plan.Job.JobId, pipeline.Number, sink.Vertex.Block.Index, 1)));
            }
        }
    }

    /// <summary>The plan.</summary>
    public PipelinePlan Pipeline { get; }

    /// <summary>The data tasks.</summary>
    public ImmutableArray<DataTask> Tasks { get; }

    /// <summary>Rows that the readers gave out.</summary>
    public long RowsRead => Tasks.Sum(t => t.Read.Sum(c => c.Rows));

    /// <summary>0 to 1; null while nobody knows.</summary>
    public double? Fraction => _coordinator.Fraction(RowsRead);

    /// <summary>Runs all tasks until everything is read, written and prepared.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await DataTask.FirstFailureAsync([.. Tasks.Select(t => t.RunAsync(stop.Token))], stop);
    }

    /// <summary>Commits what the writers prepared; tries again while the sink asks for it.</summary>
    /// <exception cref="SeikanException">RUN-0002 or RUN-0003.</exception>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        foreach (var (sink, item) in Prepared())
        {
            await CommitAsync(sink, item, cancellationToken);
        }
    }

    /// <summary>Undoes what was prepared. What cannot be undone now is found by name later.</summary>
    public async Task AbortAsync()
    {
        foreach (var (sink, item) in Prepared())
        {
            await _committers[sink].AbortAsync(item, CancellationToken.None);
        }
    }

    /// <summary>Removes leftovers of this job that nothing names any more. After <see cref="CloseTasksAsync"/>.</summary>
    public async Task SweepAsync()
    {
        foreach (var committer in _committers.Values)
        {
            await committer.SweepAsync([], CancellationToken.None);
        }
    }

    /// <summary>Disposes readers, steps and writers, and whatever they still hold.</summary>
    public async ValueTask CloseTasksAsync()
    {
        foreach (var task in Tasks)
        {
            await task.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var committer in _committers.Values)
        {
            await committer.DisposeAsync();
        }

        await _coordinator.DisposeAsync();
    }

    private IEnumerable<(PlanVertex Sink, CommitInfo Item)> Prepared() =>
        Tasks.SelectMany(t => t.Writers).SelectMany(w => w.Writer.Prepared.Select(p => (w.Writer.Node.Vertex, p)));

    private async Task CommitAsync(PlanVertex sink, CommitInfo item, CancellationToken cancellationToken)
    {
        var start = _settings.Time.GetTimestamp();
        for (var wait = FirstRetry; ; wait = wait * 2 < LongestRetry ? wait * 2 : LongestRetry)
        {
            var result = await _committers[sink].CommitAsync(item, cancellationToken);
            switch (result.Outcome)
            {
                case CommitOutcome.Committed or CommitOutcome.AlreadyCommitted:
                    return;
                case CommitOutcome.Lost:
                    throw Failed(RunErrors.CommitLost, $"{item.Rows} rows of table \"{item.Table}\" cannot be committed", sink, result.Cause);
                default:
                    if (_settings.Time.GetElapsedTime(start) >= _settings.CommitTimeout)
                    {
                        throw Failed(RunErrors.CommitTimeout, $"{item.Rows} rows of table \"{item.Table}\" were not committed within {_settings.CommitTimeout.TotalMinutes:0.#} minutes", sink, result.Cause);
                    }

                    await Task.Delay(wait, _settings.Time, cancellationToken);
                    break;
            }
        }
    }

    private static SeikanException Failed(ErrorCode code, string message, PlanVertex sink, Diagnostic? cause) =>
        new(cause is null ? [new Diagnostic(code, message) { Path = sink.Block.Path }] : [new Diagnostic(code, $"{message}: {cause.Message}") { Path = sink.Block.Path, Fix = cause.FixText }])
        {
            Domain = ErrorDomain.External,
        };
}
