using System.Diagnostics;
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
        get
        {
            CheckAlive();
            return NullCount == 0 ? default : _validity.As<ulong>((Length + 63) >> 6);
        }
    }

    /// <summary>The buffer of the bitmap; empty when there is no null.</summary>
    public ColumnBuffer ValidityBuffer => NullCount == 0 ? default : _validity;

    private protected long ValidityBytes => NullCount == 0 ? 0 : ((Length + 63) >> 6) * 8;

    /// <summary>Whether a row is present.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsValid(int row)
    {
        var words = Validity;
        return words.IsEmpty || (words[row >> 6] >> (row & 63) & 1) != 0;
    }

    /// <summary>Another reference; its owner releases it.</summary>
    public Column Retain()
    {
        CheckAlive();
        Interlocked.Increment(ref _references);
        return this;
    }

    /// <summary>Gives one reference up; the last one frees the buffers.</summary>
    public void Release()
    {
        var left = Interlocked.Decrement(ref _references);
        Debug.Assert(left >= 0, "a column was released more often than it was retained");
        if (left == 0)
        {
            _validity.Free();
            FreeValues();
        }
    }

    /// <summary>Frees the value buffers and releases the children.</summary>
    private protected abstract void FreeValues();

    /// <summary>Debug builds stop at a use after the last release.</summary>
    [Conditional("DEBUG")]
    private protected void CheckAlive() => ObjectDisposedException.ThrowIf(Volatile.Read(ref _references) <= 0, this);
}
