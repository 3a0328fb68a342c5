using System.Collections.Immutable;
using Seikan.Config;
using Seikan.Plugins;

namespace Seikan.Engine.Execution;

/// <summary>The tree of a data task: the reader's chain, the branches behind forks, and the threads that blocking connectors need.</summary>
internal sealed class TaskTree
{
    private readonly JobPlan _plan;
    private readonly PipelinePlan _pipeline;
    private readonly int _task;
    private readonly EngineSettings _settings;
    private readonly List<Branch> _branches = [];
    private readonly List<BlockingLane> _lanes = [];
    private readonly Dictionary<PlanVertex, int> _sinkPlaces = [];

    /// <summary>Makes the tree of a task.</summary>
    public TaskTree(JobPlan plan, PipelinePlan pipeline, int task, EngineSettings settings)
    {
        (_plan, _pipeline, _task, _settings) = (plan, pipeline, task, settings);
        ReaderScheduler = SchedulerFor((IConnector)pipeline.Source.Plugin, "reader");
        Chain = ReaderChain(pipeline.Tree);
        Writers = [.. Leaves(Chain, [])];
    }

    /// <summary>Where the reader's calls run.</summary>
    public TaskScheduler ReaderScheduler { get; }

    /// <summary>What the reader's loop runs.</summary>
    public StageChain Chain { get; }

    /// <summary>All branches, inner ones before those that feed them.</summary>
    public IReadOnlyList<Branch> Branches => _branches;

    /// <summary>The writers with the steps on the way to them, outermost first.</summary>
    public ImmutableArray<(WriterStage Writer, ImmutableArray<StepInstance> Path)> Writers { get; }

    /// <summary>A counter for each source table.</summary>
    public TableCounters[] NewCounters() => [.. _pipeline.Tree.Outputs.Select(_ => new TableCounters())];

    /// <summary>Gives up waiting batches, steps, writers and threads. After all loops have ended.</summary>
    /// <param name="attempt">Runs each part.</param>
    public async ValueTask CloseAsync(Func<Func<ValueTask>, ValueTask> attempt)
    {
        _branches.ForEach(b => b.Drain());
        foreach (var step in Chain.Steps.Concat(_branches.SelectMany(b => b.Chain.Steps)))
        {
            await attempt(step.DisposeAsync);
        }

        foreach (var (writer, _) in Writers)
        {
            await attempt(writer.DisposeAsync);
        }

        _lanes.ForEach(l => l.Dispose());
    }

    private static IEnumerable<(WriterStage, ImmutableArray<StepInstance>)> Leaves(StageChain chain, ImmutableArray<StepInstance> before)
    {
        var path = before.AddRange(chain.Steps);
        return chain.Writer is { } writer ? [(writer, path)] : chain.Branches.SelectMany(b => Leaves(b.Chain, path));
    }

    private StageChain ReaderChain(PlanNode source)
    {
        var (steps, node) = (new List<StepInstance>(), source);
        while (node.Children is [{ Vertex.Role: PluginRole.Transform } only])
        {
            steps.Add(Step(only));
            node = only;
        }

        return new StageChain([.. steps], [.. node.Children.Select(MakeBranch)], null, _settings.Time);
    }

    private Branch MakeBranch(PlanNode start)
    {
        var (steps, node) = (new List<StepInstance>(), start);
        while (node.Vertex.Role == PluginRole.Transform)
        {
            steps.Add(Step(node));
            if (node.Children.Length != 1)
            {
                break;
            }

            node = node.Children[0];
        }

        var chain = node.Vertex.Role == PluginRole.Sink
            ? new StageChain([.. steps], [], Writer(node), _settings.Time)
            : new StageChain([.. steps], [.. node.Children.Select(MakeBranch)], null, _settings.Time);
        var branch = new Branch(_settings, chain);
        _branches.Add(branch);
        return branch;
    }

    private StepInstance Step(PlanNode node) => new(node, NewCounters());

    // A sink that is reached on several ways has a writer on each; the lane tells their files and transactions apart.
    private WriterStage Writer(PlanNode node)
    {
        var place = _sinkPlaces.GetValueOrDefault(node.Vertex);
        _sinkPlaces[node.Vertex] = place + 1;
        var context = new TaskWriterContext(_plan.Job.JobId, _pipeline.Number, node.Vertex.Block.Index, _task, place);
        return new WriterStage(node, context, NewCounters(), _settings.Tap, SchedulerFor((IConnector)node.Vertex.Plugin, $"writer {node.Vertex.Block.Index}"));
    }

    private TaskScheduler SchedulerFor(IConnector connector, string what)
    {
        if (connector.BlockingThreads == 0)
        {
            return _settings.Scheduler;
        }

        var lane = new BlockingLane($"seikan {what} {_pipeline.Number}.{_task}");
        _lanes.Add(lane);
        return lane;
    }
}
