namespace Seikan.Core;

/// <summary>What a change source knows about each row beside its columns; an absent part is null. Shares the life of its batch.</summary>
public sealed class SideColumns
{
    /// <summary>When the transaction was committed, microseconds UTC.</summary>
    public FixedColumn<long>? CommitTime { get; init; }

    /// <summary>When the row was changed, microseconds UTC.</summary>
    public FixedColumn<long>? OperationTime { get; init; }

    /// <summary>Place in the log as its system spells it.</summary>
    public BytesColumn? Position { get; init; }

    /// <summary>Transaction as its system spells it.</summary>
    public BytesColumn? Transaction { get; init; }

    /// <summary>The chosen rows of all parts.</summary>
    internal SideColumns Gather(ReadOnlySpan<int> rows, BufferPool pool) => new()
    {
        CommitTime = (FixedColumn<long>?)CommitTime?.Gather(rows, pool),
        OperationTime = (FixedColumn<long>?)OperationTime?.Gather(rows, pool),
        Position = (BytesColumn?)Position?.Gather(rows, pool),
        Transaction = (BytesColumn?)Transaction?.Gather(rows, pool),
    };

    internal SideColumns Retain()
    {
        CommitTime?.Retain();
        OperationTime?.Retain();
        Position?.Retain();
        Transaction?.Retain();
        return this;
    }

    internal void Release()
    {
        CommitTime?.Release();
        OperationTime?.Release();
        Position?.Release();
        Transaction?.Release();
    }
}
