using System.Collections.Immutable;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Seikan.Core;

/// <summary>Copies chosen rows of columns. Where eight wanted rows are neighbours they are copied at once. Rows were checked by the caller.</summary>
internal static class ColumnGather
{
    private const int Block = 8;

    /// <summary>The chosen rows of a column.</summary>
    /// <param name="column">The column.</param>
    /// <param name="rows">Which rows, all inside the column.</param>
    /// <param name="pool">Where the result's buffers come from.</param>
    public static Column Gather(Column column, ReadOnlySpan<int> rows, BufferPool pool) => column switch
    {
        FixedColumn<int> c => Fixed(c, rows, pool),
        FixedColumn<long> c => Fixed(c, rows, pool),
        FixedColumn<double> c => Fixed(c, rows, pool),
        BytesColumn c => Bytes(c, rows, pool),
        BitColumn c => Bits(c, rows, pool),
        FixedColumn<Int128> c => Fixed(c, rows, pool),
        OffsetTimestampColumn c => OffsetTimestamps(c, rows, pool),
        FixedColumn<byte> c => Fixed(c, rows, pool),
        FixedColumn<sbyte> c => Fixed(c, rows, pool),
        FixedColumn<short> c => Fixed(c, rows, pool),
        FixedColumn<float> c => Fixed(c, rows, pool),
        FixedColumn<Int256> c => Fixed(c, rows, pool),
        ListColumn c => Lists(c, rows, pool),
        RowColumn c => Rows(c, rows, pool),
        VectorColumn c => Vectors(c, rows, pool),
        NullColumn => Nulls(rows.Length, pool),
        _ => throw new UnreachableException($"no gather for {column.GetType()}"),
    };

    private static FixedColumn<T> Fixed<T>(FixedColumn<T> column, ReadOnlySpan<int> rows, BufferPool pool)
        where T : unmanaged
    {
        var validity = Validity(column, rows, pool, out var nulls);
        return new FixedColumn<T>(rows.Length, nulls, validity, Values(column.Values, rows, pool));
    }

    private static OffsetTimestampColumn OffsetTimestamps(OffsetTimestampColumn column, ReadOnlySpan<int> rows, BufferPool pool)
    {
        var validity = Validity(column, rows, pool, out var nulls);
        return new OffsetTimestampColumn(rows.Length, nulls, validity, Values(column.Utc, rows, pool), Values(column.OffsetMinutes, rows, pool));
    }

    private static BitColumn Bits(BitColumn column, ReadOnlySpan<int> rows, BufferPool pool)
    {
        var validity = Validity(column, rows, pool, out var nulls);
        var bits = pool.Rent(Column.BitBytes(rows.Length));
        CopyBits(column.Bits, rows, MemoryMarshal.Cast<byte, ulong>(bits.AsSpan()));
        return new BitColumn(rows.Length, nulls, validity, ColumnBuffer.Pooled(bits, pool));
    }

    private static BytesColumn Bytes(BytesColumn column, ReadOnlySpan<int> rows, BufferPool pool)
    {
        var from = column.Offsets;
        var offsets = pool.Rent(Needed((rows.Length + 1L) * sizeof(int)));
        byte[] data;
        try
        {
            data = pool.Rent(Needed(NewOffsets(from, rows, MemoryMarshal.Cast<byte, int>(offsets.AsSpan()))));
        }
        catch (SeikanException)
        {
            pool.Return(offsets);
            throw;
        }

        CopyBytes(column.Data, from, rows, data);
        var validity = Validity(column, rows, pool, out var nulls);
        return new BytesColumn(rows.Length, nulls, validity, ColumnBuffer.Pooled(offsets, pool), ColumnBuffer.Pooled(data, pool));
    }

    private static ListColumn Lists(ListColumn column, ReadOnlySpan<int> rows, BufferPool pool)
    {
        var from = column.Offsets;
        var offsets = pool.Rent(Needed((rows.Length + 1L) * sizeof(int)));
        byte[]? chosen = null;
        try
        {
            var count = NewOffsets(from, rows, MemoryMarshal.Cast<byte, int>(offsets.AsSpan()));
            chosen = pool.Rent(Needed(count * sizeof(int)));
            var elements = MemoryMarshal.Cast<byte, int>(chosen.AsSpan())[..(int)count];
            var next = 0;
            foreach (var row in rows)
            {
                var end = from[row + 1];
                for (var element = from[row]; element < end; element++)
                {
                    elements[next++] = element;
                }
            }

            var gathered = Gather(column.Elements, elements, pool);
            var validity = Validity(column, rows, pool, out var nulls);
            var result = new ListColumn(rows.Length, nulls, validity, ColumnBuffer.Pooled(offsets, pool), gathered);
            pool.Return(chosen);
            return result;
        }
        catch (SeikanException)
        {
            pool.Return(offsets);
            if (chosen is not null)
            {
                pool.Return(chosen);
            }

            throw;
        }
    }

    private static RowColumn Rows(RowColumn column, ReadOnlySpan<int> rows, BufferPool pool)
    {
        var fields = ImmutableArray.CreateBuilder<Column>(column.Fields.Length);
        try
        {
            foreach (var field in column.Fields)
            {
                fields.Add(Gather(field, rows, pool));
            }
        }
        catch (SeikanException)
        {
            foreach (var field in fields)
            {
                field.Release();
            }

            throw;
        }

        var validity = Validity(column, rows, pool, out var nulls);
        return new RowColumn(rows.Length, nulls, validity, fields.MoveToImmutable());
    }

