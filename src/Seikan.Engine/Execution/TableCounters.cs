namespace Seikan.Engine.Execution;

/// <summary>Counters of one table at one node of one task. Written by one loop, once a batch; read by others, who may see a slightly old sum.</summary>
internal sealed class TableCounters
{
    private long _rows;
    private long _bytes;
    private long _filtered;
    private long _produced;

    /// <summary>Rows read or written.</summary>
    public long Rows => Volatile.Read(ref _rows);

    /// <summary>Their bytes in memory.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Rows dropped by a step.</summary>
    public long Filtered => Volatile.Read(ref _filtered);

    /// <summary>Rows made by a step beyond one a row.</summary>
    public long Produced => Volatile.Read(ref _produced);

    /// <summary>Adds a batch.</summary>
    public void Add(long rows, long bytes)
    {
        Volatile.Write(ref _rows, _rows + rows);
        Volatile.Write(ref _bytes, _bytes + bytes);
    }

    /// <summary>Adds what a step made of a batch.</summary>
    public void AddStep(long filtered, long produced)
    {
        Volatile.Write(ref _filtered, _filtered + filtered);
        Volatile.Write(ref _produced, _produced + produced);
    }
}
