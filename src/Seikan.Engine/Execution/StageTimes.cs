namespace Seikan.Engine.Execution;

/// <summary>Where the time of a loop goes, in ticks of the clock. Written by one loop.</summary>
internal sealed class StageTimes
{
    private long _busy;
    private long _blocked;
    private long _waiting;

    /// <summary>Reading, stepping or writing.</summary>
    public long Busy => Volatile.Read(ref _busy);

    /// <summary>Held up by whoever takes the output.</summary>
    public long Blocked => Volatile.Read(ref _blocked);

    /// <summary>Without input.</summary>
    public long Waiting => Volatile.Read(ref _waiting);

    public void AddBusy(long ticks) => Volatile.Write(ref _busy, _busy + ticks);

    public void AddBlocked(long ticks) => Volatile.Write(ref _blocked, _blocked + ticks);

    public void AddWaiting(long ticks) => Volatile.Write(ref _waiting, _waiting + ticks);
}
