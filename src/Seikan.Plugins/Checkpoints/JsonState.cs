namespace Seikan.Plugins;

/// <summary>Versioned JSON of a plug-in; the engine stores it unread, people can read it. No <see cref="Seikan.Core.Secret"/> can be in it.</summary>
/// <param name="Version">Counts up with the shape; a reader accepts one version back.</param>
/// <param name="Utf8">One JSON value.</param>
public sealed record JsonState(int Version, ReadOnlyMemory<byte> Utf8)
{
    /// <summary>An empty object of version 1.</summary>
    public static JsonState Empty { get; } = new(1, "{}"u8.ToArray());
}

/// <summary>A place in a split.</summary>
/// <param name="Sequence">Rises within a split (offset, byte, rows so far), so that the later of two is known to the engine.</param>
/// <param name="State">What a reader needs to go on from here.</param>
public sealed record Position(long Sequence, JsonState State);

/// <summary>The place reached in a split.</summary>
/// <param name="SplitId">The split.</param>
/// <param name="Position">Place after everything emitted so far.</param>
public readonly record struct SplitPosition(string SplitId, Position Position);
