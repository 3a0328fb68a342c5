using System.Numerics;

namespace Seikan.Core;

/// <summary>
/// Pinned managed arrays in power-of-two classes, reused across all jobs of a process. One pool a process, made by the host; tests make their own
/// and look at <see cref="OutstandingBuffers"/>. Thread-safe. Debug builds overwrite returned arrays, so that a late reader sees nonsense at once, stop at
/// arrays returned twice or never rented, and at arrays that were written to after their return.
/// </summary>
public sealed partial class BufferPool
{
    private const int SmallestShift = 6;
    private const int LargestShift = 30;

    private readonly BufferShelf[] _shelves;

    /// <summary>Makes a pool with one shelf a core, at most 16.</summary>
    /// <param name="keptBytes">Most bytes of arrays that wait for reuse, over all shelves; 96 MiB unless said.</param>
    public BufferPool(long keptBytes = 96L << 20)
    {
        _shelves = new BufferShelf[Math.Clamp(Environment.ProcessorCount, 1, 16)];
        for (var i = 0; i < _shelves.Length; i++)
        {
            _shelves[i] = new BufferShelf(LargestShift - SmallestShift + 1, SmallestShift, keptBytes / _shelves.Length);
        }
    }

    /// <summary>Largest array in bytes: 1 GiB.</summary>
    public static int MaxBytes => 1 << LargestShift;

    /// <summary>Arrays that are rented and not yet returned.</summary>
    public long OutstandingBuffers => _shelves.Sum(s => s.Outstanding.Buffers);

    /// <summary>Their bytes.</summary>
    public long OutstandingBytes => _shelves.Sum(s => s.Outstanding.Bytes);

    /// <summary>Bytes of arrays that wait for reuse.</summary>
    public long KeptBytes => _shelves.Sum(s => s.KeptBytes);

    /// <summary>An array of at least this many bytes, with arbitrary contents. The caller owns it until <see cref="Return"/>.</summary>
    /// <param name="minimumBytes">0 to 1 GiB.</param>
    public byte[] Rent(int minimumBytes)
    {
        if ((uint)minimumBytes > (uint)MaxBytes)
        {
            throw new ArgumentOutOfRangeException(nameof(minimumBytes), minimumBytes, "an array has 0 bytes to 1 GiB");
        }

        var shift = minimumBytes <= 1 << SmallestShift ? SmallestShift : 32 - BitOperations.LeadingZeroCount((uint)minimumBytes - 1);
        var buffer = Take(shift - SmallestShift);
        if (buffer is null)
        {
            buffer = GC.AllocateUninitializedArray<byte>(1 << shift, pinned: true);
        }
        else
        {
            CheckUnwritten(buffer);
        }

        NoteRented(buffer);
        return buffer;
    }

    /// <summary>Gives an array back. It must come from this pool and not be used again.</summary>
    public void Return(byte[] buffer)
    {
        if (!BitOperations.IsPow2(buffer.Length) || buffer.Length < 1 << SmallestShift)
        {
            throw new ArgumentException($"an array of {buffer.Length} bytes does not come from the pool", nameof(buffer));
        }

        NoteReturned(buffer);
        _shelves[Thread.GetCurrentProcessorId() % _shelves.Length].Push(BitOperations.Log2((uint)buffer.Length) - SmallestShift, buffer);
    }

    // A reader's core rents what a writer's core returns, so an empty shelf looks at the others before it allocates.
    private byte[]? Take(int sizeClass)
    {
        var shelves = _shelves;
        var first = Thread.GetCurrentProcessorId() % shelves.Length;
        if (shelves[first].Rent(sizeClass) is { } own)
        {
            return own;
        }

        for (var i = 1; i < shelves.Length; i++)
        {
            if (shelves[(first + i) % shelves.Length].Pop(sizeClass) is { } other)
            {
                return other;
            }
        }

        return null;
    }

    /// <summary>Debug builds: an array from a shelf still is as its return left it.</summary>
    static partial void CheckUnwritten(byte[] buffer);

    /// <summary>Debug builds: the array is out.</summary>
    partial void NoteRented(byte[] buffer);

    /// <summary>Debug builds: the array was out, and is overwritten.</summary>
    partial void NoteReturned(byte[] buffer);
}
