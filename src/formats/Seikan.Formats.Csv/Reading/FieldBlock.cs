using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Seikan.Formats.Csv.Reading;

/// <summary>The fields of some rows of a chunk. A field stands between two separators; the start kept is the byte before it.</summary>
internal readonly ref struct FieldBlock
{
    private readonly ref byte _text;
    private readonly ref int _before;
    private readonly ref int _ends;
    private readonly int _stride;
    private readonly bool _trims;

    /// <summary>Makes a block.</summary>
    /// <param name="text">The chunk.</param>
    /// <param name="before">The byte before each field, row by row; may be the same memory as the ends, one place earlier.</param>
    /// <param name="ends">The byte behind each field.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="fields">Fields of a row.</param>
    /// <param name="trimsCarriageReturn">Whether a carriage return at the end of a row belongs to the row end.</param>
    public FieldBlock(ReadOnlySpan<byte> text, Span<int> before, Span<int> ends, int rows, int fields, bool trimsCarriageReturn)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Math.Min(before.Length, ends.Length), rows * fields);
        _text = ref MemoryMarshal.GetReference(text);
        _before = ref MemoryMarshal.GetReference(before);
        _ends = ref MemoryMarshal.GetReference(ends);
        (_stride, Rows, _trims) = (fields, rows, trimsCarriageReturn);
    }

    /// <summary>Rows.</summary>
    public int Rows { get; }

    /// <summary>A field as it stands in the file.</summary>
    /// <param name="row">Row of the block.</param>
    /// <param name="field">Position in the row.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Field(int row, int field)
    {
        var (start, end) = Bounds(row, field);
        return MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref _text, start), end - start);
    }

    /// <summary>Where a field is in the chunk.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (int Start, int End) Bounds(int row, int field)
    {
        var i = (row * _stride) + field;
        var (start, end) = (Unsafe.Add(ref _before, i) + 1, Unsafe.Add(ref _ends, i));
        if (_trims && field == _stride - 1 && end > start && Unsafe.Add(ref _text, end - 1) == '\r')
        {
            end--;
        }

        return (start, end);
    }
}
