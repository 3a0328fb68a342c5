using System.Collections.Immutable;
using Seikan.Config;
using Seikan.Core;
using Seikan.Engine.Execution;
using Seikan.Plugins;

namespace Seikan.Engine;

/// <summary>A running job. Thread-safe.</summary>
public sealed class JobRun : IAsyncDisposable
{
    private readonly JobPlan _plan;
    private readonly EngineSettings _settings;
    private readonly ImmutableArray<PipelineRun> _pipelines;
    private readonly CancellationTokenSource _cancel = new();
    private readonly long _start;

    private JobRun(JobPlan plan, EngineSettings settings)
    {
        (_plan, _settings) = (plan, settings);
        _start = settings.Time.GetTimestamp();
        _pipelines = [.. plan.Pipelines.Select(p => new PipelineRun(plan, p, settings))];
    }

    /// <summary>Completes when the job has ended, however it ended. Never fails.</summary>
    public Task<JobResult> Completion { get; private set; } = null!;

    /// <summary>Ends the job; what it wrote is undone as far as its sinks can.</summary>
    public void Cancel() => _cancel.Cancel();

    /// <summary>Where the job is now.</summary>
    public JobProgress Snapshot()
    {
        var tasks = _pipelines.SelectMany(p => p.Tasks).ToList();
        var fractions = _pipelines.Select(p => (p.Fraction, Rows: Math.Max(1, p.RowsRead))).ToList();
        double? fraction = fractions.All(f => f.Fraction is not null) ? fractions.Min(f => f.Fraction!.Value) : null;
        return new JobProgress(
            tasks.Sum(t => t.Read.Sum(c => c.Rows)), tasks.Sum(t => t.Writers.Sum(w => w.Writer.Counters.Sum(c => c.Rows))), tasks.Sum(t => t.Read.Sum(c => c.Bytes)),
            fraction, Elapsed, Bottleneck.Of(tasks));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _cancel.CancelAsync();
        await Completion;
        _cancel.Dispose();
    }

    internal static JobRun Start(JobPlan plan, EngineSettings settings)
    {
        var run = new JobRun(plan, settings);
        run.Completion = Task.Factory.StartNew(run.RunAsync, CancellationToken.None, TaskCreationOptions.DenyChildAttach, settings.Scheduler).Unwrap();
        return run;
    }

    private TimeSpan Elapsed => _settings.Time.GetElapsedTime(_start);

    private async Task<JobResult> RunAsync()
    {
        var problems = new List<Diagnostic>();
        var status = JobStatus.Finished;
        var isExternal = false;
        try
        {
            await AbandonableAsync(WriteAllAsync(_cancel.Token));
            foreach (var pipeline in _pipelines)
            {
                await pipeline.CommitAsync(_cancel.Token);
            }
        }
        catch (OperationCanceledException) when (_cancel.IsCancellationRequested)
        {
            status = JobStatus.Canceled;
        }
        catch (Exception e)
        {
            status = JobStatus.Failed;
            problems.AddRange(Explain(e));
            isExternal = e is SeikanException { Domain: ErrorDomain.External } or IOException or UnauthorizedAccessException;
        }

        await CloseAsync(status, problems);
        var receipt = Receipts.Make(_plan, _pipelines, Elapsed);
        if (status == JobStatus.Finished && !receipt.IsBalanced)
        {
            status = JobStatus.Failed;
            problems.Add(new Diagnostic(RunErrors.Unbalanced, "rows read are not the rows written, filtered and rejected"));
        }

        return new JobResult(status, receipt, [.. problems]) { FailedBeforeFirstRow = isExternal && receipt.RowsRead == 0 };
    }

    private async Task WriteAllAsync(CancellationToken cancellationToken)
    {
        await ProbeAsync(cancellationToken);
        foreach (var sink in SinkVertices())
        {
            await ((ISink)sink.Plugin).PrepareTablesAsync(TablesOf(sink), cancellationToken);
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await DataTask.FirstFailureAsync([.. _pipelines.Select(p => p.RunAsync(stop.Token))], stop);
        foreach (var sink in SinkVertices())
        {
            await ((ISink)sink.Plugin).FinishAsync(cancellationToken);
        }
    }

    private async Task ProbeAsync(CancellationToken cancellationToken)
    {
        var problems = new DiagnosticBag();
        foreach (var vertex in _plan.Vertices)
        {
            if (vertex.Plugin is IConnector connector)
            {
                foreach (var diagnostic in await connector.ProbeAsync(cancellationToken))
                {
                    problems.Add(diagnostic with
                    {
                        Path = diagnostic.Path ?? vertex.Block.Path,
                        Span = diagnostic.Span.IsKnown ? diagnostic.Span : vertex.Block.NameSpan,
                    });
                }
            }
        }

        if (problems.HasErrors)
        {
            throw new SeikanException(problems.ToImmutable()) { Domain = ErrorDomain.External };
        }
    }

    // A connector that does not listen to the cancellation is left behind after a while; its tasks keep what they hold for ever.
    private async Task AbandonableAsync(Task work)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = _cancel.Token.UnsafeRegister(static s => ((TaskCompletionSource)s!).TrySetResult(), cancelled);
        if (await Task.WhenAny(work, cancelled.Task) != work)
        {
            using var stopTimer = new CancellationTokenSource();
            var deadline = Task.Delay(_settings.AbandonAfter, _settings.Time, stopTimer.Token);
            if (await Task.WhenAny(work, deadline) != work)
            {
                IsAbandoned = true;
                throw new OperationCanceledException(_cancel.Token);
            }

            await stopTimer.CancelAsync();
        }

        await work;
    }

    private bool IsAbandoned { get; set; }

    private async Task CloseAsync(JobStatus status, List<Diagnostic> problems)
    {
        if (IsAbandoned)
        {
            problems.Add(new Diagnostic(RunErrors.Abandoned, $"a connector did not stop within {_settings.AbandonAfter.TotalSeconds:0.#} s and was left behind") { Severity = Severity.Warning });
            return;
        }

        foreach (var pipeline in _pipelines)
        {
            try
            {
                if (status != JobStatus.Finished)
                {
                    await pipeline.AbortAsync();
                }

                await pipeline.CloseTasksAsync();
                await pipeline.SweepAsync();
                await pipeline.DisposeAsync();
            }
            catch (Exception e)
            {
                // The end of the job is decided; a clean-up that fails is told beside it.
                problems.AddRange(Explain(e).Select(d => d with { Severity = Severity.Warning }));
            }
        }
    }

    private IEnumerable<PlanVertex> SinkVertices() => _plan.Vertices.Where(v => v.Role == PluginRole.Sink);

    private ImmutableArray<TableSchema> TablesOf(PlanVertex sink) =>
        [.. _plan.Pipelines.SelectMany(p => Planning.PipelineBuilder.Sinks(p.Tree)).Where(n => n.Vertex == sink).SelectMany(n => n.Outputs).Select(t => t.Schema).DistinctBy(t => t.Path)];

    private ImmutableArray<Diagnostic> Explain(Exception e)
    {
        switch (e)
        {
            case SeikanException known:
                return known.Diagnostics;
            case IOException or UnauthorizedAccessException:
                return [new Diagnostic(RunErrors.Io, e.Message.TrimEnd('.'))];
            default:
                _settings.ReportBug(e);
                return [new Diagnostic(RunErrors.Bug, $"{e.GetType().Name}: {e.Message}")];
        }
    }
}
