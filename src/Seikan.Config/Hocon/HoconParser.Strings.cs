using System.Text;
using Seikan.Core;

namespace Seikan.Config;

internal ref partial struct HoconParser
{
    private static ReadOnlySpan<byte> TripleQuote => "\"\"\""u8;

    private ScalarDraft ParseQuoted()
    {
        var start = _at;
        if (_bytes[_at..].StartsWith(TripleQuote))
        {
            return ParseTripleQuoted();
        }

        var text = QuotedText.Read(_context, _text, ref _at);
        return new ScalarDraft(text, ScalarKind.QuotedText, Span(start, _at - start));
    }

    // Raw text up to the last three quotes of a run: one or two more belong to the text.
    private ScalarDraft ParseTripleQuoted()
    {
        var start = _at;
        var content = start + 3;
        var length = _bytes[content..].IndexOf(TripleQuote);
        if (length < 0)
        {
            _context.IsStructureBroken = true;
            Error(ConfigErrors.UnclosedString, "text in triple quotes is never closed", start, 3, "add three quotes where the text ends");
            _at = _bytes.Length;
            _textIsOpen = true;
            return new ScalarDraft(Text(content, _at), ScalarKind.QuotedText, Span(start, _at - start));
        }

        var end = content + length;
        while (end + 3 < _bytes.Length && _bytes[end + 3] == (byte)'"')
        {
            end++;
        }

        _at = end + 3;
        return new ScalarDraft(Text(content, end), ScalarKind.QuotedText, Span(start, _at - start));
    }

    private Draft ParseReference()
    {
        var start = _at;
        _at += 2;
        var isOptional = !AtEnd && Now == (byte)'?';
        _at += isOptional ? 1 : 0;
        SkipBlanks();
        var pathStart = _at;
        List<string> path = [];
        string? byDefault = null;
        var isGood = true;
        while (isGood)
        {
            isGood = ParseReferencePart(path);
            if (!isGood || AtEnd || !_bytes[_at..].StartsWith(Arrow))
            {
                break;
            }

            _at += Arrow.Length;
        }

        var pathEnd = TrimEnd(pathStart, Math.Min(_at, _bytes.Length));
        if (isGood && !AtEnd && Now == (byte)':')
        {
            var from = ++_at;
            isGood = SkipDefault();
            byDefault = Text(from, _at).Trim();
        }

        if (!isGood || AtEnd || Now != (byte)'}')
        {
            return BadReference(start);
        }

        _at++;
        return new ReferenceDraft([.. path], Text(pathStart, pathEnd), Span(start, _at - start))
        {
            IsOptional = isOptional,
            Default = byDefault,
            Scope = _scope,
        };
    }

    private bool ParseReferencePart(List<string> path)
    {
        SkipBlanks();
        if (AtEnd)
        {
            return false;
        }

        var start = _at;
        if (Now == (byte)'"')
        {
            path.Add(QuotedText.Read(_context, _text, ref _at));
            SkipBlanks();
            return true;
        }

        while (!AtEnd && Now is not ((byte)'}' or (byte)':' or (byte)'"' or (byte)'{' or (byte)'$' or (byte)'\n')
            && !_bytes[_at..].StartsWith(Arrow))
        {
            _at++;
        }

        var end = TrimEnd(start, _at);
        path.Add(Text(start, end));
        return end > start;
    }

    // A default may hold objects and quoted text; it ends at the brace that closes the reference, on the same line.
    private bool SkipDefault()
    {
        var depth = 0;
        while (!AtEnd && Now != (byte)'\n')
        {
            switch (Now)
            {
                case (byte)'"':
                    QuotedText.Read(_context, _text, ref _at);
                    continue;
                case (byte)'{':
                    depth++;
                    break;
                case (byte)'}' when depth == 0:
                    return true;
                case (byte)'}':
                    depth--;
                    break;
            }

            _at++;
        }

        return false;
    }

    private ScalarDraft BadReference(int start)
    {
        var line = _bytes[start..].IndexOf((byte)'\n');
        var end = line < 0 ? _bytes.Length : start + line;
        var close = _bytes[start..end].IndexOf((byte)'}');
        var word = _bytes[start..end].IndexOfAny(" \t\r,"u8);
        _at = close >= 0 ? start + close + 1 : word > 0 ? start + word : end;
        _at = Math.Max(_at, Math.Min(start + 2, _bytes.Length));
        Error(
            ConfigErrors.BadReference,
            close >= 0 ? $"\"{Text(start, _at)}\" is not a reference" : "\"${\" is never closed",
            start,
            close >= 0 ? _at - start : 2,
            close >= 0 ? null : "add \"}\"");
        return new ScalarDraft(Encoding.UTF8.GetString(_bytes[start.._at]), ScalarKind.QuotedText, Span(start, _at - start));
    }
}
