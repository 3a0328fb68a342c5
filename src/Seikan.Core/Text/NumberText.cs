using System.Buffers.Text;
using System.Globalization;

namespace Seikan.Core;

/// <summary>Whole and floating numbers as UTF-8 text. Blanks are not skipped: callers trim.</summary>
public static class NumberText
{
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
            // Empty, or 19 digits and more, where overflow must be looked at.
            return text.Length > i && Utf8Parser.TryParse(text[(text[0] == '+' ? 1 : 0)..], out value, out var used) && used == text.Length - (text[0] == '+' ? 1 : 0);
        }

        var magnitude = 0L;
        for (var k = i; k < text.Length; k++)
        {
            var digit = (uint)text[k] - '0';
            if (digit > 9)
            {
                return false;
            }

            magnitude = (magnitude * 10) + digit;
        }

        value = text[0] == '-' ? -magnitude : magnitude;
        return true;
    }

    /// <summary>Reads a double: decimal or exponent form, <c>NaN</c>, <c>Infinity</c>.</summary>
    public static bool TryParseDouble(ReadOnlySpan<byte> text, out double value)
    {
        // Up to 15 digits and powers of ten up to 22 are exact in a double (Clinger's fast path).
        var (i, isNegative) = text.Length > 0 && text[0] is (byte)'-' or (byte)'+' ? (1, text[0] == '-') : (0, false);
        var (digits, mantissa, fraction, point) = (0, 0L, 0, false);
        for (; i < text.Length; i++)
        {
            var digit = (uint)text[i] - '0';
            if (digit <= 9)
            {
                mantissa = (mantissa * 10) + digit;
                digits++;
                fraction += point ? 1 : 0;
                if (digits > 15)
                {
                    break;
                }
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

        if (i == text.Length && digits is > 0 and <= 15)
        {
            value = mantissa / ExactPowers[fraction];
            value = isNegative ? -value : value;
            return true;
        }

        return double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Reads a float; see <see cref="TryParseDouble"/>.</summary>
    public static bool TryParseSingle(ReadOnlySpan<byte> text, out float value) =>
        float.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value);

    /// <summary>Reads <c>true</c> or <c>false</c> in any case.</summary>
    public static bool TryParseBoolean(ReadOnlySpan<byte> text, out bool value)
    {
        value = text.Length == 4;
        return value ? System.Text.Ascii.EqualsIgnoreCase(text, "true"u8) : text.Length == 5 && System.Text.Ascii.EqualsIgnoreCase(text, "false"u8);
    }

    private static ReadOnlySpan<double> ExactPowers => [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
}
