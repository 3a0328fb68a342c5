using System.Collections.Immutable;
using Seikan.Config;
using Seikan.Core;
using Seikan.Engine.Planning;
using Seikan.Plugins;

namespace Seikan.Engine.Execution;

/// <summary>What a job does from its start to its last commit, and how it is cleaned up behind.</summary>
internal sealed class JobWork(JobPlan plan, EngineSettings settings, JobStop stop)
{
    private readonly List<PlanVertex> _prepared = [];
    private ImmutableArray<PipelineRun> _pipelines = [];
    private ImmutableArray<TaskLoop> _loops = [];
    private volatile bool _isReading;
    private volatile bool _isDelivered;

    /// <summary>The pipelines; empty until they exist.</summary>
    public ImmutableArray<PipelineRun> Pipelines => _pipelines;

    /// <summary>True once readers run.</summary>
    public bool IsReading => _isReading;

    /// <summary>True once everything that was read is written and committed.</summary>
    public bool IsDelivered => _isDelivered;

    /// <summary>Warnings of the checks before the first row.</summary>
    public ImmutableArray<Diagnostic> Notices { get; private set; } = [];

    /// <summary>The loops that have not ended, by name; empty when all have.</summary>
    public string Stuck => string.Join(", ", _loops.Where(l => !l.Task.IsCompleted).Select(l => l.Name));

    private IEnumerable<PlanVertex> Sinks => plan.Vertices.Where(v => v.Role == PluginRole.Sink);

    /// <summary>Runs to the last commit. Throws the first failure outside of the loops; theirs went to the stop.</summary>
    public async Task RunAsync()
    {
        await ProbeAsync();
        foreach (var sink in Sinks)
        {
            await CallAsync(sink, () => ((ISink)sink.Plugin).PrepareTablesAsync(TablesOf(sink), stop.Token));
        }

        foreach (var source in plan.Vertices.Where(v => v.Plugin is IOwnsSourceResources))
        {
            _prepared.Add(source);
            await CallAsync(source, () => ((IOwnsSourceResources)source.Plugin).PrepareAsync(stop.Token));
        }

        stop.Token.ThrowIfCancellationRequested();
        foreach (var pipeline in plan.Pipelines)
        {
            await CallAsync(pipeline.Source, () =>
            {
                _pipelines = _pipelines.Add(new PipelineRun(plan, pipeline, settings, stop));
                _pipelines[^1].Open();
                return ValueTask.CompletedTask;
            });
        }

        _loops = [.. _pipelines.SelectMany(p => p.Start())];
        _isReading = true;
        await Task.WhenAll(_loops.Select(l => l.Task));
        if (stop.Token.IsCancellationRequested)
        {
            return;
        }

        await DeliverAsync();
    }

    /// <summary>Undoes what is not committed and gives everything back. After <see cref="RunAsync"/>.</summary>
    /// <param name="attempt">Runs each part; one that fails must not keep the others from running.</param>
    public async Task CloseAsync(Func<Func<ValueTask>, ValueTask> attempt)
    {
        foreach (var pipeline in _pipelines)
        {
            await pipeline.CloseAsync(attempt);
        }

        // Without checkpoints no job can be gone on with, so nothing at the source is needed any more.
        foreach (var source in _prepared)
        {
            await attempt(() => ((IOwnsSourceResources)source.Plugin).ReleaseAsync(CancellationToken.None));
        }
    }

    // Everything is written and prepared. Checks that need no commit come before the first one, so that what they refuse is rolled back.
    private async Task DeliverAsync()
    {
        if (!Receipts.IsBalanced(_pipelines))
        {
            throw new SeikanException(new Diagnostic(RunErrors.Unbalanced, "rows read are not the rows written, filtered and rejected"));
        }

        foreach (var sink in Sinks.Where(s => !IsTwoPhase(s)))
        {
            await CallAsync(sink, () => ((ISink)sink.Plugin).FinishAsync(stop.Token));
        }

        foreach (var pipeline in _pipelines)
        {
            await pipeline.CommitAsync();
        }

        foreach (var sink in Sinks.Where(IsTwoPhase))
        {
            await CallAsync(sink, () => ((ISink)sink.Plugin).FinishAsync(stop.Token));
        }

        _isDelivered = true;
    }

    private async Task ProbeAsync()
    {
        var problems = new DiagnosticBag();
        foreach (var vertex in plan.Vertices)
        {
            if (vertex.Plugin is IConnector connector)
            {
                await CallAsync(vertex, async () =>
                {
                    foreach (var diagnostic in await connector.ProbeAsync(stop.Token))
                    {
                        problems.Add(vertex.Place(diagnostic));
                    }
                });
            }
        }

        if (problems.HasErrors)
        {
            throw new SeikanException(problems.ToImmutable()) { Domain = ErrorDomain.External };
        }

        Notices = problems.ToImmutable();
    }

    private static async ValueTask CallAsync(PlanVertex vertex, Func<ValueTask> call)
    {
        try
        {
            await call();
        }
        catch (Exception e)
        {
            Blame.Mark(e, vertex.Block.Path);
            throw;
        }
    }

    private static bool IsTwoPhase(PlanVertex sink) => ((ISink)sink.Plugin).Delivery is Delivery.TwoPhase;

    private ImmutableArray<TableSchema> TablesOf(PlanVertex sink) =>
        [.. plan.Pipelines.SelectMany(p => PipelineBuilder.Sinks(p.Tree)).Where(n => n.Vertex == sink).SelectMany(n => n.Outputs).Select(t => t.Schema).DistinctBy(t => t.Path)];
}
