namespace Seikan.Plugins;

/// <summary>The four guarantees; each makes the writer that keeps it.</summary>
public abstract record Delivery
{
    private Delivery()
    {
    }

    /// <summary>After a failure rows may come again.</summary>
    /// <param name="Writer">Makes the writer of a task.</param>
    public sealed record AtLeastOnce(Func<IWriterContext, ISinkWriter> Writer) : Delivery;

    /// <summary>Rows may come again and change nothing (keyed upsert).</summary>
    /// <param name="Writer">Makes the writer of a task.</param>
    public sealed record Idempotent(Func<IWriterContext, ISinkWriter> Writer) : Delivery;

    /// <summary>Rows and source positions in one transaction of the target; needs one sink in the pipeline and no lanes.</summary>
    /// <param name="Writer">Makes the writer of a task.</param>
    public sealed record TransactionalWithPositions(Func<IWriterContext, IPositionedWriter> Writer) : Delivery;

    /// <summary>Prepared at the barrier, committed when the checkpoint is complete.</summary>
    /// <param name="Writer">Makes the writer of a task.</param>
    /// <param name="Committer">Makes the committer of a sink vertex in a pipeline.</param>
    public sealed record TwoPhase(Func<IWriterContext, ITwoPhaseWriter> Writer, Func<CommitterContext, ICommitter> Committer) : Delivery;
}
