using System.Collections.Immutable;

namespace Seikan.Plugins;

/// <summary>Finds splits and hands them out. One a source, in the coordinator. Calls do not overlap, except that NextAsync may wait for each reader.</summary>
public interface ISplitEnumerator : IAsyncDisposable
{
    /// <summary>The next split for a reader that asks; null = never again. A new reader simply asks.</summary>
    /// <param name="reader">Its index.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<Split?> NextAsync(int reader, CancellationToken cancellationToken);

    /// <summary>A split was read to its end.</summary>
    /// <param name="splitId">The split.</param>
    /// <param name="last">Its last position; null when it has none.</param>
    void Finished(string splitId, Position? last);

    /// <summary>Splits of a lost reader, each with the position to go on from.</summary>
    /// <param name="splits">To be handed out again.</param>
    void Returned(ImmutableArray<Split> splits);

    /// <summary>Small cursor over what was not handed out; assigned splits are the engine's state.</summary>
    JsonState Snapshot();
}

/// <summary>Capability of an enumerator that must know what is durable at the sink before it goes on (snapshot before log).</summary>
public interface IFollowsCheckpoints
{
    /// <summary>Everything before these positions is durable at the sink.</summary>
    /// <param name="checkpoint">Number of the completed checkpoint.</param>
    /// <param name="durable">Positions of all splits in it, finished ones included.</param>
    void Completed(long checkpoint, ImmutableArray<SplitPosition> durable);
}

/// <summary>Capability of an enumerator that knows from the start how much it will hand out in all; for progress in percent.</summary>
public interface IEstimatesWork
{
    /// <summary>Rows of all splits; null = unknown. Read from another thread.</summary>
    long? TotalRows { get; }

    /// <summary>Bytes of all splits; null = unknown. Read from another thread.</summary>
    long? TotalBytes { get; }
}
