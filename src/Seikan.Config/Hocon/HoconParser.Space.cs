using System.Buffers;
using System.Text;

namespace Seikan.Config;

internal ref partial struct HoconParser
{
    private static readonly SearchValues<byte> LineOrBracket = SearchValues.Create("\n{}[],\"#/"u8);

    private static bool IsReserved(byte b) =>
        b is (byte)'$' or (byte)'"' or (byte)'{' or (byte)'}' or (byte)'[' or (byte)']' or (byte)':' or (byte)'=' or (byte)',' or (byte)'+'
            or (byte)'#' or (byte)'`' or (byte)'^' or (byte)'?' or (byte)'!' or (byte)'@' or (byte)'*' or (byte)'&' or (byte)'\\'
            or < 9 or (> 13 and < 28) or 127;

    // Blanks, new lines and comments.
    private void SkipSpace()
    {
        while (!AtEnd)
        {
            if (Now == (byte)'\n')
            {
                _at++;
            }
            else if (IsComment(_at))
            {
                SkipLine();
            }
            else if (BlankLength(_at) is > 0 and var length)
            {
                _at += length;
            }
            else
            {
                return;
            }
        }
    }

    // Doubled commas are a habit of real files and mean nothing between fields.
    private void SkipSpaceAndCommas()
    {
        SkipSpace();
        while (!AtEnd && Now == (byte)',')
        {
            _at++;
            SkipSpace();
        }
    }

    private void SkipBlanks()
    {
        while (!AtEnd && BlankLength(_at) is > 0 and var length)
        {
            _at += length;
        }
    }

    private void SkipLine()
    {
        var end = _bytes[_at..].IndexOf((byte)'\n');
        _at = end < 0 ? _bytes.Length : _at + end;
    }

    // To the end of the field that could not be read. Brackets on the way are parsed, so that the rest stays in balance.
    private void SkipField()
    {
        while (!AtEnd)
        {
            var step = _bytes[_at..].IndexOfAny(LineOrBracket);
            _at = step < 0 ? _bytes.Length : _at + step;
            if (AtEnd)
            {
                return;
            }

            switch (Now)
            {
                case (byte)'{' when _at > 0 && _bytes[_at - 1] == (byte)'$':
                    _at++;
                    var close = _bytes[_at..].IndexOfAny((byte)'}', (byte)'\n');
                    _at = close < 0 ? _bytes.Length : _at + close + (_bytes[_at + close] == (byte)'}' ? 1 : 0);
                    break;
                case (byte)'{':
                    ParseBraces(new ObjectDraft(default));
                    break;
                case (byte)'[':
                    ParseList();
                    break;
                case (byte)'"':
                    ParseQuoted();
                    break;
                case (byte)'#':
                    SkipLine();
                    return;
                case (byte)'/' when !IsComment(_at):
                    _at++;
                    break;
                case (byte)'/':
                    SkipLine();
                    return;
                default:
                    return;
            }
        }
    }

    private readonly bool IsComment(int at) =>
        _bytes[at] == (byte)'#' || (_bytes[at] == (byte)'/' && at + 1 < _bytes.Length && _bytes[at + 1] == (byte)'/');

    private readonly int BlankLength(int at)
    {
        var b = _bytes[at];
        if (b < 0x80)
        {
            return b is (byte)' ' or (byte)'\t' or 11 or 12 or (byte)'\r' or (>= 28 and <= 31) ? 1 : 0;
        }

        return WideBlankLength(_bytes[at..]);
    }

    // The white space of Unicode, and the byte order mark wherever it stands.
    private static int WideBlankLength(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xC2, 0xA0, ..] => 2,
        [0xE1, 0x9A, 0x80, ..] => 3,
        [0xE2, 0x80, (>= 0x80 and <= 0x8A) or 0xA8 or 0xA9 or 0xAF, ..] => 3,
        [0xE2, 0x81, 0x9F, ..] => 3,
        [0xE3, 0x80, 0x80, ..] => 3,
        [0xEF, 0xBB, 0xBF, ..] => 3,
        _ => 0,
    };

    private readonly int TrimEnd(int start, int end)
    {
        while (end > start)
        {
            if (BlankLength(end - 1) == 1)
            {
                end--;
            }
            else if (end - start >= 2 && BlankLength(end - 2) == 2)
            {
                end -= 2;
            }
            else if (end - start >= 3 && BlankLength(end - 3) == 3)
            {
                end -= 3;
            }
            else
            {
                break;
            }
        }

        return end;
    }

    private readonly string Text(int start, int end) => Encoding.UTF8.GetString(_bytes[start..end]);

    private readonly void ReportReserved(int at, string where)
    {
        var b = _bytes[at];
        var shown = b is < 32 or 127 ? $"U+{(int)b:X4}" : ((char)b).ToString();
        _context.Error(
            ConfigErrors.ReservedCharacter,
            $"character \"{shown}\" is not allowed in a bare {where}", Span(at, 1),
            $"write the {where} in double quotes");
    }
}
