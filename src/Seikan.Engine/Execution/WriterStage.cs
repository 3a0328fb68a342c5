using System.Collections.Immutable;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Engine.Execution;

/// <summary>The writer of a sink in one task. Called by one loop.</summary>
internal sealed class WriterStage(PlanNode node, IWriterContext context, Func<ImmutableArray<SplitPosition>> positions, TableCounters[] counters) : IAsyncDisposable
{
    private ISinkWriter? _writer;

    /// <summary>What it wrote, by source table.</summary>
    public TableCounters[] Counters { get; } = counters;

    /// <summary>The sink.</summary>
    public PlanNode Node => node;

    /// <summary>Bytes that the writer reported, by table.</summary>
    public TaskWriterContext Context => (TaskWriterContext)context;

    /// <summary>What a two-phase writer prepared at the end.</summary>
    public ImmutableArray<CommitInfo> Prepared { get; private set; } = [];

    /// <summary>Makes the writer.</summary>
    public async ValueTask OpenAsync(ImmutableArray<string> splitIds, CancellationToken cancellationToken)
    {
        _writer = ((ISink)node.Vertex.Plugin).Delivery switch
        {
            Delivery.AtLeastOnce d => d.Writer(context),
            Delivery.Idempotent d => d.Writer(context),
            Delivery.TwoPhase d => d.Writer(context),
            Delivery.TransactionalWithPositions d => d.Writer(context),
            var d => throw new System.Diagnostics.UnreachableException($"{d} is not a delivery"),
        };
        if (_writer is IPositionedWriter positioned)
        {
            // Nothing can be recovered without checkpoints; older attempts are fenced all the same.
            await positioned.RecoverAsync(splitIds, cancellationToken);
        }
    }

    /// <summary>Writes a batch.</summary>
    public async ValueTask WriteAsync(RowBatch batch, int table, CancellationToken cancellationToken)
    {
        if (batch.RowCount == 0)
        {
            batch.Dispose();
            return;
        }

        var (rows, bytes) = (batch.RowCount, batch.SizeBytes);
        if (node.Normalised.Contains(batch.Schema.Path))
        {
            var input = batch;
            using (input)
            {
                batch = ChangelogNormaliser.ToUpsert(input, node.Vertex.Context.Memory);
            }
        }

        await _writer!.WriteAsync(batch, cancellationToken);
        Counters[table].Add(rows, bytes);
    }

    /// <summary>Everything so far reaches the target.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await _writer!.FlushAsync(cancellationToken);
        if (_writer is IPositionedWriter positioned)
        {
            await positioned.CommitAsync(positions(), cancellationToken);
        }
    }

    /// <summary>The last flush, and the preparation of what is to be committed.</summary>
    public async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);
        if (_writer is ITwoPhaseWriter twoPhase)
        {
            Prepared = (await twoPhase.PrepareAsync(1, cancellationToken)).Items;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        var writer = _writer;
        _writer = null;
        return writer?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
