using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Seikan.Core;

/// <summary>
/// The bytes behind one buffer of a column: an array of the pool, or memory of somebody else with its owner. Has one owner, who calls
/// <see cref="Free"/> once. Pool arrays may be longer than what is used; readers slice by count.
/// </summary>
public readonly struct ColumnBuffer
{
    private readonly byte[]? _array;
    private readonly BufferPool? _pool;
    private readonly ReadOnlyMemory<byte> _foreign;
    private readonly IDisposable? _owner;

    private ColumnBuffer(byte[]? array, BufferPool? pool, ReadOnlyMemory<byte> foreign, IDisposable? owner) =>
        (_array, _pool, _foreign, _owner) = (array, pool, foreign, owner);

    /// <summary>True when there is no buffer at all.</summary>
    public bool IsEmpty => _array is null && _foreign.IsEmpty;

    /// <summary>Bytes that the buffer keeps occupied.</summary>
    public int Capacity => _array?.Length ?? _foreign.Length;

    /// <summary>Takes an array rented from a pool.</summary>
    public static ColumnBuffer Pooled(byte[] array, BufferPool pool) => new(array, pool, default, null);

    /// <summary>Shows memory of somebody else.</summary>
    /// <param name="memory">The bytes; must stay valid until the owner is disposed. Validity bitmaps must be readable in whole 64-bit words.</param>
    /// <param name="owner">Disposed when the buffer is freed; null when another buffer keeps the memory alive.</param>
    public static ColumnBuffer Foreign(ReadOnlyMemory<byte> memory, IDisposable? owner) => new(null, null, memory, owner);

    /// <summary>The first values of the buffer.</summary>
    /// <typeparam name="T">Their type.</typeparam>
    /// <param name="count">How many; the buffer must hold them.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<T> As<T>(int count)
        where T : unmanaged =>
        _array is not null
            ? MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(_array)), count)
            : MemoryMarshal.Cast<byte, T>(_foreign.Span)[..count];

    /// <summary>The first bytes as memory, for those who show them to another library.</summary>
    /// <param name="bytes">How many.</param>
    [SuppressMessage("Design", "CA1024", Justification = "symmetry with As")]
    public ReadOnlyMemory<byte> AsMemory(int bytes) => _array is not null ? _array.AsMemory(0, bytes) : _foreign[..bytes];

    /// <summary>Refuses a buffer that is too short: readers of columns do not check again.</summary>
    /// <param name="bytes">Bytes it must hold.</param>
    /// <param name="what">What it holds, for the error.</param>
    internal void Require(long bytes, string what)
    {
        if (bytes < 0 || Capacity < bytes)
        {
            throw new ArgumentException($"a buffer for {what} of {bytes} bytes is wanted, not of {Capacity}");
        }
    }

    /// <summary>Gives the bytes back to whoever lent them.</summary>
    internal void Free()
    {
        if (_array is not null)
        {
            _pool!.Return(_array);
        }

        _owner?.Dispose();
    }
}
