using System.Collections.Immutable;
using System.Threading.Channels;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Engine.Execution;

/// <summary>
/// One data task of a pipeline: a reader loop with the steps before the first fork, and a loop for each branch behind it. Keeps the last emitted
/// position of each split; a reader is never asked for state.
/// </summary>
internal sealed class DataTask : IDisposable
{
    private readonly PipelinePlan _pipeline;
    private readonly JobPlan _plan;
    private readonly EngineSettings _settings;
    private readonly Coordinator _coordinator;
    private readonly JobStop _stop;
    private readonly TaskTree _tree;
    private readonly Channel<Split> _splits = Channel.CreateUnbounded<Split>();
    private readonly Channel<bool> _wanted = Channel.CreateUnbounded<bool>(); // one entry a split that the reader may still have
    private readonly CancellationTokenSource _feeding;
    private readonly Dictionary<TablePath, int> _tableIndex = [];
    private readonly Dictionary<string, Position> _positions = new(StringComparer.Ordinal);
    private (TableSchema? Schema, int Index) _lastTable;
    private int _splitsGiven;
    private int _splitsDone;

    /// <summary>Makes the task; nothing runs yet.</summary>
    public DataTask(JobPlan plan, PipelinePlan pipeline, int index, Coordinator coordinator, EngineSettings settings, JobStop stop)
    {
        (_plan, _pipeline, Index, _coordinator, _settings, _stop) = (plan, pipeline, index, coordinator, settings, stop);
        for (var i = 0; i < pipeline.Tree.Outputs.Length; i++)
        {
            _tableIndex.Add(pipeline.Tree.Outputs[i].Schema.Path, i);
        }

        _tree = new TaskTree(plan, pipeline, index, settings);
        Read = _tree.NewCounters();
        for (var i = 0; i < Source.SplitsPerReader; i++)
        {
            _wanted.Writer.TryWrite(true);
        }

        _feeding = CancellationTokenSource.CreateLinkedTokenSource(stop.Reading);
    }

    /// <summary>Its number, from 0.</summary>
    public int Index { get; }

    /// <summary>Rows read, by source table.</summary>
    public TableCounters[] Read { get; }

    /// <summary>Where the reader loop's time goes.</summary>
    public StageTimes Times { get; } = new();

    /// <summary>The branches, for their times.</summary>
    public IReadOnlyList<Branch> Branches => _tree.Branches;

    /// <summary>The writers with the steps on the way to them, outermost first.</summary>
    public ImmutableArray<(WriterStage Writer, ImmutableArray<StepInstance> Path)> Writers => _tree.Writers;

    private ISource Source => (ISource)_pipeline.Source.Plugin;

    /// <summary>Starts all loops. Their failures end the job.</summary>
    public IEnumerable<TaskLoop> Start()
    {
        var place = _pipeline.Source.Block.Path;
        var name = $"pipeline-{_pipeline.Number} [{_pipeline.Source.Name}] task {Index}";
        yield return TaskLoop.Start($"{name}: splits", place, FeedAsync, _settings.Scheduler, _stop);
        yield return TaskLoop.Start($"{name}: reader", place, ReadAsync, _tree.ReaderScheduler, _stop);
        foreach (var branch in _tree.Branches)
        {
            var writer = branch.Chain.Writer;
            yield return TaskLoop.Start(
                $"{name}: {writer?.Node.Vertex.Name ?? "fork"}", writer?.Node.Vertex.Block.Path ?? place, () => branch.RunAsync(_stop.Token),
                writer?.Scheduler ?? _settings.Scheduler, _stop);
        }
    }

    /// <summary>Gives up what loops that have ended left behind: waiting batches, steps, writers.</summary>
    /// <param name="attempt">Runs each part; one that fails must not keep the others from running.</param>
    public ValueTask CloseAsync(Func<Func<ValueTask>, ValueTask> attempt) => _tree.CloseAsync(attempt);

    /// <inheritdoc/>
    public void Dispose() => _feeding.Dispose();

    private async Task ReadAsync()
    {
        var context = new ReaderContext(
            Index, _pipeline.Parallelism, _splits.Reader, [.. _pipeline.Tree.Outputs.Select(t => t.Schema)], _pipeline.Source.Context.Memory, _settings);
        var limit = new ReadLimit(_plan.RowsPerSecond, _plan.BytesPerSecond, _settings.Time);
        await using (var reader = Source.CreateReader(context))
        {
            while (await NextAsync(reader, limit) is { } output)
            {
                await TakeAsync(output, limit, _stop.Token);
            }
        }

        if (!_stop.Reading.IsCancellationRequested && Volatile.Read(ref _splitsGiven) != _splitsDone)
        {
            throw new InvalidOperationException($"the reader ended, but {_splitsGiven - _splitsDone} of its splits did not");
        }

        _feeding.Cancel();
        await _tree.Chain.EndAsync(_stop.Token);
    }

