namespace Seikan.Core;

/// <summary>What the builders of one batch, or of all batches of one <see cref="ChangeBuffer"/>, share.</summary>
/// <param name="pool">Where buffers come from.</param>
/// <param name="valueBytes">Most bytes of one value.</param>
/// <param name="startBytes">Size of the first buffers.</param>
internal sealed class BuilderScope(BufferPool pool, int valueBytes, int startBytes = 64)
{
    private List<(ColumnBuilder Builder, int Row)>? _absent;

    /// <summary>Where buffers come from.</summary>
    public BufferPool Pool { get; } = pool;

    /// <summary>Size of the first buffers.</summary>
    public int StartBytes { get; } = startBytes;

    /// <summary>Most bytes of one value.</summary>
    public int ValueBytes { get; } = valueBytes;

    /// <summary>Absent values of rows that have not ended.</summary>
    public List<(ColumnBuilder Builder, int Row)> Absent => _absent ??= [];

    /// <summary>Whether a row that has not ended has absent values.</summary>
    public bool HasAbsent { get; private set; }

    /// <summary>Rows up to which nobody need look whether they are due; 0 once a buffer grew.</summary>
    public int QuietUntil { get; set; }

    /// <summary>When the first row ended, a timestamp of the clock; meaningless while there is none.</summary>
    public long FirstRow { get; set; }

    /// <summary>Whether a row ended.</summary>
    public bool HasRows { get; set; }

    /// <summary>Notes a value that was not sent.</summary>
    public void AddAbsent(ColumnBuilder builder, int row)
    {
        Absent.Add((builder, row));
        HasAbsent = true;
    }

    /// <summary>Forgets the absent values: they were filled, or their row was dropped.</summary>
    public void ClearAbsent()
    {
        _absent?.Clear();
        HasAbsent = false;
    }
}
