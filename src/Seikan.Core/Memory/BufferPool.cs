using System.Numerics;
using System.Runtime.CompilerServices;

namespace Seikan.Core;

/// <summary>
/// Pinned managed arrays in power-of-two classes, reused across all jobs of a process. One pool a process, made by the host; tests make their own
/// and look at <see cref="OutstandingBuffers"/>. Thread-safe. Debug builds overwrite returned arrays, so that a late reader sees nonsense at once.
/// </summary>
public sealed class BufferPool
{
    private const int SmallestShift = 6;
    private const int Classes = 31 - SmallestShift;
    private const byte Poison = 0xDB;

    // One size class of one shelf keeps at most this many bytes, and never more than MaxEntries arrays.
    private const int MaxBytesAClass = 16 << 20;
    private const int MaxEntries = 64;

    private readonly Shelf[] _shelves;
    private long _outstandingBuffers;
    private long _outstandingBytes;

    /// <summary>Makes a pool with one shelf a core, at most 16.</summary>
    public BufferPool()
    {
        _shelves = new Shelf[Math.Clamp(Environment.ProcessorCount, 1, 16)];
        for (var i = 0; i < _shelves.Length; i++)
        {
            _shelves[i] = new Shelf();
        }
    }

    /// <summary>Largest array in bytes: 1 GiB.</summary>
    public static int MaxBytes => 1 << 30;

    /// <summary>Arrays that are rented and not yet returned.</summary>
    public long OutstandingBuffers => Interlocked.Read(ref _outstandingBuffers);

    /// <summary>Their bytes.</summary>
    public long OutstandingBytes => Interlocked.Read(ref _outstandingBytes);

    /// <summary>An array of at least this many bytes, with arbitrary contents. The caller owns it until <see cref="Return"/>.</summary>
    /// <param name="minimumBytes">0 to 1 GiB.</param>
    public byte[] Rent(int minimumBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(minimumBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minimumBytes, MaxBytes);
        var shift = Math.Max(SmallestShift, 32 - BitOperations.LeadingZeroCount((uint)Math.Max(minimumBytes, 1) - 1));
        Interlocked.Increment(ref _outstandingBuffers);
        Interlocked.Add(ref _outstandingBytes, 1L << shift);
        return Take(shift - SmallestShift) ?? GC.AllocateUninitializedArray<byte>(1 << shift, pinned: true);
    }

    /// <summary>Gives an array back. It must come from this pool and not be used again.</summary>
    public void Return(byte[] buffer)
    {
        var shift = BitOperations.Log2((uint)buffer.Length);
        Interlocked.Decrement(ref _outstandingBuffers);
        Interlocked.Add(ref _outstandingBytes, -(1L << shift));
#if DEBUG
        buffer.AsSpan().Fill(Poison);
#endif
        Put(shift - SmallestShift, buffer);
    }

    // A reader's core rents what a writer's core returns, so an empty shelf looks at the others before it allocates.
    private byte[]? Take(int sizeClass)
    {
        var first = Thread.GetCurrentProcessorId() % _shelves.Length;
        for (var i = 0; i < _shelves.Length; i++)
        {
            if (_shelves[(first + i) % _shelves.Length].Pop(sizeClass) is { } buffer)
            {
                return buffer;
            }
        }

        return null;
    }

    private void Put(int sizeClass, byte[] buffer)
    {
        var first = Thread.GetCurrentProcessorId() % _shelves.Length;
        for (var i = 0; i < _shelves.Length; i++)
        {
            if (_shelves[(first + i) % _shelves.Length].Push(sizeClass, buffer))
            {
                return;
            }
        }
    }

    private sealed class Shelf
    {
        private readonly Lock _lock = new(); // guards the stacks and counts
        private readonly byte[]?[][] _stacks = new byte[]?[Classes][];
        private readonly int[] _counts = new int[Classes];

        public byte[]? Pop(int sizeClass)
        {
            if (Volatile.Read(ref _counts[sizeClass]) == 0)
            {
                return null;
            }

            lock (_lock)
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
                return buffer;
            }
        }

        public bool Push(int sizeClass, byte[] buffer)
        {
            lock (_lock)
            {
                var stack = _stacks[sizeClass] ??= new byte[]?[Capacity(sizeClass)];
                var count = _counts[sizeClass];
                if (count == stack.Length)
                {
                    return false;
                }

                stack[count] = buffer;
                _counts[sizeClass] = count + 1;
                return true;
            }
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private static int Capacity(int sizeClass) => Math.Clamp(MaxBytesAClass >> (sizeClass + SmallestShift), 1, MaxEntries);
    }
}