    private async ValueTask<ReaderOutput?> NextAsync(ISourceReader reader, ReadLimit limit)
    {
        var from = _settings.Time.GetTimestamp();
        try
        {
            await limit.WaitAsync(_stop.Reading);
            from = _settings.Time.GetTimestamp();
            return await reader.ReadAsync(_stop.Reading);
        }
        catch (OperationCanceledException) when (_stop.Reading.IsCancellationRequested && !_stop.Token.IsCancellationRequested)
        {
            // Nothing more is to be read; what was read is delivered.
            return null;
        }
        finally
        {
            Times.AddBusy(_settings.Time.GetTimestamp() - from);
        }
    }

    private async ValueTask TakeAsync(ReaderOutput output, ReadLimit limit, CancellationToken cancellationToken)
    {
        switch (output)
        {
            case ReaderOutput.Rows rows:
                await PassAsync(rows.Batches, limit, cancellationToken);
                foreach (var (id, position) in rows.After)
                {
                    _positions[id] = position;
                }

                _coordinator.Reached(rows.After);
                await MarkAsync(rows.After, cancellationToken);
                break;
            case ReaderOutput.SplitFinished finished:
                _positions.Remove(finished.SplitId);
                if (finished.Last is { } last)
                {
                    await MarkAsync([new SplitPosition(finished.SplitId, last)], cancellationToken);
                }

                _coordinator.Finished(finished.SplitId, finished.Last);
                _splitsDone++;
                _wanted.Writer.TryWrite(true);
                break;
            case ReaderOutput.Schema schema:
                throw Unsupported($"table \"{schema.Change.Before.Path}\" changed its columns{(schema.Change.NativeText is { } text ? $": {text}" : "")}");
            case ReaderOutput.Table table:
                throw Unsupported($"table \"{table.Event.Table}\" was {table.Event.Kind.ToString().ToLowerInvariant()}");
            default:
                break;
        }
    }

    private async ValueTask PassAsync(ImmutableArray<RowBatch> batches, ReadLimit limit, CancellationToken cancellationToken)
    {
        var next = 0;
        try
        {
            while (next < batches.Length)
            {
                var batch = batches[next];
                var table = IndexOf(batch.Schema);
                _settings.Tap?.Read((_pipeline.Number, Index), batch);
                Read[table].Add(batch.RowCount, batch.SizeBytes);
                limit.Add(batch.RowCount, batch.SizeBytes);
                var (from, blocked) = (_settings.Time.GetTimestamp(), _tree.Chain.BlockedTicks);
                next++; // from here the chain owns it
                await _tree.Chain.ProcessAsync(batch, table, cancellationToken);
                blocked = _tree.Chain.BlockedTicks - blocked;
                Times.AddBlocked(blocked);
                Times.AddBusy(_settings.Time.GetTimestamp() - from - blocked);
            }
        }
        finally
        {
            for (; next < batches.Length; next++)
            {
                batches[next].Dispose();
            }
        }
    }

    private ValueTask MarkAsync(ImmutableArray<SplitPosition> after, CancellationToken cancellationToken) =>
        _tree.Chain.NeedsPositions && !after.IsDefaultOrEmpty ? _tree.Chain.MarkAsync(after, cancellationToken) : ValueTask.CompletedTask;

    private SeikanException Unsupported(string message) =>
        new(new Diagnostic(RunErrors.SchemaChange, message) { Path = _pipeline.Source.Block.Path });

    // Splits are asked for beside the reader, which may be waiting for data meanwhile.
    private async Task FeedAsync()
    {
        try
        {
            while (true)
            {
                await _wanted.Reader.ReadAsync(_feeding.Token);
                if (await _coordinator.NextAsync(Index, _feeding.Token) is not { } split)
                {
                    break;
                }

                Interlocked.Increment(ref _splitsGiven);
                await _splits.Writer.WriteAsync(split, _feeding.Token);
            }

            _splits.Writer.Complete();
        }
        catch (OperationCanceledException) when (_feeding.IsCancellationRequested)
        {
            // The reader needs no more.
            _splits.Writer.TryComplete();
        }
        catch (Exception e)
        {
            // Before the reader can take the end of the splits for the end of the source.
            Blame.Mark(e, _pipeline.Source.Block.Path);
            _stop.Fail(e);
            _splits.Writer.TryComplete();
            throw;
        }
    }

    private int IndexOf(TableSchema schema)
    {
        if (!ReferenceEquals(_lastTable.Schema, schema))
        {
            _lastTable = _tableIndex.TryGetValue(schema.Path, out var index)
                ? (schema, index)
                : throw new InvalidOperationException($"the source gave rows of table \"{schema.Path}\", which it had not announced");
        }

        return _lastTable.Index;
    }
}
