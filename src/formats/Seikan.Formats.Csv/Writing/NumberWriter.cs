using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Seikan.Core;

namespace Seikan.Formats.Csv.Writing;

/// <summary>Numbers and times to UTF-8, two digits at a time. The same text as <see cref="ValueText"/> writes.</summary>
internal static class NumberWriter
{
    /// <summary>Most bytes of a number.</summary>
    public const int MaxBytes = 32;

    // Beyond these a double has more digits, or an exponent in its text.
    private const double LargestShort = 1e9;
    private const double SmallestShort = 1e-4;
    private const int MostDecimals = 6;

    private static ReadOnlySpan<byte> Pairs =>
        "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849"u8 +
        "5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899"u8;

    private static ReadOnlySpan<double> Powers => [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];

    /// <summary>Writes a whole number.</summary>
    /// <returns>Bytes written.</returns>
    public static int Write(long value, Span<byte> to)
    {
        var sign = 0;
        var magnitude = (ulong)value;
        if (value < 0)
        {
            to[0] = (byte)'-';
            sign = 1;
            magnitude = 0UL - magnitude;
        }

        return sign + Write(magnitude, to[sign..]);
    }

    /// <summary>Writes the shortest text that reads back as the same double. Most doubles of files have few decimals: these are found by trying.</summary>
    /// <returns>Bytes written.</returns>
    public static int Write(double value, Span<byte> to)
    {
        var magnitude = Math.Abs(value);
        if (magnitude is >= SmallestShort and < LargestShort)
        {
            for (var decimals = 0; decimals <= MostDecimals; decimals++)
            {
                // A whole number below 2^53 through a power of ten, both exact, is the double nearest to that decimal: it reads back, and no
                // shorter decimal did.
                var scaled = Math.Round(magnitude * Powers[decimals]);
                if (scaled / Powers[decimals] == magnitude)
                {
                    return WriteDecimals(value < 0, (ulong)scaled, decimals, to);
                }
            }
        }
        else if (value == 0 && !double.IsNegative(value))
        {
            to[0] = (byte)'0';
            return 1;
        }

        return ValueText.FormatDouble(value, to);
    }

    private static int WriteDecimals(bool isNegative, ulong scaled, int decimals, Span<byte> to)
    {
        var used = 0;
        if (isNegative)
        {
            to[used++] = (byte)'-';
        }

        var power = (ulong)Powers[decimals];
        var whole = decimals == 0 ? scaled : scaled / power;
        used += Write(whole, to[used..]);
        if (decimals > 0)
        {
            to[used] = (byte)'.';
            var rest = (uint)(scaled - (whole * power));
            for (var i = decimals; i > 0; i--)
            {
                to[used + i] = (byte)('0' + (rest % 10));
                rest /= 10;
            }

            used += decimals + 1;
        }

        return used;
    }

    private static int Write(ulong value, Span<byte> to)
    {
        if (value < 10)
        {
            to[0] = (byte)('0' + value);
            return 1;
        }

        var digits = CountDigits(value);
        ref var pairs = ref MemoryMarshal.GetReference(Pairs);
        ref var start = ref to[..digits][0];
        var at = digits;
        while (value >= 100)
        {
            var rest = value / 100;
            var pair = (nint)(value - (rest * 100)) * 2;
            value = rest;
            at -= 2;
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref start, at), Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref pairs, pair)));
        }

        if (value >= 10)
        {
            Unsafe.WriteUnaligned(ref start, Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref pairs, (nint)value * 2)));
        }
        else
        {
            start = (byte)('0' + value);
        }

        return digits;
    }

    private static int CountDigits(ulong value)
    {
        var digits = 1;
        while (value >= 10_000)
        {
            value /= 10_000;
            digits += 4;
        }

        return digits + (value >= 1_000 ? 3 : value >= 100 ? 2 : value >= 10 ? 1 : 0);
    }
}
