namespace Seikan.Core;

/// <summary>The arrays that one core gave back, by size class, newest first. Keeps a bounded number of bytes; the largest holding gives way.</summary>
/// <param name="classes">Number of size classes; each is twice the one before.</param>
/// <param name="smallestShift">Log2 of the bytes of the first class.</param>
/// <param name="limitBytes">Most bytes kept.</param>
internal sealed class BufferShelf(int classes, int smallestShift, long limitBytes)
{
    // Guards all below for a few loads and stores; half the price of a Lock, and each batch takes and gives back many arrays.
    private SpinLock _lock = new(enableThreadOwnerTracking: false);
    private readonly byte[]?[][] _stacks = new byte[]?[classes][];
    private readonly int[] _counts = new int[classes];
    private long _keptBytes;
    private long _outstandingBuffers;
    private long _outstandingBytes;

    /// <summary>Rented here less returned here: only the sum over all shelves means something.</summary>
    public (long Buffers, long Bytes) Outstanding
    {
        get
        {
            var isTaken = false;
            try
            {
                _lock.Enter(ref isTaken);
                return (_outstandingBuffers, _outstandingBytes);
            }
            finally
            {
                if (isTaken)
                {
                    _lock.Exit(useMemoryBarrier: false);
                }
            }
        }
    }

    /// <summary>Bytes that wait for reuse.</summary>
    public long KeptBytes
    {
        get
        {
            var isTaken = false;
            try
            {
                _lock.Enter(ref isTaken);
                return _keptBytes;
            }
            finally
            {
                if (isTaken)
                {
                    _lock.Exit(useMemoryBarrier: false);
                }
            }
        }
    }

    /// <summary>Counts one array as rented, and gives it when one is here.</summary>
    /// <param name="sizeClass">Which class.</param>
    public byte[]? Rent(int sizeClass)
    {
        var isTaken = false;
        try
        {
            _lock.Enter(ref isTaken);
            _outstandingBuffers++;
            _outstandingBytes += 1L << (sizeClass + smallestShift);
            return PopLocked(sizeClass);
        }
        finally
        {
            if (isTaken)
            {
                _lock.Exit(useMemoryBarrier: false);
            }
        }
    }

    /// <summary>An array for somebody who counted it elsewhere.</summary>
    /// <param name="sizeClass">Which class.</param>
    public byte[]? Pop(int sizeClass)
    {
        if (Volatile.Read(ref _counts[sizeClass]) == 0)
        {
            return null;
        }

        var isTaken = false;
        try
        {
            _lock.Enter(ref isTaken);
            return PopLocked(sizeClass);
        }
        finally
        {
            if (isTaken)
            {
                _lock.Exit(useMemoryBarrier: false);
            }
        }
    }

    /// <summary>Counts one array as returned, and keeps it when there is room.</summary>
    /// <param name="sizeClass">Which class.</param>
    /// <param name="buffer">The array.</param>
    public void Push(int sizeClass, byte[] buffer)
    {
        var isTaken = false;
        try
        {
            _lock.Enter(ref isTaken);
            _outstandingBuffers--;
            _outstandingBytes -= buffer.Length;
            if (buffer.Length > limitBytes / 4)
            {
                return; // rare sizes would push all others out
            }

            while (_keptBytes + buffer.Length > limitBytes)
            {
                DropLargestHolding();
            }

            ref var stack = ref _stacks[sizeClass];
            var count = _counts[sizeClass];
            if (stack is null || count == stack.Length)
            {
                Array.Resize(ref stack, count == 0 ? 16 : count * 2);
            }

            stack[count] = buffer;
            _counts[sizeClass] = count + 1;
            _keptBytes += buffer.Length;
        }
        finally
        {
            if (isTaken)
            {
                _lock.Exit(useMemoryBarrier: false);
            }
        }
    }

    private byte[]? PopLocked(int sizeClass)
    {
        var count = _counts[sizeClass];
        if (count == 0)
        {
            return null;
        }

        ref var slot = ref _stacks[sizeClass][count - 1];
        var buffer = slot;
        slot = null;
        _counts[sizeClass] = count - 1;
        _keptBytes -= 1L << (sizeClass + smallestShift);
        return buffer;
    }

    private void DropLargestHolding()
    {
        var largest = 0;
        for (var i = 1; i < _counts.Length; i++)
        {
            if ((long)_counts[i] << i > (long)_counts[largest] << largest)
            {
                largest = i;
            }
        }

        PopLocked(largest);
    }
}