    private static VectorColumn Vectors(VectorColumn column, ReadOnlySpan<int> rows, BufferPool pool)
    {
        var width = column.ByteWidth;
        var from = column.Data;
        var data = pool.Rent(Needed((long)rows.Length * width));
        for (var i = 0; i < rows.Length; i++)
        {
            from.Slice(rows[i] * width, width).CopyTo(data.AsSpan(i * width));
        }

        var validity = Validity(column, rows, pool, out var nulls);
        return new VectorColumn(rows.Length, nulls, validity, width, ColumnBuffer.Pooled(data, pool));
    }

    private static NullColumn Nulls(int count, BufferPool pool)
    {
        var validity = pool.Rent(Column.BitBytes(count));
        validity.AsSpan().Clear();
        return new NullColumn(count, ColumnBuffer.Pooled(validity, pool));
    }

    private static ColumnBuffer Validity(Column column, ReadOnlySpan<int> rows, BufferPool pool, out int nulls)
    {
        var from = column.Validity;
        nulls = 0;
        if (from.IsEmpty)
        {
            return default;
        }

        var bits = pool.Rent(Column.BitBytes(rows.Length));
        var words = MemoryMarshal.Cast<byte, ulong>(bits.AsSpan());
        nulls = rows.Length - CopyBits(from, rows, words);
        if (nulls != 0)
        {
            return ColumnBuffer.Pooled(bits, pool);
        }

        pool.Return(bits);
        return default;
    }

    private static ColumnBuffer Values<T>(ReadOnlySpan<T> from, ReadOnlySpan<int> rows, BufferPool pool)
        where T : unmanaged
    {
        var values = pool.Rent(Needed((long)rows.Length * Unsafe.SizeOf<T>()));
        ref var target = ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(values));
        ref var source = ref MemoryMarshal.GetReference(from);
        var i = 0;
        for (; i + Block <= rows.Length; i += Block)
        {
            var block = rows.Slice(i, Block);
            var first = block[0];
            if (AreNeighbours(block))
            {
                Unsafe.CopyBlockUnaligned(
                    ref Unsafe.As<T, byte>(ref Unsafe.Add(ref target, i)), ref Unsafe.As<T, byte>(ref Unsafe.Add(ref source, first)), (uint)(Block * Unsafe.SizeOf<T>()));
                continue;
            }

            for (var k = 0; k < Block; k++)
            {
                Unsafe.Add(ref target, i + k) = Unsafe.Add(ref source, block[k]);
            }
        }

        for (; i < rows.Length; i++)
        {
            Unsafe.Add(ref target, i) = Unsafe.Add(ref source, rows[i]);
        }

        return ColumnBuffer.Pooled(values, pool);
    }

    // Gives the number of bits set. Bits behind the last row are zero.
    private static int CopyBits(ReadOnlySpan<ulong> from, ReadOnlySpan<int> rows, Span<ulong> to)
    {
        var set = 0;
        for (var i = 0; i < rows.Length; i += 64)
        {
            var word = 0UL;
            var count = Math.Min(64, rows.Length - i);
            var k = 0;
            for (; k + Block <= count; k += Block)
            {
                var block = rows.Slice(i + k, Block);
                word |= (AreNeighbours(block) ? EightBits(from, block[0]) : EightBits(from, block)) << k;
            }

            for (; k < count; k++)
            {
                word |= (from[rows[i + k] >> 6] >> (rows[i + k] & 63) & 1) << k;
            }

            to[i >> 6] = word;
            set += BitOperations.PopCount(word);
        }

        return set;
    }

    private static ulong EightBits(ReadOnlySpan<ulong> from, int row)
    {
        var (word, bit) = (row >> 6, row & 63);
        var bits = from[word] >> bit;
        return (bit <= 56 ? bits : bits | from[word + 1] << (64 - bit)) & 0xFF;
    }

    private static ulong EightBits(ReadOnlySpan<ulong> from, ReadOnlySpan<int> rows)
    {
        var bits = 0UL;
        for (var k = 0; k < Block; k++)
        {
            bits |= (from[rows[k] >> 6] >> (rows[k] & 63) & 1) << k;
        }

        return bits;
    }

    // Gives the sum of the chosen lengths.
    private static long NewOffsets(ReadOnlySpan<int> from, ReadOnlySpan<int> rows, Span<int> to)
    {
        var total = 0L;
        to[0] = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            total += from[rows[i] + 1] - from[rows[i]];
            to[i + 1] = (int)total;
        }

        return total;
    }

    private static void CopyBytes(ReadOnlySpan<byte> data, ReadOnlySpan<int> from, ReadOnlySpan<int> rows, Span<byte> to)
    {
        var used = 0;
        for (var i = 0; i < rows.Length;)
        {
            // A run of neighbours is one piece of the data.
            var (first, last) = (rows[i], rows[i]);
            i++;
            while (i < rows.Length && rows[i] == last + 1)
            {
                (last, i) = (last + 1, i + 1);
            }

            var piece = data[from[first]..from[last + 1]];
            piece.CopyTo(to[used..]);
            used += piece.Length;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreNeighbours(ReadOnlySpan<int> rows) =>
        Vector256.Create(rows) == Vector256.Create(rows[0]) + Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7);

    private static int Needed(long bytes) => bytes <= BufferPool.MaxBytes
        ? (int)bytes
        : throw new SeikanException(new Diagnostic(DataErrors.ColumnTooLarge, "the rows chosen of one column need more than 1 GiB in one batch"));
}
