using System.Globalization;
using System.Text;

namespace Seikan.Core;

/// <summary>Whole and floating numbers as UTF-8 text. Blanks are not skipped: callers trim.</summary>
public static class NumberText
{
    private const NumberStyles Floating = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    // Whole numbers up to 2^53 and 2^24 are exact in a double and a float, and so are these powers of ten: one correctly rounded division
    // then gives the nearest value (Clinger's fast path).
    private static ReadOnlySpan<double> ExactPowers => [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18];

    private static ReadOnlySpan<float> ExactFloatPowers => [1e0f, 1e1f, 1e2f, 1e3f, 1e4f, 1e5f, 1e6f, 1e7f, 1e8f, 1e9f, 1e10f];

    /// <summary>Reads a whole number of 64 bits: sign and digits, nothing else.</summary>
    public static bool TryParseInt64(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        if (text.IsEmpty)
        {
            return false;
        }

        var i = text[0] is (byte)'-' or (byte)'+' ? 1 : 0;
        if ((uint)(text.Length - i - 1) > 17)
        {
            return TryParseLong(text[i..], text[0] == '-', out value); // empty, or 19 digits and more
        }

        var magnitude = 0L;
        for (; i < text.Length; i++)
        {
            var digit = (uint)text[i] - '0';
            if (digit > 9)
            {
                return false;
            }

            magnitude = (magnitude * 10) + digit;
        }

        value = text[0] == '-' ? -magnitude : magnitude;
        return true;
    }

    /// <summary>Reads a whole number of 32 bits: sign and digits, nothing else.</summary>
    public static bool TryParseInt32(ReadOnlySpan<byte> text, out int value)
    {
        var isNumber = TryParseInt64(text, out var wide);
        value = (int)wide;
        return isNumber && value == wide;
    }

    /// <summary>
    /// Reads a double: decimal or exponent form, <c>NaN</c>, <c>Infinity</c> in any case. Digits beyond a double's are rounded, as in every
    /// language; a number too large for one is refused instead of becoming infinite.
    /// </summary>
    public static bool TryParseDouble(ReadOnlySpan<byte> text, out double value)
    {
        if (DecimalText.TryReadShort(text, out var mantissa, out var fraction, out var isNegative) && mantissa <= 1UL << 53)
        {
            value = (long)mantissa / ExactPowers[fraction];
            value = isNegative ? -value : value;
            return true;
        }

        return double.TryParse(text, Floating, CultureInfo.InvariantCulture, out value) && (!double.IsInfinity(value) || IsWord(text));
    }

    /// <summary>Reads a float; see <see cref="TryParseDouble"/>.</summary>
    public static bool TryParseSingle(ReadOnlySpan<byte> text, out float value)
    {
        if (DecimalText.TryReadShort(text, out var mantissa, out var fraction, out var isNegative) && mantissa <= 1UL << 24 && fraction <= 10)
        {
            value = (long)mantissa / ExactFloatPowers[fraction];
            value = isNegative ? -value : value;
            return true;
        }

        return float.TryParse(text, Floating, CultureInfo.InvariantCulture, out value) && (!float.IsInfinity(value) || IsWord(text));
    }

    /// <summary>Reads <c>true</c> or <c>false</c> in any case.</summary>
    public static bool TryParseBoolean(ReadOnlySpan<byte> text, out bool value)
    {
        value = text.Length == 4;
        return value ? Ascii.EqualsIgnoreCase(text, "true"u8) : text.Length == 5 && Ascii.EqualsIgnoreCase(text, "false"u8);
    }

    private static bool TryParseLong(ReadOnlySpan<byte> digits, bool isNegative, out long value)
    {
        value = 0;
        var limit = isNegative ? 1UL << 63 : long.MaxValue;
        var magnitude = 0UL;
        foreach (var c in digits)
        {
            var digit = (uint)c - '0';
            if (digit > 9 || magnitude > (limit - digit) / 10)
            {
                return false;
            }

            magnitude = (magnitude * 10) + digit;
        }

        value = unchecked(isNegative ? -(long)magnitude : (long)magnitude);
        return !digits.IsEmpty;
    }

    private static bool IsWord(ReadOnlySpan<byte> text) => (text[^1] | 0x20) is 'y' or 'f';
}
