using System.Buffers;
using System.Diagnostics;
using System.IO.Hashing;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Seikan.Core;

/// <summary>
/// Digests of rows, column by column: each value is mixed into its row's digest by a 64 x 64 to 128 bit multiplication (as XXH3 and wyhash do), bytes
/// are hashed by XXH3 first. The constants are part of the result: changing one changes every digest kept anywhere.
/// </summary>
internal static class RowDigest
{
    private const ulong Start = 0x9E37_79B9_7F4A_7C15;
    private const ulong ValueKey = 0xA076_1D64_78BD_642F;
    private const ulong NullKey = 0xE703_7ED1_A0B4_28DB;
    private const ulong ListKey = 0x8EBC_6AF0_9C88_C6E3;
    private const ulong StateKey = 0x5899_65CC_7537_4CC3;

    // Every NaN is one value.
    private const ulong NotANumber = 0x7FF8_0000_0000_0000;

    /// <summary>A digest a row.</summary>
    /// <param name="batch">The rows. Borrowed.</param>
    /// <param name="columns">Positions of the columns.</param>
    /// <param name="digests">Takes one digest a row.</param>
    public static void Compute(RowBatch batch, ReadOnlySpan<int> columns, Span<ulong> digests)
    {
        digests = digests[..batch.RowCount];
        digests.Fill(Start);
        foreach (var column in columns)
        {
            Fold(batch[column], digests);
        }

        foreach (ref var digest in digests)
        {
            digest = Finish(digest);
        }
    }

    private static void Fold(Column column, Span<ulong> digests)
    {
        switch (column)
        {
            case FixedColumn<int> c:
                FoldFixed<int, SignedWord>(c, digests);
                break;
            case FixedColumn<long> c:
                FoldFixed<long, SignedWord>(c, digests);
                break;
            case BytesColumn c:
                FoldBytes(c, digests);
                break;
            case FixedColumn<double> c:
                FoldFixed<double, FloatWord>(c, digests);
                break;
            case BitColumn c:
                FoldBits(c, digests);
                break;
            case FixedColumn<sbyte> c:
                FoldFixed<sbyte, SignedWord>(c, digests);
                break;
            case FixedColumn<short> c:
                FoldFixed<short, SignedWord>(c, digests);
                break;
            case FixedColumn<float> c:
                FoldFixed<float, FloatWord>(c, digests);
                break;
            case FixedColumn<Int128> c:
                FoldFixed<Int128, WideWord>(c, digests);
                break;
            case FixedColumn<Int256> c:
                FoldFixed<Int256, WideWord>(c, digests);
                break;
            case OffsetTimestampColumn c:
                FoldOffsetTimestamps(c, digests);
                break;
            case ListColumn c:
                FoldLists(c, digests);
                break;
            case RowColumn c:
                FoldRows(c, digests);
                break;
            case VectorColumn c:
                FoldVectors(c, digests);
                break;
            case NullColumn:
                foreach (ref var digest in digests)
                {
                    digest = Mix(digest, 0, NullKey);
                }

                break;
            default:
                throw new UnreachableException($"no digest for {column.GetType()}");
        }
    }

    private static void FoldFixed<T, TWord>(FixedColumn<T> column, Span<ulong> digests)
        where T : unmanaged
        where TWord : struct, IWord
    {
        var values = column.Values[..digests.Length];
        var validity = column.Validity;
        if (validity.IsEmpty)
        {
            for (var row = 0; row < digests.Length; row++)
            {
                digests[row] = Mix(digests[row], TWord.Of(values[row]), ValueKey);
            }

            return;
        }

        for (var row = 0; row < digests.Length; row++)
        {
            digests[row] = IsPresent(validity, row) ? Mix(digests[row], TWord.Of(values[row]), ValueKey) : Mix(digests[row], 0, NullKey);
        }
    }

    private static void FoldBits(BitColumn column, Span<ulong> digests)
    {
        var bits = column.Bits;
        var validity = column.Validity;
        for (var row = 0; row < digests.Length; row++)
        {
            digests[row] = IsPresent(validity, row) ? Mix(digests[row], bits[row >> 6] >> (row & 63) & 1, ValueKey) : Mix(digests[row], 0, NullKey);
        }
    }

    private static void FoldBytes(BytesColumn column, Span<ulong> digests)
    {
        var offsets = column.Offsets;
        var data = column.Data;
        var validity = column.Validity;
        for (var row = 0; row < digests.Length; row++)
        {
            digests[row] = IsPresent(validity, row)
                ? Mix(digests[row], HashBytes(data[offsets[row]..offsets[row + 1]]), ValueKey)
                : Mix(digests[row], 0, NullKey);
        }
    }

    private static void FoldVectors(VectorColumn column, Span<ulong> digests)
    {
        var validity = column.Validity;
        for (var row = 0; row < digests.Length; row++)
        {
            digests[row] = IsPresent(validity, row) ? Mix(digests[row], HashBytes(column[row]), ValueKey) : Mix(digests[row], 0, NullKey);
        }
    }

    private static void FoldOffsetTimestamps(OffsetTimestampColumn column, Span<ulong> digests)
    {
        var utc = column.Utc;
        var minutes = column.OffsetMinutes;
        var validity = column.Validity;
        for (var row = 0; row < digests.Length; row++)
        {
            digests[row] = IsPresent(validity, row)
                ? Mix(Mix(digests[row], (ulong)utc[row], ValueKey), (ulong)(long)minutes[row], ValueKey)
                : Mix(digests[row], 0, NullKey);
        }
    }

