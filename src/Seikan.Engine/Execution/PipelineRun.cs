using System.Collections.Immutable;
using Seikan.Core;
using Seikan.Engine.Planning;
using Seikan.Plugins;

namespace Seikan.Engine.Execution;

/// <summary>A running pipeline: its coordinator, its data tasks, and the committers of its sinks.</summary>
internal sealed class PipelineRun
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(10);

    private readonly EngineSettings _settings;
    private readonly JobStop _stop;
    private readonly long _jobId;
    private readonly bool _needsCheckpoints;
    private readonly Coordinator _coordinator;
    private readonly Dictionary<PlanVertex, ICommitter> _committers = [];
    private readonly HashSet<CommitInfo> _committed = new(ReferenceEqualityComparer.Instance);

    /// <summary>Makes coordinator and tasks; nothing runs yet.</summary>
    public PipelineRun(JobPlan plan, PipelinePlan pipeline, EngineSettings settings, JobStop stop)
    {
        (Pipeline, _settings, _stop) = (pipeline, settings, stop);
        var enumerator = ((ISource)pipeline.Source.Plugin).CreateEnumerator(
            new EnumeratorContext(pipeline.Parallelism, [.. pipeline.Tree.Outputs.Select(t => t.Schema)], null));
        (_coordinator, _jobId, _needsCheckpoints) = (new Coordinator(enumerator), plan.Job.JobId, enumerator is IFollowsCheckpoints);
        Tasks = [.. Enumerable.Range(0, pipeline.Parallelism).Select(i => new DataTask(plan, pipeline, i, _coordinator, settings, stop))];
    }

    /// <summary>The plan.</summary>
    public PipelinePlan Pipeline { get; }

    /// <summary>The data tasks.</summary>
    public ImmutableArray<DataTask> Tasks { get; }

    /// <summary>Rows that the readers gave out.</summary>
    public long RowsRead => Tasks.Sum(t => t.Read.Sum(c => c.Rows));

    /// <summary>0 to 1; null while nobody knows.</summary>
    public double? Fraction => _coordinator.Fraction(RowsRead);

    /// <summary>How many prepared items were committed, and how many there are.</summary>
    public (int Committed, int All) Commits => (_committed.Count, Prepared().Count());

    /// <summary>Makes the committers.</summary>
    /// <exception cref="SeikanException">RUN-0007: the source cannot work without checkpoints.</exception>
    public void Open()
    {
        if (_needsCheckpoints)
        {
            throw new SeikanException(new Diagnostic(RunErrors.NeedsCheckpoints, "the source waits for checkpoints between its parts") { Path = Pipeline.Source.Block.Path });
        }

        foreach (var sink in PipelineBuilder.Sinks(Pipeline.Tree))
        {
            if (((ISink)sink.Vertex.Plugin).Delivery is Delivery.TwoPhase twoPhase && !_committers.ContainsKey(sink.Vertex))
            {
                _committers.Add(sink.Vertex, twoPhase.Committer(new CommitterContext(_jobId, Pipeline.Number, sink.Vertex.Block.Index, 1)));
            }
        }
    }

    /// <summary>Starts the loops of all tasks.</summary>
    public IEnumerable<TaskLoop> Start() => Tasks.SelectMany(t => t.Start());

    /// <summary>Commits what the writers prepared; tries again while the sink asks for it. Only the wait between two tries can be cancelled.</summary>
    /// <exception cref="SeikanException">RUN-0002 or RUN-0003.</exception>
    public async Task CommitAsync()
    {
        foreach (var (sink, item) in Prepared())
        {
            await CommitAsync(sink, item);
            _committed.Add(item);
        }
    }

    /// <summary>
    /// Undoes what was prepared and not committed, disposes steps and writers with whatever they hold, then removes leftovers that nothing names.
    /// After all loops have ended.
    /// </summary>
    /// <param name="attempt">Runs each part; one that fails must not keep the others from running.</param>
    public async ValueTask CloseAsync(Func<Func<ValueTask>, ValueTask> attempt)
    {
        foreach (var (sink, item) in Prepared().Where(p => !_committed.Contains(p.Item)).ToList())
        {
            await attempt(() => _committers[sink].AbortAsync(item, CancellationToken.None));
        }

        foreach (var task in Tasks)
        {
            await task.CloseAsync(attempt);
            task.Dispose();
        }

        foreach (var committer in _committers.Values)
        {
            await attempt(() => committer.SweepAsync([], CancellationToken.None));
            await attempt(committer.DisposeAsync);
        }

        await attempt(_coordinator.DisposeAsync);
    }

    private IEnumerable<(PlanVertex Sink, CommitInfo Item)> Prepared() =>
        Tasks.SelectMany(t => t.Writers).SelectMany(w => w.Writer.Prepared.Select(p => (w.Writer.Node.Vertex, p)));

    private async Task CommitAsync(PlanVertex sink, CommitInfo item)
    {
        var start = _settings.Time.GetTimestamp();
        for (var wait = FirstRetry; ; wait = wait * 2 < LongestRetry ? wait * 2 : LongestRetry)
        {
            var result = await TryCommitAsync(sink, item);
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

                    await Task.Delay(wait, _settings.Time, _stop.Token);
                    break;
            }
        }
    }

    private async ValueTask<CommitResult> TryCommitAsync(PlanVertex sink, CommitInfo item)
    {
        try
        {
            return await _committers[sink].CommitAsync(item, CancellationToken.None);
        }
        catch (SeikanException e) when (e.Retry == RetryHint.WithBackoff)
        {
            return new CommitResult(CommitOutcome.Retry, e.Diagnostics[0]);
        }
        catch (Exception e)
        {
            Blame.Mark(e, sink.Block.Path);
            throw;
        }
    }

    private static SeikanException Failed(ErrorCode code, string message, PlanVertex sink, Diagnostic? cause) =>
        new(cause is null ? [new Diagnostic(code, message) { Path = sink.Block.Path }] : [new Diagnostic(code, $"{message}: {cause.Message}") { Path = sink.Block.Path, Fix = cause.FixText }])
        {
            Domain = ErrorDomain.External,
        };
}
