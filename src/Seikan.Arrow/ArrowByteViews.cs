using System.Runtime.InteropServices;
using Apache.Arrow;
using Seikan.Core;

namespace Seikan.Arrow;

/// <summary>Copies text and bytes out of layouts that ours has not: 64-bit offsets and views.</summary>
internal static class ArrowByteViews
{
    private const int ViewBytes = 16;
    private const int InlineBytes = 12;

    /// <summary>Values with 64-bit offsets.</summary>
    public static BytesColumn ReadLarge(ArrayData data, ColumnBuffer validity, int nulls, int start, int length, BufferPool pool)
    {
        var source = MemoryMarshal.Cast<byte, long>(data.Buffers[1].Span);
        var first = length == 0 ? 0 : source[start];
        var bytes = length == 0 ? 0 : Check(source[start + length] - first);
        var offsets = pool.Rent((length + 1) * 4);
        var target = MemoryMarshal.Cast<byte, int>(offsets.AsSpan());
        target[0] = 0;
        for (var i = 1; i <= length; i++)
        {
            target[i] = (int)(source[start + i] - first);
        }

        var copy = pool.Rent(bytes);
        data.Buffers[2].Span.Slice(checked((int)first), bytes).CopyTo(copy);
        return new BytesColumn(length, nulls, validity, ColumnBuffer.Pooled(offsets, pool), ColumnBuffer.Pooled(copy, pool));
    }

    /// <summary>Values behind views: short ones inside the view, long ones in data buffers from the third on.</summary>
    public static BytesColumn ReadViews(ArrayData data, ColumnBuffer validity, int nulls, int start, int length, BufferPool pool)
    {
        var views = data.Buffers[1].Span;
        var present = validity.IsEmpty ? default : validity.As<ulong>((length + 63) >> 6);
        var bytes = 0L;
        for (var i = 0; i < length; i++)
        {
            bytes += IsPresent(present, i) ? MemoryMarshal.Read<int>(views[((start + i) * ViewBytes)..]) : 0;
        }

        var offsets = pool.Rent((length + 1) * 4);
        var target = MemoryMarshal.Cast<byte, int>(offsets.AsSpan());
        var copy = pool.Rent(Check(bytes));
        var at = 0;
        target[0] = 0;
        for (var i = 0; i < length; i++)
        {
            if (IsPresent(present, i))
            {
                var view = views.Slice((start + i) * ViewBytes, ViewBytes);
                var size = MemoryMarshal.Read<int>(view);
                var value = size <= InlineBytes
                    ? view.Slice(4, size)
                    : data.Buffers[2 + MemoryMarshal.Read<int>(view[8..])].Span.Slice(MemoryMarshal.Read<int>(view[12..]), size);
                value.CopyTo(copy.AsSpan(at));
                at += size;
            }

            target[i + 1] = at;
        }

        return new BytesColumn(length, nulls, validity, ColumnBuffer.Pooled(offsets, pool), ColumnBuffer.Pooled(copy, pool));
    }

    private static bool IsPresent(ReadOnlySpan<ulong> words, int row) => words.IsEmpty || (words[row >> 6] >> (row & 63) & 1) != 0;

    private static int Check(long bytes) => bytes <= BufferPool.MaxBytes
        ? (int)bytes
        : throw new SeikanException(new Diagnostic(DataErrors.ColumnTooLarge, $"a column needs {bytes} bytes in one batch"));
}
