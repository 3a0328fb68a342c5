using Seikan.Core;

namespace Seikan.Config;

/// <summary>What text without quotes is: a number, a boolean, null, or just text.</summary>
internal static class BareText
{
    /// <summary>The kind of a bare text; numbers are those of JSON.</summary>
    public static ScalarKind KindOf(ReadOnlySpan<byte> text)
    {
        if (text.SequenceEqual("true"u8) || text.SequenceEqual("false"u8))
        {
            return ScalarKind.Boolean;
        }

        if (text.SequenceEqual("null"u8))
        {
            return ScalarKind.Null;
        }

        return NumberLength(text) == text.Length && text.Length > 0 ? ScalarKind.Number : ScalarKind.BareText;
    }

    /// <summary>True when the text is a number up to its exponent mark, so that a plus sign may follow.</summary>
    public static bool IsExponent(ReadOnlySpan<byte> text) =>
        text.Length >= 2 && text[^1] is (byte)'e' or (byte)'E' && NumberLength(text[..^1]) == text.Length - 1;

    /// <summary>Bytes of the longest number at the start; 0 when there is none.</summary>
    public static int NumberLength(ReadOnlySpan<byte> text)
    {
        var at = text is [(byte)'-', ..] ? 1 : 0;
        var digits = Digits(text, at);
        if (digits == 0 || (digits > 1 && text[at] == (byte)'0'))
        {
            return 0;
        }

        at += digits;
        if (at < text.Length && text[at] == (byte)'.' && Digits(text, at + 1) is > 0 and var fraction)
        {
            at += 1 + fraction;
        }

        if (at < text.Length && text[at] is (byte)'e' or (byte)'E')
        {
            var sign = at + 1 < text.Length && text[at + 1] is (byte)'+' or (byte)'-' ? 1 : 0;
            if (Digits(text, at + 1 + sign) is > 0 and var exponent)
            {
                at += 1 + sign + exponent;
            }
        }

        return at;
    }

    private static int Digits(ReadOnlySpan<byte> text, int at)
    {
        var start = at;
        while (at < text.Length && text[at] is >= (byte)'0' and <= (byte)'9')
        {
            at++;
        }

        return at - start;
    }
}
