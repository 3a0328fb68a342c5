using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Seikan.Core;

namespace Seikan.Formats.Csv.Writing;

/// <summary>Numbers and times to UTF-8, two digits at a time. The same text as <see cref="ValueText"/> writes.</summary>
internal static class NumberWriter
{
    /// <summary>Most bytes of a number.</summary>
    public const int MaxBytes = 32;

    /// <summary>Largest scale of <see cref="Write(long, int, Span{byte})"/>.</summary>
    public const int MaxScale = 9;

    // Below this the framework writes an exponent, and with nine decimals a number above has more than 15 digits.
    private const double SmallestShort = 1e-4;
    private const double LargestShort = 1e6;

    private static ReadOnlySpan<byte> Pairs =>
        "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849"u8 +
        "5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899"u8;

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

    /// <summary>Writes a decimal with all digits of its scale.</summary>
    /// <param name="value">The value times 10 to the scale.</param>
    /// <param name="scale">At most <see cref="MaxScale"/>.</param>
    /// <param name="to">At least <see cref="DecimalText.MaxBytes"/>.</param>
    /// <returns>Bytes written.</returns>
    public static int Write(long value, int scale, Span<byte> to)
    {
        var used = 0;
        var magnitude = (ulong)value;
        if (value < 0)
        {
            to[used++] = (byte)'-';
            magnitude = 0UL - magnitude;
        }

        var digits = Write(magnitude, to[used..]);
        if (scale == 0)
        {
            return used + digits;
        }

        if (digits <= scale)
        {
            return used + WriteBelowOne(magnitude, digits, scale, to[used..]);
        }

        // The fraction moves one place to make room for the point, all of it at once.
        ref var fraction = ref to[(used + digits - scale)..][..17][0];
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref fraction, 1), Unsafe.ReadUnaligned<UInt128>(ref fraction));
        fraction = (byte)'.';
        return used + digits + 1;
    }

    /// <summary>Writes the shortest text that reads back as the same double. Most doubles of files have few decimals: these are found by trying.</summary>
    /// <returns>Bytes written.</returns>
    public static int Write(double value, Span<byte> to)
    {
        var magnitude = Math.Abs(value);
        if (magnitude is >= SmallestShort and < LargestShort)
        {
            // A whole number of at most 15 digits through a power of ten, both exact, is the double nearest to that decimal, so the decimal reads
            // back; and no two decimals of 15 digits are the same double, so without its zeros it is the shortest.
            var scaled = Math.Round(magnitude * 1e3);
            if (scaled / 1e3 == magnitude)
            {
                return WriteDecimals(value < 0, (ulong)scaled, 3, to);
            }

            scaled = Math.Round(magnitude * 1e9);
            if (scaled / 1e9 == magnitude)
            {
                return WriteDecimals(value < 0, (ulong)scaled, 9, to);
            }
        }
        else if (value == 0 && !double.IsNegative(value))
        {
            to[0] = (byte)'0';
            return 1;
        }

        return ValueText.FormatDouble(value, to);
    }

    /// <summary>Writes a time of day; with a fraction only where there is one.</summary>
    /// <returns>Bytes written.</returns>
    public static int WriteTime(long nanoseconds, Span<byte> to)
    {
        var seconds = (int)(nanoseconds / 1_000_000_000);
        if (seconds * 1_000_000_000L != nanoseconds)
        {
            return TemporalText.FormatTime(nanoseconds, to);
        }

        ref var pairs = ref MemoryMarshal.GetReference(Pairs);
        ref var start = ref to[..8][0];
        var (hour, minute) = (seconds / 3600, seconds / 60);
        Unsafe.WriteUnaligned(ref start, Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref pairs, hour * 2)));
        Unsafe.Add(ref start, 2) = (byte)':';
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref start, 3), Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref pairs, (minute - (hour * 60)) * 2)));
        Unsafe.Add(ref start, 5) = (byte)':';
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref start, 6), Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref pairs, (seconds - (minute * 60)) * 2)));
        return 8;
    }

    private static int WriteDecimals(bool isNegative, ulong scaled, int decimals, Span<byte> to)
    {
        var used = 0;
        if (isNegative)
        {
            to[used++] = (byte)'-';
        }

        var power = decimals == 3 ? 1_000u : 1_000_000_000u; // divisions by constants are multiplications
        var whole = decimals == 3 ? scaled / 1_000 : scaled / 1_000_000_000;
        used += Write(whole, to[used..]);
        var rest = (uint)(scaled - (whole * power));
        if (rest == 0)
        {
            return used;
        }

        while (rest % 10 == 0)
        {
            rest /= 10;
            decimals--;
        }

        to[used] = (byte)'.';
        WriteFraction(rest, decimals, to[used..]);
        return used + decimals + 1;
    }

    // Zeros before the digits.
    private static int WriteBelowOne(ulong value, int digits, int scale, Span<byte> to)
    {
        to[..(scale + 2)].Fill((byte)'0');
        to[1] = (byte)'.';
        Write(value, to[(scale + 2 - digits)..]);
        return scale + 2;
    }

    // Behind the point at the first place.
    private static void WriteFraction(uint digits, int count, Span<byte> to)
    {
        ref var start = ref to[..(count + 1)][0];
        ref var pairs = ref MemoryMarshal.GetReference(Pairs);
        for (; count >= 2; count -= 2)
        {
            var rest = digits / 100;
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref start, count - 1), Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref pairs, (nint)(digits - (rest * 100)) * 2)));
            digits = rest;
        }

        if (count == 1)
        {
            Unsafe.Add(ref start, 1) = (byte)('0' + digits);
        }
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
