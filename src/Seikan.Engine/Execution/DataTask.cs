using System.Collections.Immutable;
using System.Threading.Channels;
using Seikan.Config;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Engine.Execution;

/// <summary>
/// One data task of a pipeline: a reader loop with the steps before the first fork, and a loop for each branch behind it. Keeps the last emitted
/// position of each split; a reader is never asked for state.
/// </summary>
internal sealed class DataTask : IAsyncDisposable
{
    private readonly PipelinePlan _pipeline;
    private readonly JobPlan _plan;
    private readonly EngineSettings _settings;
    private readonly Coordinator _coordinator;
    private readonly int _index;
    private readonly Channel<Split> _splits = Channel.CreateUnbounded<Split>();
    private readonly SemaphoreSlim _wanted;
    private readonly Dictionary<TablePath, int> _tableIndex = [];
    private readonly Dictionary<string, Position> _positions = new(StringComparer.Ordinal);
    private readonly List<Branch> _branches = [];
    private readonly List<BlockingLane> _lanes = [];
    private readonly StageChain _chain;
    private (TableSchema? Schema, int Index) _lastTable;

    public DataTask(JobPlan plan, PipelinePlan pipeline, int index, Coordinator coordinator, EngineSettings settings)
    {
        (_plan, _pipeline, _index, _coordinator, _settings) = (plan, pipeline, index, coordinator, settings);
        for (var i = 0; i < pipeline.Tree.Outputs.Length; i++)
        {
            _tableIndex.Add(pipeline.Tree.Outputs[i].Schema.Path, i);
        }

        Read = Counters();
        _wanted = new SemaphoreSlim(((ISource)pipeline.Source.Plugin).SplitsPerReader);
        _chain = BuildReaderChain(pipeline.Tree);
    }

    /// <summary>Rows read, by source table.</summary>
    public TableCounters[] Read { get; }

    /// <summary>Where the reader loop's time goes.</summary>
    public StageTimes Times { get; } = new();

    /// <summary>The branches, for their times.</summary>
    public IReadOnlyList<Branch> Branches => _branches;

    /// <summary>The writers with the steps on the way to them, outermost first.</summary>
    public IEnumerable<(WriterStage Writer, ImmutableArray<StepInstance> Path)> Writers => Leaves(_chain, []);

