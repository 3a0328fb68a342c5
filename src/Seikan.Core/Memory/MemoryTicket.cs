namespace Seikan.Core;

/// <summary>Bytes reserved for a batch and the outputs made of it. Shared by the batches that share columns; the last release gives the bytes back.</summary>
internal sealed class MemoryTicket
{
    private readonly JobMemory _memory;
    private int _references = 1;
    private long _bytes;

    internal MemoryTicket(JobMemory memory, long bytes) => (_memory, _bytes) = (memory, bytes);

    /// <summary>Sets what is held to what is really used; never waits.</summary>
    public void Resize(long bytes)
    {
        var before = Interlocked.Exchange(ref _bytes, bytes);
        _memory.Account(bytes - before);
    }

    /// <summary>Another holder of the same bytes.</summary>
    public void Retain() => Interlocked.Increment(ref _references);

    /// <summary>One holder less; the last one gives the bytes back.</summary>
    public void Release()
    {
        var left = Interlocked.Decrement(ref _references);
        if (left == 0)
        {
            _memory.GiveBack(_bytes);
        }
        else if (left < 0)
        {
            throw new InvalidOperationException("a memory ticket was released more often than it was retained");
        }
    }
}
