using System.Collections.Immutable;
using System.Text;

namespace Seikan.Core;

/// <summary>Rows written as text, and places inside the text.</summary>
public sealed partial class TypeParser
{
    // {a = int, "b": "map<string,int>"}; a field ends with a comma, a line end or the brace.
    private DataType? ParseRowText(int depth)
    {
        var open = _at++;
        var fields = ImmutableArray.CreateBuilder<RowField>();
        var isSeparated = true;
        while (true)
        {
            isSeparated |= SkipSeparators();
            if (_at >= _text.Length)
            {
                return Fail(TypeErrors.Malformed, $"\"{_text}\": the brace is not closed", open, "add the closing brace");
            }

            if (_text[_at] == '}')
            {
                _at++;
                return fields.Count == 0
                    ? Fail(TypeErrors.Malformed, "the row has no field", open, EmptyRowFix)
                    : new RowType(fields.DrainToImmutable());
            }

            var start = _at;
            if (!isSeparated)
            {
                return Fail(TypeErrors.Malformed, $"\"{_text}\": a comma or \"}}\" is expected, not \"{_text[_at]}\"", start);
            }

            if (ParseFieldName() is not { } name || !SkipAssignment(name) || ParseType(depth + 1) is not { } type)
            {
                return null;
            }

            if (fields.Any(f => f.Name == name))
            {
                return Fail(TypeErrors.Malformed, $"field \"{name}\" stands twice in the row", start, "give each field a name of its own");
            }

            fields.Add(new RowField(name, type));
            isSeparated = false;
        }
    }

    private bool SkipSeparators()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsWhiteSpace(_text[_at]) || _text[_at] == ','))
        {
            _at++;
        }

        return _text.AsSpan(start, _at - start).IndexOfAny(',', '\n') >= 0;
    }

    private bool SkipAssignment(string name)
    {
        SkipBlanks();
        if (_at < _text.Length && _text[_at] is '=' or ':')
        {
            _at++;
            return true;
        }

        if (_at < _text.Length && _text[_at] == '{')
        {
            return true;
        }

        Fail(TypeErrors.Malformed, $"\"{_text}\": \"=\" is expected behind \"{name}\"", _at);
        return false;
    }

    private string? ParseFieldName()
    {
        var start = _at;
        if (_text[_at] is '"' or '\'')
        {
            return ParseQuotedName(_text[_at++], start);
        }

        while (_at < _text.Length && !char.IsWhiteSpace(_text[_at]) && _text[_at] is not ('=' or ':' or '{' or '}' or ',' or '<' or '>' or '"'))
        {
            _at++;
        }

        if (_at == start)
        {
            Fail(TypeErrors.Malformed, $"\"{_text}\": a field name is expected, not \"{_text[_at]}\"", start);
            return null;
        }

        return _text[start.._at];
    }

    private string? ParseQuotedName(char quote, int start)
    {
        var name = new StringBuilder();
        for (; _at < _text.Length && _text[_at] != quote; _at++)
        {
            _at += _text[_at] == '\\' && _at + 1 < _text.Length ? 1 : 0;
            name.Append(_text[_at]);
        }

        if (_at++ >= _text.Length)
        {
            Fail(TypeErrors.Malformed, $"\"{_text}\": the quote is not closed", start, "add the closing quote");
            return null;
        }

        return name.ToString();
    }

    // The span of a scalar holds its quotes and escapes: the place is found by walking both texts.
    private SourceSpan SpanAt(int at, int length)
    {
        var span = _node.Span;
        if (span.Document is null)
        {
            return span;
        }

        var raw = span.Document.Utf8.Span.Slice(span.Start, span.Length);
        var offset = raw.StartsWith("\""u8) && !raw.StartsWith("\"\"\""u8) ? WalkQuoted(raw, at) : WalkPlain(raw, at);
        return offset < 0 ? span : new SourceSpan(span.Document, span.Start + offset, at < _text.Length ? length : 1);
    }

    private int WalkPlain(ReadOnlySpan<byte> raw, int at)
    {
        var start = raw.IndexOf(Encoding.UTF8.GetBytes(_text));
        return start < 0 ? -1 : start + Encoding.UTF8.GetByteCount(_text.AsSpan(0, at));
    }

    private static int WalkQuoted(ReadOnlySpan<byte> raw, int at)
    {
        var (i, chars) = (1, 0);
        while (i < raw.Length - 1 && chars < at)
        {
            var isEscape = raw[i] == '\\';
            chars += !isEscape && raw[i] >= 0xF0 ? 2 : 1;
            i += isEscape ? (raw[i + 1] == 'u' ? 6 : 2) : raw[i] < 0x80 ? 1 : raw[i] < 0xE0 ? 2 : raw[i] < 0xF0 ? 3 : 4;
        }

        // A value put together from parts is longer than the part that the span shows.
        return chars < at || i >= raw.Length ? -1 : i;
    }
}
