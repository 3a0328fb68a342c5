using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Seikan.Arrow;

/// <summary>Bit ranges that start anywhere.</summary>
internal static class ArrowBitmaps
{
    /// <summary>Copies bits to the start of a target, in whole words.</summary>
    /// <param name="bits">The bits.</param>
    /// <param name="start">First bit.</param>
    /// <param name="length">How many.</param>
    /// <param name="target">At least as many whole words.</param>
    public static void Copy(ReadOnlySpan<byte> bits, int start, int length, Span<byte> target)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(target);
        for (var i = 0; i < (length + 63) >> 6; i++)
        {
            words[i] = Word(bits, start + (i << 6));
        }
    }

    /// <summary>How many bits of a range are clear.</summary>
    /// <param name="bits">The bits.</param>
    /// <param name="start">First bit.</param>
    /// <param name="length">How many.</param>
    public static int CountClear(ReadOnlySpan<byte> bits, int start, int length)
    {
        var set = 0;
        for (var i = 0; i < length; i += 64)
        {
            var word = Word(bits, start + i);
            set += BitOperations.PopCount(length - i >= 64 ? word : word & ((1UL << (length - i)) - 1));
        }

        return length - set;
    }

    // Bits behind the end read as zero.
    private static ulong Word(ReadOnlySpan<byte> bits, int bit)
    {
        var shift = bit & 7;
        var from = bits[(bit >> 3)..];
        if (from.Length >= 9)
        {
            var low = BinaryPrimitives.ReadUInt64LittleEndian(from);
            return shift == 0 ? low : low >> shift | (ulong)from[8] << (64 - shift);
        }

        var word = 0UL;
        for (var i = 0; i < from.Length && i < 8; i++)
        {
            word |= (ulong)from[i] << (i * 8);
        }

        return word >> shift;
    }
}
