using System.Globalization;
using System.Text;
using Seikan.Core;

namespace Seikan.Config;

/// <summary>Reads text in double quotes, as JSON and HOCON have it.</summary>
internal static class QuotedText
{
    /// <summary>Reads one string. A string that is not closed ends with its line.</summary>
    /// <param name="context">Gets the problems.</param>
    /// <param name="text">The document.</param>
    /// <param name="at">At the opening quote; afterwards behind the closing one. Always moves on.</param>
    public static string Read(ReadContext context, SourceText text, ref int at)
    {
        var bytes = text.Utf8.Span;
        var open = at++;
        var from = at;
        StringBuilder? built = null;
        while (true)
        {
            var step = bytes[at..].IndexOfAny((byte)'"', (byte)'\\', (byte)'\n');
            var end = step < 0 ? bytes.Length : at + step;
            if (end == bytes.Length || bytes[end] == (byte)'\n')
            {
                // Brackets and commas at the end of the line belong to what is around the string.
                var line = from + bytes[from..end].TrimEnd(" \t\r,}]"u8).Length;
                context.Error(ConfigErrors.UnclosedString, "string is never closed on its line", new SourceSpan(text, open, line - open));
                at = line;
                return Finish(built, bytes[from..line]);
            }

            at = end + 1;
            if (bytes[end] == (byte)'"')
            {
                return Finish(built, bytes[from..end]);
            }

            built ??= new StringBuilder();
            built.Append(Encoding.UTF8.GetString(bytes[from..end]));
            ReadEscape(context, text, built, ref at);
            from = at;
        }
    }

    private static string Finish(StringBuilder? built, ReadOnlySpan<byte> rest) =>
        built is null ? Encoding.UTF8.GetString(rest) : built.Append(Encoding.UTF8.GetString(rest)).ToString();

    // The offset is behind the backslash, and afterwards behind the sequence.
    private static void ReadEscape(ReadContext context, SourceText text, StringBuilder built, ref int at)
    {
        var bytes = text.Utf8.Span;
        var start = at - 1;
        var mark = at < bytes.Length ? bytes[at] : (byte)'\n';
        switch (mark)
        {
            case (byte)'"' or (byte)'\\' or (byte)'/':
                built.Append((char)mark);
                break;
            case (byte)'b':
                built.Append('\b');
                break;
            case (byte)'f':
                built.Append('\f');
                break;
            case (byte)'n':
                built.Append('\n');
                break;
            case (byte)'r':
                built.Append('\r');
                break;
            case (byte)'t':
                built.Append('\t');
                break;
            case (byte)'u':
                ReadUnicode(context, text, built, ref at);
                return;
            case (byte)'\n' or (byte)'\r':
                // The string is unclosed; the caller says so.
                built.Append('\\');
                return;
            default:
                Rune.DecodeFromUtf8(bytes[at..], out var shown, out var length);
                context.Error(
                    ConfigErrors.BadEscape,
                    $"\"\\{shown}\" is not an escape", new SourceSpan(text, start, 1 + length),
                    $"write \"\\\\{shown}\" or use triple quotes");
                built.Append('\\').Append(shown.ToString());
                at += length;
                return;
        }

        at++;
    }

    private static void ReadUnicode(ReadContext context, SourceText text, StringBuilder built, ref int at)
    {
        var bytes = text.Utf8.Span;
        var start = at - 1;
        if (!TryReadUnit(bytes, at, out var unit))
        {
            context.Error(
                ConfigErrors.BadEscape,
                "\"\\u\" needs four hexadecimal digits", new SourceSpan(text, start, 2),
                "write them, as in \\u00e9");
            built.Append("\\u");
            at++;
            return;
        }

        at += 5;
        if (!char.IsSurrogate(unit))
        {
            built.Append(unit);
            return;
        }

        if (char.IsHighSurrogate(unit) && at + 1 < bytes.Length && bytes[at] == (byte)'\\' && bytes[at + 1] == (byte)'u'
            && TryReadUnit(bytes, at + 1, out var low) && char.IsLowSurrogate(low))
        {
            built.Append(unit).Append(low);
            at += 6;
            return;
        }

        context.Error(
            ConfigErrors.BadEscape,
            $"\"\\u{(int)unit:x4}\" is half a character", new SourceSpan(text, start, 6),
            "write both halves, or the character itself");
        built.Append('\uFFFD');
    }

    private static bool TryReadUnit(ReadOnlySpan<byte> bytes, int at, out char unit)
    {
        unit = '\0';
        if (at + 5 > bytes.Length || !ushort.TryParse(bytes.Slice(at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        unit = (char)value;
        return true;
    }
}