    /// <summary>Runs to the end, or to the first failure, which ends all loops.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var source = (ISource)_pipeline.Source.Plugin;
        var loops = new List<Task> { Start(() => FeedAsync(stop.Token), _settings.Scheduler), Start(() => ReadAsync(source, stop.Token), SchedulerFor(source, "reader")) };
        loops.AddRange(_branches.Select(b => Start(() => b.RunAsync(stop.Token), SchedulerFor(b.Chain.Writer?.Node.Vertex.Plugin as ISink, "writer"))));
        await FirstFailureAsync(loops, stop);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _chain.DisposeAsync();
        _lanes.ForEach(l => l.Dispose());
        _wanted.Dispose();
    }

    /// <summary>Waits for all; the first failure cancels the others and is the one that is thrown.</summary>
    public static async Task FirstFailureAsync(List<Task> tasks, CancellationTokenSource stop)
    {
        Task? first = null;
        var left = tasks.ToList();
        while (left.Count > 0)
        {
            var done = await Task.WhenAny(left);
            left.Remove(done);
            if (!done.IsCompletedSuccessfully)
            {
                // A cancellation that another failure caused is not the cause.
                first = first is null || (first.IsCanceled && done.IsFaulted) ? done : first;
                await stop.CancelAsync();
            }
        }

        if (first is not null)
        {
            await first;
        }
    }

    private async Task ReadAsync(ISource source, CancellationToken cancellationToken)
    {
        var context = new ReaderContext(
            _index, _pipeline.Parallelism, _splits.Reader, [.. _pipeline.Tree.Outputs.Select(t => t.Schema)], _pipeline.Source.Context.Memory, _settings);
        var limit = new ReadLimit(_plan.RowsPerSecond, _plan.BytesPerSecond, _settings.Time);
        await OpenWritersAsync(cancellationToken);
        await using var reader = source.CreateReader(context);
        while (true)
        {
            await limit.WaitAsync(cancellationToken);
            var from = _settings.Time.GetTimestamp();
            var output = await reader.ReadAsync(cancellationToken);
            Times.AddBusy(_settings.Time.GetTimestamp() - from);
            if (output is null)
            {
                break;
            }

            await TakeAsync(output, limit, cancellationToken);
        }

        await _chain.EndAsync(cancellationToken);
    }

    private async ValueTask TakeAsync(ReaderOutput output, ReadLimit limit, CancellationToken cancellationToken)
    {
        switch (output)
        {
            case ReaderOutput.Rows rows:
                var next = 0;
                try
                {
                    while (next < rows.Batches.Length)
                    {
                        var batch = rows.Batches[next++];
                        var table = IndexOf(batch.Schema);
                        Read[table].Add(batch.RowCount, batch.SizeBytes);
                        limit.Add(batch.RowCount, batch.SizeBytes);
                        var (from, blocked) = (_settings.Time.GetTimestamp(), _chain.BlockedTicks);
                        await _chain.ProcessAsync(batch, table, cancellationToken);
                        blocked = _chain.BlockedTicks - blocked;
                        Times.AddBlocked(blocked);
                        Times.AddBusy(_settings.Time.GetTimestamp() - from - blocked);
                    }
                }
                finally
                {
                    for (; next < rows.Batches.Length; next++)
                    {
                        rows.Batches[next].Dispose();
                    }
                }

                foreach (var (id, position) in rows.After)
                {
                    _positions[id] = position;
                }

                _coordinator.Reached(rows.After);
                break;
            case ReaderOutput.SplitFinished finished:
                _positions.Remove(finished.SplitId);
                _coordinator.Finished(finished.SplitId, finished.Last);
                _wanted.Release();
                break;
            case ReaderOutput.Schema schema:
                throw Unsupported($"table \"{schema.Change.Before.Path}\" changed its columns{(schema.Change.NativeText is { } text ? $": {text}" : "")}");
            case ReaderOutput.Table table:
                throw Unsupported($"table \"{table.Event.Table}\" was {table.Event.Kind.ToString().ToLowerInvariant()}");
            default:
                break;
        }
    }

    private SeikanException Unsupported(string message) =>
        new(new Diagnostic(RunErrors.SchemaChange, message) { Path = _pipeline.Source.Block.Path });

    // Splits are asked for beside the reader, which may be waiting for data meanwhile.
    private async Task FeedAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await _wanted.WaitAsync(cancellationToken);
                if (await _coordinator.NextAsync(_index, cancellationToken) is not { } split)
                {
                    break;
                }

                await _splits.Writer.WriteAsync(split, cancellationToken);
            }

            _splits.Writer.Complete();
        }
        catch (Exception e)
        {
            _splits.Writer.TryComplete(e);
            throw;
        }
    }

    private async ValueTask OpenWritersAsync(CancellationToken cancellationToken)
    {
        foreach (var (writer, _) in Writers)
        {
            await writer.OpenAsync([], cancellationToken);
        }
    }

    private int IndexOf(TableSchema schema)
    {
        if (!ReferenceEquals(_lastTable.Schema, schema))
        {
            _lastTable = (schema, _tableIndex[schema.Path]);
        }

        return _lastTable.Index;
    }

    private StageChain BuildReaderChain(PlanNode source)
    {
        var (steps, node) = (new List<StepInstance>(), source);
        while (node.Children is [{ Vertex.Role: PluginRole.Transform } only])
        {
            steps.Add(StepFor(only));
            node = only;
        }

        return new StageChain([.. steps], [.. node.Children.Select(MakeBranch)], null) { Time = _settings.Time };
    }

    private Branch MakeBranch(PlanNode start)
    {
        var (steps, node) = (new List<StepInstance>(), start);
        while (node.Vertex.Role == PluginRole.Transform)
        {
            steps.Add(StepFor(node));
            if (node.Children.Length != 1)
            {
                break;
            }

            node = node.Children[0];
        }

        var chain = node.Vertex.Role == PluginRole.Sink
            ? new StageChain([.. steps], [], WriterFor(node)) { Time = _settings.Time }
            : new StageChain([.. steps], [.. node.Children.Select(MakeBranch)], null) { Time = _settings.Time };
        var branch = new Branch(_settings, chain);
        _branches.Add(branch);
        return branch;
    }

    private StepInstance StepFor(PlanNode node) => new(node.Steps, node.Vertex.Context) { Counters = Counters() };

    private WriterStage WriterFor(PlanNode node) => new(
        node, new TaskWriterContext(_plan.Job.JobId, _pipeline.Number, node.Vertex.Block.Index, _index), () => [.. _positions.Select(p => new SplitPosition(p.Key, p.Value))], Counters());

    private TableCounters[] Counters() => [.. _pipeline.Tree.Outputs.Select(_ => new TableCounters())];

    private TaskScheduler SchedulerFor(IConnector? connector, string what)
    {
        if (connector is null or { BlockingThreads: 0 })
        {
            return _settings.Scheduler;
        }

        var lane = new BlockingLane($"seikan {what} {_pipeline.Number}.{_index}");
        _lanes.Add(lane);
        return lane;
    }

    private static Task Start(Func<Task> loop, TaskScheduler scheduler) =>
        Task.Factory.StartNew(loop, CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler).Unwrap();

    private static IEnumerable<(WriterStage, ImmutableArray<StepInstance>)> Leaves(StageChain chain, ImmutableArray<StepInstance> before)
    {
        var path = before.AddRange(chain.Steps);
        return chain.Writer is { } writer ? [(writer, path)] : chain.Branches.SelectMany(b => Leaves(b.Chain, path));
    }
}
