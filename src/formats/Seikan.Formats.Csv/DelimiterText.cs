using System.Globalization;
using System.Text;

namespace Seikan.Formats.Csv;

/// <summary>Delimiters as people write them in jobs: plain, or with \t, \n, \r, \\, \u0001, \x01 and \001.</summary>
internal static class DelimiterText
{
    /// <summary>The characters meant. A backslash before anything else stands for itself.</summary>
    public static string Unescape(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c != '\\' || i + 1 >= text.Length)
            {
                result.Append(c);
                continue;
            }

            var (meant, used) = text[i + 1] switch
            {
                't' => ('\t', 1),
                'n' => ('\n', 1),
                'r' => ('\r', 1),
                '\\' => ('\\', 1),
                'u' => Code(text, i + 2, 4, NumberStyles.AllowHexSpecifier, 16),
                'x' => Code(text, i + 2, 2, NumberStyles.AllowHexSpecifier, 16),
                >= '0' and <= '7' => Code(text, i + 1, 3, NumberStyles.None, 8),
                _ => ('\\', 0),
            };
            result.Append(meant);
            i += used;
        }

        return result.ToString();
    }

    private static (char Meant, int Used) Code(string text, int at, int digits, NumberStyles style, int radix)
    {
        var end = at + digits;
        if (end > text.Length)
        {
            return ('\\', 0);
        }

        var code = 0;
        foreach (var c in text.AsSpan(at, digits))
        {
            if (!int.TryParse([c], style, CultureInfo.InvariantCulture, out var digit) || digit >= radix)
            {
                return ('\\', 0);
            }

            code = (code * radix) + digit;
        }

        return ((char)code, digits + (radix == 8 ? 0 : 1));
    }
}
