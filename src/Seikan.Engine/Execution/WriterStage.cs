using System.Collections.Immutable;
using System.Diagnostics;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Engine.Execution;

/// <summary>The writer of a sink in one task. Called by one loop.</summary>
internal sealed class WriterStage : IAsyncDisposable
{
    private readonly TaskWriterContext _context;
    private readonly IBatchTap? _tap;
    private readonly TaskScheduler _scheduler;
    private readonly Dictionary<string, Position> _positions = new(StringComparer.Ordinal);
    private ISinkWriter? _writer;
    private ITwoPhaseWriter? _twoPhase;
    private IPositionedWriter? _positioned;

    /// <summary>Makes the writer's place in a task; the writer itself is made by <see cref="OpenAsync"/>.</summary>
    /// <param name="node">The sink.</param>
    /// <param name="context">Who writes.</param>
    /// <param name="counters">Gets the rows written, by source table.</param>
    /// <param name="tap">Sees batches before they are written.</param>
    /// <param name="scheduler">Where the writer's calls run; its disposal too.</param>
    public WriterStage(PlanNode node, TaskWriterContext context, TableCounters[] counters, IBatchTap? tap, TaskScheduler scheduler)
    {
        (Node, _context, Counters, _tap, _scheduler) = (node, context, counters, tap, scheduler);
        NeedsPositions = ((ISink)node.Vertex.Plugin).Delivery is Delivery.TransactionalWithPositions;
    }

    /// <summary>What it wrote, by source table.</summary>
    public TableCounters[] Counters { get; }

    /// <summary>The sink.</summary>
    public PlanNode Node { get; }

    /// <summary>Where its calls run.</summary>
    public TaskScheduler Scheduler => _scheduler;

    /// <summary>Bytes that the writer reported, by table.</summary>
    public TaskWriterContext Context => _context;

    /// <summary>Whether it keeps source positions beside the rows.</summary>
    public bool NeedsPositions { get; }

    /// <summary>What a two-phase writer prepared at the end.</summary>
    public ImmutableArray<CommitInfo> Prepared { get; private set; } = [];

    /// <summary>Makes the writer.</summary>
    public async ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        switch (((ISink)Node.Vertex.Plugin).Delivery)
        {
            case Delivery.AtLeastOnce d:
                _writer = d.Writer(_context);
                break;
            case Delivery.Idempotent d:
                _writer = d.Writer(_context);
                break;
            case Delivery.TwoPhase d:
                _writer = _twoPhase = d.Writer(_context);
                break;
            case Delivery.TransactionalWithPositions d:
                // Nothing can be gone on from without checkpoints; older attempts are fenced all the same.
                _writer = _positioned = d.Writer(_context);
                await _positioned.RecoverAsync([], cancellationToken);
                break;
            case var d:
                throw new UnreachableException($"{d} is not a delivery");
        }
    }

    /// <summary>Writes a batch. Taken over, also when it throws.</summary>
    public async ValueTask WriteAsync(RowBatch batch, int table, CancellationToken cancellationToken)
    {
        if (batch.RowCount == 0)
        {
            batch.Dispose();
            return;
        }

        // The rows count as they come: what the conversion folds into one is written all the same.
        var (rows, bytes) = (batch.RowCount, batch.SizeBytes);
        try
        {
            await _writer!.WriteAsync(Tapped(Converted(batch)), cancellationToken);
        }
        catch (Exception e)
        {
            Blame.Mark(e, Node.Vertex.Block.Path);
            throw;
        }

        Counters[table].Add(rows, bytes);
    }

    /// <summary>The source positions behind everything written so far.</summary>
    public void Reached(ImmutableArray<SplitPosition> after)
    {
        foreach (var (id, position) in after)
        {
            _positions[id] = position;
        }
    }

    /// <summary>Everything so far reaches the target.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await _writer!.FlushAsync(cancellationToken);
        if (_positioned is not null)
        {
            await _positioned.CommitAsync([.. _positions.Select(p => new SplitPosition(p.Key, p.Value))], cancellationToken);
        }
    }

    /// <summary>The last flush, and the preparation of what is to be committed.</summary>
    public async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);
        if (_twoPhase is not null)
        {
            Prepared = (await _twoPhase.PrepareAsync(1, cancellationToken)).Items;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _writer, null) is { } writer)
        {
            await Task.Factory.StartNew(
                () => writer.DisposeAsync().AsTask(), CancellationToken.None, TaskCreationOptions.DenyChildAttach, _scheduler).Unwrap();
        }
    }

    private RowBatch Converted(RowBatch batch)
    {
        if (!Node.Normalised.Contains(batch.Schema.Path))
        {
            return batch;
        }

        using (batch)
        {
            return ChangelogNormaliser.ToUpsert(batch, Node.Vertex.Context.Memory);
        }
    }

    private RowBatch Tapped(RowBatch batch)
    {
        try
        {
            _tap?.Writing((_context.Pipeline, _context.Task), _context.Sink, batch);
            return batch;
        }
        catch
        {
            batch.Dispose();
            throw;
        }
    }
}
