using Apache.Arrow;

namespace Seikan.Arrow;

/// <summary>Counts who uses the memory of a record batch; the last one disposes it. Each Dispose gives one reference up.</summary>
/// <param name="batch">Owned.</param>
internal sealed class SharedRecordBatch(RecordBatch batch) : IDisposable
{
    private int _references = 1;

    /// <summary>The batch; valid while a reference is held.</summary>
    public RecordBatch Batch { get; } = batch;

    /// <summary>Another reference.</summary>
    public SharedRecordBatch Retain()
    {
        Interlocked.Increment(ref _references);
        return this;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref _references) == 0)
        {
            Batch.Dispose();
        }
    }
}