    // The length comes first, so that [[a], [b]] and [[a, b], []] differ.
    private static void FoldLists(ListColumn column, Span<ulong> digests)
    {
        var offsets = column.Offsets;
        var validity = column.Validity;
        var scratch = ArrayPool<ulong>.Shared.Rent(column.Elements.Length);
        var elements = scratch.AsSpan(0, column.Elements.Length);
        elements.Fill(Start);
        Fold(column.Elements, elements);
        for (var row = 0; row < digests.Length; row++)
        {
            if (!IsPresent(validity, row))
            {
                digests[row] = Mix(digests[row], 0, NullKey);
                continue;
            }

            var (start, end) = (offsets[row], offsets[row + 1]);
            var digest = Mix(digests[row], (ulong)(end - start), ListKey);
            for (var i = start; i < end; i++)
            {
                digest = Mix(digest, elements[i], ValueKey);
            }

            digests[row] = digest;
        }

        ArrayPool<ulong>.Shared.Return(scratch);
    }

    private static void FoldRows(RowColumn column, Span<ulong> digests)
    {
        var validity = column.Validity;
        var scratch = ArrayPool<ulong>.Shared.Rent(digests.Length);
        var rows = scratch.AsSpan(0, digests.Length);
        rows.Fill(Start);
        foreach (var field in column.Fields)
        {
            Fold(field, rows);
        }

        for (var row = 0; row < digests.Length; row++)
        {
            digests[row] = IsPresent(validity, row) ? Mix(digests[row], rows[row], ListKey) : Mix(digests[row], 0, NullKey);
        }

        ArrayPool<ulong>.Shared.Return(scratch);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsPresent(ReadOnlySpan<ulong> validity, int row) => validity.IsEmpty || (validity[row >> 6] >> (row & 63) & 1) != 0;

    // The state is added back, so that a value that makes the product zero does not wipe out what came before.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong state, ulong value, ulong key)
    {
        var high = Math.BigMul(state ^ StateKey, value ^ key, out var low);
        return low ^ high ^ BitOperations.RotateLeft(state, 29);
    }

    // XXH64's last step: each bit of the state reaches each bit of the digest.
    private static ulong Finish(ulong digest)
    {
        digest = (digest ^ digest >> 33) * 0xC2B2_AE3D_27D4_EB4F;
        digest = (digest ^ digest >> 29) * 0x1656_67B1_9E37_79F9;
        return digest ^ digest >> 32;
    }

    // Up to 16 bytes are read as two overlapping words, which with the length name the value; XXH3 costs more than that to call.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong HashBytes(ReadOnlySpan<byte> bytes)
    {
        ref var first = ref MemoryMarshal.GetReference(bytes);
        var length = bytes.Length;
        switch (length)
        {
            case > 16:
                return XxHash3.HashToUInt64(bytes);
            case >= 8:
                return Mix(Mix((ulong)length, Unsafe.ReadUnaligned<ulong>(ref first), ListKey), Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, length - 8)), NullKey);
            case >= 4:
                var word = (ulong)Unsafe.ReadUnaligned<uint>(ref first) << 32 | Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref first, length - 4));
                return Mix((ulong)length, word, ListKey);
            case > 0:
                var few = (ulong)first << 16 | (ulong)Unsafe.Add(ref first, length >> 1) << 8 | Unsafe.Add(ref first, length - 1);
                return Mix((ulong)length, few, ListKey);
            default:
                return Start;
        }
    }

    /// <summary>Makes one word of a value, without boxing.</summary>
    private interface IWord
    {
        static abstract ulong Of<T>(T value)
            where T : unmanaged;
    }

    private readonly struct SignedWord : IWord
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static ulong Of<T>(T value)
            where T : unmanaged => Unsafe.SizeOf<T>() switch
        {
            1 => (ulong)(long)Unsafe.BitCast<T, sbyte>(value),
            2 => (ulong)(long)Unsafe.BitCast<T, short>(value),
            4 => (ulong)(long)Unsafe.BitCast<T, int>(value),
            _ => Unsafe.BitCast<T, ulong>(value),
        };
    }

    private readonly struct FloatWord : IWord
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static ulong Of<T>(T value)
            where T : unmanaged
        {
            var number = Unsafe.SizeOf<T>() == 4 ? Unsafe.BitCast<T, float>(value) : Unsafe.BitCast<T, double>(value);
            return double.IsNaN(number) ? NotANumber : BitConverter.DoubleToUInt64Bits(number);
        }
    }

    // A value that fits 128 bits has the same word whether it is stored in 16 bytes or in 32.
    private readonly struct WideWord : IWord
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static ulong Of<T>(T value)
            where T : unmanaged
        {
            if (Unsafe.SizeOf<T>() == 16)
            {
                return Of((UInt128)Unsafe.BitCast<T, Int128>(value));
            }

            var wide = Unsafe.BitCast<T, Int256>(value);
            var word = Of(wide.Lower);
            return wide.Upper == ((Int128)wide.Lower < 0 ? -1 : 0) ? word : Mix(word, Of((UInt128)wide.Upper), NullKey);
        }

        private static ulong Of(UInt128 value) => Mix((ulong)value, (ulong)(value >> 64), ListKey);
    }
}
