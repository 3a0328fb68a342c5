using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Seikan.Core;

/// <summary>
/// Immutable values of one column in Arrow's memory layout, offset 0. A column counts its references: batches that share it hold one each.
/// Its spans are valid while a reference is held. Null slots hold arbitrary values.
/// </summary>
public abstract class Column
{
    private readonly ColumnBuffer _validity;
    private int _references = 1;

    private protected Column(int length, int nullCount, ColumnBuffer validity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)nullCount, (uint)length, nameof(nullCount));
        if (nullCount != 0)
        {
            validity.Require(BitBytes(length), "validity");
        }

        Length = length;
        NullCount = nullCount;
        _validity = validity;
    }

    /// <summary>Number of values.</summary>
    public int Length { get; }

    /// <summary>How many of them are null.</summary>
    public int NullCount { get; }

    /// <summary>Bytes of all buffers in use, children included.</summary>
    public abstract long SizeBytes { get; }

    /// <summary>64 rows a word, lowest bit first, bit set = present; empty = no null. Bits behind the last row are arbitrary.</summary>
    public ReadOnlySpan<ulong> Validity
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            CheckAlive();
            return NullCount == 0 ? default : _validity.As<ulong>((Length + 63) >> 6);
        }
    }

    /// <summary>The buffer of the bitmap; empty when there is no null.</summary>
    public ColumnBuffer ValidityBuffer => NullCount == 0 ? default : _validity;

    private protected long ValidityBytes => NullCount == 0 ? 0 : BitBytes(Length);

    /// <summary>Whether a row is present.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsValid(int row)
    {
        var words = Validity;
        return words.IsEmpty || (words[row >> 6] >> (row & 63) & 1) != 0;
    }

    /// <summary>The chosen rows as a column of their own; runs of neighbours are copied at once.</summary>
    /// <param name="rows">Which rows, in the order of the result; may repeat.</param>
    /// <param name="pool">Where the buffers of the result come from.</param>
    /// <returns>The rows; the caller owns the reference.</returns>
    /// <exception cref="SeikanException">DAT-0001: the result would pass 1 GiB.</exception>
    public Column Gather(ReadOnlySpan<int> rows, BufferPool pool)
    {
        CheckAlive();
        foreach (var row in rows)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Length, nameof(rows));
        }

        return ColumnGather.Gather(this, rows, pool);
    }

    /// <summary>Another reference; its owner releases it.</summary>
    public Column Retain()
    {
        if (Interlocked.Increment(ref _references) <= 1)
        {
            Interlocked.Decrement(ref _references);
            throw new ObjectDisposedException(GetType().Name, "a column was retained after its last release");
        }

        return this;
    }

    /// <summary>Gives one reference up; the last one frees the buffers.</summary>
    /// <exception cref="InvalidOperationException">It was released more often than it was retained: a bug of the caller.</exception>
    public void Release()
    {
        var left = Interlocked.Decrement(ref _references);
        if (left == 0)
        {
            _validity.Free();
            FreeValues();
        }
        else if (left < 0)
        {
            ThrowReleased();
        }
    }

    /// <summary>Bytes of a bitmap of this many rows, in whole 64-bit words.</summary>
    internal static int BitBytes(int rows) => ((rows + 63) >> 6) * 8;

    /// <summary>Whether two present values are the same. Floats are compared by bits.</summary>
    /// <param name="row">A present value of this column.</param>
    /// <param name="other">A column of the same kind.</param>
    /// <param name="otherRow">A present value of it.</param>
    internal abstract bool ValueEquals(int row, Column other, int otherRow);

    /// <summary>Frees the value buffers and releases the children.</summary>
    private protected abstract void FreeValues();

    /// <summary>Debug builds stop at a use after the last release.</summary>
    [Conditional("DEBUG")]
    private protected void CheckAlive() => ObjectDisposedException.ThrowIf(Volatile.Read(ref _references) <= 0, this);

    [DoesNotReturn]
    private static void ThrowReleased() => throw new InvalidOperationException("a column was released more often than it was retained");
}
