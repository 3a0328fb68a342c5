namespace Seikan.Core;

/// <summary>What the builders of one batch, or of all batches of one <see cref="ChangeBuffer"/>, share.</summary>
/// <param name="pool">Where buffers come from.</param>
/// <param name="valueBytes">Most bytes of one value.</param>
internal sealed class BuilderScope(BufferPool pool, int valueBytes)
{
    private List<(ColumnBuilder Builder, int Row)>? _absent;

    /// <summary>Where buffers come from.</summary>
    public BufferPool Pool { get; } = pool;

    /// <summary>Most bytes of one value.</summary>
    public int ValueBytes { get; } = valueBytes;

    /// <summary>Absent values of rows that have not ended.</summary>
    public List<(ColumnBuilder Builder, int Row)> Absent => _absent ??= [];

    /// <summary>Whether a row that has not ended has absent values.</summary>
    public bool HasAbsent => _absent is { Count: > 0 };

    /// <summary>Set when a buffer grew: the moment to look at the size of the batch.</summary>
    public bool Grew { get; set; }

    /// <summary>When the first row ended, a timestamp of the clock; meaningless while there is none.</summary>
    public long FirstRow { get; set; }

    /// <summary>Whether a row ended.</summary>
    public bool HasRows { get; set; }
}
