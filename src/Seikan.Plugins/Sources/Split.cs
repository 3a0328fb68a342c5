namespace Seikan.Plugins;

/// <summary>Whether a split has positions inside.</summary>
public enum SplitKind
{
    /// <summary>A position follows any output.</summary>
    Resumable,

    /// <summary>Only its end is a position; barriers wait for it.</summary>
    Atomic,
}

/// <summary>A piece of a source that one reader reads.</summary>
/// <param name="Id">Unique within the source and stable over restarts.</param>
/// <param name="Kind">Whether it has positions inside.</param>
/// <param name="Body">What the reader needs to know.</param>
/// <param name="From">Where to go on; null = from its start.</param>
/// <param name="EstimatedRows">For progress; null = unknown.</param>
public sealed record Split(string Id, SplitKind Kind, JsonState Body, Position? From = null, long? EstimatedRows = null)
{
    /// <summary>Bytes the split holds, for progress in percent; null = unknown.</summary>
    public long? EstimatedBytes { get; init; }
}
