using System.Buffers;
using Seikan.Core;

namespace Seikan.Config;

internal ref partial struct HoconParser
{
    // Where bare text may end: reserved and control characters, new line, a possible comment.
    private static readonly SearchValues<byte> BareStops = SearchValues.Create(
        [.. "\n/$\"{}[]:=,+#`^?!@*&\\"u8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 127]);

    private static readonly SearchValues<byte> TokenEnds = SearchValues.Create(" \t\r\n,{}[]\""u8);

    // One value: everything up to the end of line, comma or closing bracket, joined. Null when there is nothing.
    private Draft? ParseValue(BraceKind kind)
    {
        SkipSpace();
        Draft? only = null;
        JoinDraft? join = null;
        var blanks = _at;
        var first = _at;
        while (!AtEnd && Now is not ((byte)'\n' or (byte)',' or (byte)'}' or (byte)']') && !IsComment(_at))
        {
            var start = _at;
            _valueStart = first;
            var part = ParsePart(kind);
            if (only is null)
            {
                only = part;
            }
            else
            {
                join ??= StartJoin(only);
                join.Parts.Add(new JoinPart(Text(blanks, start), part));
                join.Span = join.Span.To(part.Span);
            }

            blanks = _at;
            SkipBlanks();
        }

        return join ?? only;
    }

    private static JoinDraft StartJoin(Draft first)
    {
        var join = new JoinDraft(first.Span);
        join.Parts.Add(new JoinPart("", first));
        return join;
    }

    private Draft ParsePart(BraceKind kind)
    {
        switch (Now)
        {
            case (byte)'"':
                return ParseQuoted();
            case (byte)'{':
                FieldsDraft fields = kind is BraceKind.Block or BraceKind.HandlerSink
                    ? new BlockDraft(default) { IsHandlerSink = kind == BraceKind.HandlerSink }
                    : new ObjectDraft(default) { IsHandler = kind == BraceKind.Handler };
                ParseBraces(fields);
                return fields;
            case (byte)'[':
                return ParseList();
            case (byte)'$' when _at + 1 < _bytes.Length && _bytes[_at + 1] == (byte)'{':
                return ParseReference();
            default:
                return ParseBare();
        }
    }

    private ListDraft ParseList()
    {
        var open = _at++;
        var list = new ListDraft(default);
        if (!Enter(open))
        {
            list.Span = Span(open, 1);
            return list;
        }

        _openLists++;
        ParseElements(list, open);
        _openLists--;
        _open.RemoveAt(_open.Count - 1);
        list.Span = Span(open, _at - open);
        return list;
    }

    private void ParseElements(ListDraft list, int open)
    {
        var comma = -1;
        while (true)
        {
            var before = _at;
            SkipSpace();
            if (AtEnd)
            {
                NoteUnclosed(open);
                return;
            }

            switch (Now)
            {
                case (byte)']':
                    _at++;
                    return;
                case (byte)'}':
                    _context.IsStructureBroken = true;
                    Error(ConfigErrors.UnclosedBracket, "\"[\" is never closed", open, 1, "add \"]\"");
                    return;
                case (byte)',':
                    // Doubled at the end of a line is a habit; doubled inside a line is a forgotten element.
                    if ((comma >= 0 || list.Items.Count == 0) && !EndsLine(_at + 1))
                    {
                        Error(
                            ConfigErrors.MissingValue, "an element is missing before \",\"", _at, 1, "add the element or remove the comma");
                    }

                    comma = _at++;
                    break;
                default:
                    if (ParseValue(BraceKind.Object) is { } value)
                    {
                        list.Items.Add(value);
                    }

                    comma = -1;
                    if (_at == before)
                    {
                        // Cannot happen while every stop of ParseValue is handled above; never loop on a slip.
                        _at++;
                    }

                    break;
            }
        }
    }

    private readonly bool EndsLine(int at)
    {
        while (at < _bytes.Length && _bytes[at] != (byte)'\n' && BlankLength(at) is > 0 and var length)
        {
            at += length;
        }

        return at >= _bytes.Length || _bytes[at] is (byte)'\n' or (byte)']' || IsComment(at);
    }

    private ScalarDraft ParseBare()
    {
        var start = _at;
        var end = FindBareEnd(start);
        if (end == start)
        {
            return ParseReserved(start, start);
        }

        if (end < _bytes.Length && _bytes[end] == (byte)'/')
        {
            WarnAboutComment(start, end);
        }

        if (end + 2 < _bytes.Length && _bytes[end] == (byte)':' && _bytes[end + 1] == (byte)'/' && _bytes[end + 2] == (byte)'/')
        {
            return ParseReserved(start, end);
        }

        _at = TrimEnd(start, end);
        return new ScalarDraft(Text(start, _at), BareText.KindOf(_bytes[start.._at]), Span(start, _at - start));
    }

    private readonly int FindBareEnd(int start)
    {
        var end = start;
        while (true)
        {
            var step = _bytes[end..].IndexOfAny(BareStops);
            if (step < 0)
            {
                return _bytes.Length;
            }

            end += step;
            if ((_bytes[end] == (byte)'/' && !IsComment(end)) || (_bytes[end] == (byte)'+' && BareText.IsExponent(_bytes[start..end])))
            {
                end++;
                continue;
            }

            return end;
        }
    }

    // A character that needs quotes. The whole word is taken as if it had them, so that it gives one error only.
    private ScalarDraft ParseReserved(int start, int at)
    {
        var step = _bytes[(at + 1)..].IndexOfAny(TokenEnds);
        var end = step < 0 ? _bytes.Length : at + 1 + step;
        var word = Math.Max(_valueStart, _bytes[..at].LastIndexOfAny(TokenEnds) + 1);
        if (_bytes[at] == (byte)':' && _bytes[at..end].IndexOf("//"u8) >= 0)
        {
            Error(
                ConfigErrors.CommentInText,
                $"\"{Text(word, end)}\" needs quotes: outside them \"//\" starts a comment",
                word,
                end - word,
                "write it in double quotes");
        }
        else
        {
            ReportReserved(at, "value");
        }

        _at = end;
        return new ScalarDraft(Text(start, end), ScalarKind.QuotedText, Span(start, end - start));
    }

    private readonly void WarnAboutComment(int start, int end)
    {
        // "2//two readers" is fine; "/data//out" loses its end.
        if (BlankLength(end - 1) == 0 && _bytes[start..end].IndexOf((byte)'/') >= 0)
        {
            var word = Math.Max(_valueStart, _bytes[..end].LastIndexOfAny(TokenEnds) + 1);
            _context.Notice(
                ConfigErrors.CommentInText,
                Severity.Warning,
                $"\"//\" starts a comment here, so the value ends as \"{Text(word, end)}\"",
                Span(end, 2));
        }
    }
}
