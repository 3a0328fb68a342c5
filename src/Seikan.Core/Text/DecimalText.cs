using System.Globalization;
using System.Runtime.CompilerServices;

namespace Seikan.Core;

/// <summary>Exact decimals as text, over UTF-8. What does not fit precision and scale is refused, never rounded.</summary>
public static class DecimalText
{
    /// <summary>Bytes that every formatted decimal fits into: 76 digits, sign, point, leading zero.</summary>
    public const int MaxBytes = 80;

    private const int MaxExponent = 9999;

    private static ReadOnlySpan<ulong> PowersOf10 =>
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000, 1_000_000_000_000,
        10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000,
    ];

    /// <summary>Reads a decimal of at most 38 digits.</summary>
    /// <param name="text">Sign, digits, point, exponent; no blanks.</param>
    /// <param name="precision">All digits, 1 to 38.</param>
    /// <param name="scale">Digits behind the point.</param>
    /// <param name="value">The value times 10 to the scale.</param>
    /// <returns>False when it is not a decimal or does not fit.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, int precision, int scale, out Int128 value)
    {
        if (TryReadShort(text, out var small, out var fraction, out var isNegative) && (uint)(scale - fraction) <= 18)
        {
            return TryScaleShort(small, scale - fraction, precision, isNegative, out value);
        }

        value = 0;
        Span<byte> digits = stackalloc byte[DecimalType.MaxPrecision];
        if (!TryReadDigits(text, precision, scale, digits, out var count, out isNegative))
        {
            return false;
        }

        UInt128 magnitude = 0;
        for (var i = 0; i < count;)
        {
            var group = TakeGroup(digits[..count], ref i, out var power);
            magnitude = (magnitude * power) + group;
        }

        value = isNegative ? -(Int128)magnitude : (Int128)magnitude;
        return true;
    }

    /// <summary>Reads a decimal of at most 76 digits.</summary>
    /// <param name="text">Sign, digits, point, exponent; no blanks.</param>
    /// <param name="precision">All digits, 1 to 76.</param>
    /// <param name="scale">Digits behind the point.</param>
    /// <param name="value">The value times 10 to the scale.</param>
    /// <returns>False when it is not a decimal or does not fit.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, int precision, int scale, out Int256 value)
    {
        value = default;
        Span<byte> digits = stackalloc byte[DecimalType.MaxPrecision];
        if (!TryReadDigits(text, precision, scale, digits, out var count, out var isNegative))
        {
            return false;
        }

        var magnitude = default(WideMagnitude);
        for (var i = 0; i < count;)
        {
            var group = TakeGroup(digits[..count], ref i, out var power);
            magnitude.TryMultiplyAdd(power, group);
        }

        return magnitude.TryToInt256(isNegative, out value);
    }

    /// <summary>Whether a value has at most this many digits.</summary>
    public static bool Fits(Int128 value, int precision)
    {
        var limit = Power(precision);
        return value < limit && value > -limit;
    }

    /// <summary>Writes a decimal plainly, all digits of its scale.</summary>
    /// <param name="value">The value times 10 to the scale.</param>
    /// <param name="scale">Digits behind the point.</param>
    /// <param name="to">At least <see cref="MaxBytes"/>.</param>
    /// <returns>Bytes written.</returns>
    public static int Format(Int128 value, int scale, Span<byte> to)
    {
        var isNegative = value < 0;
        var magnitude = isNegative ? (UInt128)(-(value + 1)) + 1 : (UInt128)value;
        if (magnitude <= ulong.MaxValue)
        {
            return FormatShort((ulong)magnitude, isNegative, scale, to);
        }

        Span<byte> digits = stackalloc byte[40];
        magnitude.TryFormat(digits, out var count, default, CultureInfo.InvariantCulture);
        return Place(digits[..count], isNegative, scale, to);
    }

    /// <summary>Writes digits with a point.</summary>
    internal static int FormatShort(ulong magnitude, bool isNegative, int scale, Span<byte> to)
    {
        Span<byte> digits = stackalloc byte[20];
        magnitude.TryFormat(digits, out var count, default, CultureInfo.InvariantCulture);
        return Place(digits[..count], isNegative, scale, to);
    }

    /// <summary>As <see cref="Format(Int128, int, Span{byte})"/>, for wide decimals.</summary>
    /// <param name="value">The value times 10 to the scale.</param>
    /// <param name="scale">Digits behind the point.</param>
    /// <param name="to">At least <see cref="MaxBytes"/>.</param>
    /// <returns>Bytes written.</returns>
    public static int Format(Int256 value, int scale, Span<byte> to)
    {
        Span<byte> digits = stackalloc byte[80];
        var count = new WideMagnitude(value.IsNegative ? -value : value).WriteDigits(digits);
        return Place(digits[..count], value.IsNegative, scale, to);
    }

    /// <summary>10 to a power, 0 to 38.</summary>
    public static Int128 Power(int exponent) => exponent <= 18 ? PowersOf10[exponent]
        : exponent <= 36 ? (Int128)PowersOf10[18] * PowersOf10[exponent - 18]
        : (Int128)PowersOf10[18] * PowersOf10[18] * PowersOf10[exponent - 36];

    /// <summary>Reads what nearly every number in a file is: a sign, at most 18 digits, a point; no exponent.</summary>
    /// <param name="text">The text.</param>
    /// <param name="magnitude">The digits without the point.</param>
    /// <param name="fraction">How many of them stand behind the point.</param>
    /// <param name="isNegative">Whether there is a minus, also before zero.</param>
    /// <returns>False for anything else, number or not.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryReadShort(ReadOnlySpan<byte> text, out ulong magnitude, out int fraction, out bool isNegative)
    {
        (magnitude, fraction, isNegative) = (0, 0, false);
        var i = 0;
        if (text.Length > 0 && text[0] is (byte)'-' or (byte)'+')
        {
            isNegative = text[0] == '-';
            i = 1;
        }

        var (start, point) = (i, -1);
        if (text.Length - i > 19)
        {
            return false;
        }

        for (; i < text.Length; i++)
        {
            var digit = (uint)text[i] - '0';
            if (digit <= 9)
            {
                magnitude = (magnitude * 10) + digit;
            }
            else if (text[i] == '.' && point < 0)
            {
                point = i;
            }
            else
            {
                return false;
            }
        }

        fraction = point < 0 ? 0 : text.Length - point - 1;
        return text.Length - start - (point < 0 ? 0 : 1) is > 0 and <= 18;
    }

    // Up to 18 digits moved by up to 18 places: 36 digits never overflow.
    private static bool TryScaleShort(ulong magnitude, int shift, int precision, bool isNegative, out Int128 value)
    {
        var power = PowersOf10[shift];
        var high = Math.BigMul(magnitude, power, out var low);
        if (high == 0 && low <= long.MaxValue && (precision > 18 || low < PowersOf10[precision]))
        {
            value = isNegative ? -(long)low : (long)low;
            return true;
        }

        value = new Int128(high, low);
        var fits = Fits(value, precision);
        value = isNegative ? -value : value;
        return fits;
    }

    // The next 18 digits at most, and the power of ten that makes room for them.
    private static ulong TakeGroup(ReadOnlySpan<byte> digits, ref int at, out ulong power)
    {
        var (group, end) = (0UL, Math.Min(digits.Length, at + 18));
        power = PowersOf10[end - at];
        for (; at < end; at++)
        {
            group = (group * 10) + digits[at];
        }

        return group;
    }

    private static bool TryReadDigits(ReadOnlySpan<byte> text, int precision, int scale, Span<byte> digits, out int count, out bool isNegative)
    {
        (count, isNegative) = (0, false);
        var i = 0;
        if (text.Length > 0 && (text[0] == '-' || text[0] == '+'))
        {
            isNegative = text[0] == '-';
            i = 1;
        }

        // Zeros behind the last other digit are only counted, so that neither leading nor trailing ones take room.
        var (any, point, fraction, zeros) = (false, false, 0, 0);
        for (; i < text.Length; i++)
        {
            var digit = (uint)text[i] - '0';
            if (digit <= 9)
            {
                any = true;
                fraction += point ? 1 : 0;
                if (digit == 0)
                {
                    zeros += count == 0 ? 0 : 1;
                    continue;
                }

                if (count + zeros + 1 > digits.Length)
                {
                    return false;
                }

                digits.Slice(count, zeros).Clear();
                count += zeros;
                zeros = 0;
                digits[count++] = (byte)digit;
            }
            else if (text[i] == '.' && !point)
            {
                point = true;
            }
            else
            {
                break;
            }
        }

        if (!any || !TryReadExponent(text[i..], out var exponent))
        {
            return false;
        }

        if (count == 0)
        {
            isNegative = false;
            return true;
        }

        // zeros trailing digits and the distance between the fraction read and the scale wanted.
        var shift = zeros + scale + exponent - fraction;
        if (shift < 0 || count + shift > precision)
        {
            return false;
        }

        digits.Slice(count, shift).Clear();
        count += shift;
        return true;
    }

    private static bool TryReadExponent(ReadOnlySpan<byte> text, out int exponent)
    {
        exponent = 0;
        if (text.IsEmpty)
        {
            return true;
        }

        if ((text[0] | 0x20) != 'e' || !int.TryParse(text[1..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
        {
            return false;
        }

        return exponent is >= -MaxExponent and <= MaxExponent;
    }

    private static int Place(ReadOnlySpan<byte> digits, bool isNegative, int scale, Span<byte> to)
    {
        var used = 0;
        if (isNegative)
        {
            to[used++] = (byte)'-';
        }

        var whole = digits.Length - scale;
        if (whole <= 0)
        {
            to[used++] = (byte)'0';
        }
        else
        {
            digits[..whole].CopyTo(to[used..]);
            used += whole;
        }

        if (scale > 0)
        {
            to[used++] = (byte)'.';
            var zeros = Math.Max(0, -whole);
            to.Slice(used, zeros).Fill((byte)'0');
            used += zeros;
            var rest = digits[Math.Max(0, whole)..];
            rest.CopyTo(to[used..]);
            used += rest.Length;
        }

        return used;
    }
}
