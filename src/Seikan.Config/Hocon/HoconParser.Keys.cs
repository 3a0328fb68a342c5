namespace Seikan.Config;

internal ref partial struct HoconParser
{
    private static ReadOnlySpan<byte> Arrow => "->"u8;

    // The keys of a field, split at "->" outside quotes; a dot is a plain character. Null after a mistake that was reported.
    private KeyElement[]? ParsePath()
    {
        List<KeyElement>? elements = null;
        while (true)
        {
            if (ParsePathElement() is not { } element)
            {
                return null;
            }

            var hasMore = !AtEnd && _bytes[_at..].StartsWith(Arrow);
            if (!hasMore && elements is null)
            {
                return [element];
            }

            elements ??= [];
            elements.Add(element);
            if (!hasMore)
            {
                return [.. elements];
            }

            if (elements.Count + _open.Count + _baseDepth > _context.Options.MaxDepth)
            {
                _context.Fatal(ConfigErrors.TooDeep, $"key nests deeper than {_context.Options.MaxDepth}", element.Span);
                return null;
            }

            _at += Arrow.Length;
            SkipBlanks();
        }
    }

    private KeyElement? ParsePathElement()
    {
        var start = _at;
        var end = start;
        string? name = null;
        while (!AtEnd)
        {
            string part;
            var blanks = end;
            SkipBlanks();
            var partStart = _at;
            if (AtEnd || Now == (byte)'\n' || IsComment(_at) || _bytes[_at..].StartsWith(Arrow))
            {
                break;
            }

            if (Now == (byte)'"')
            {
                part = ParseQuoted().Text;
            }
            else
            {
                while (!AtEnd && Now != (byte)'\n' && !IsReserved(Now) && !IsComment(_at) && BlankLength(_at) == 0
                    && !_bytes[_at..].StartsWith(Arrow))
                {
                    _at++;
                }

                if (_at == partStart)
                {
                    break;
                }

                part = Text(partStart, _at);
            }

            name = name is null ? part : name + Text(blanks, partStart) + part;
            end = _at;
        }

        if (name is null)
        {
            ReportBadKey(start);
            return null;
        }

        if (!_bytes[_at..].StartsWith(Arrow))
        {
            _at = end;
        }

        return new KeyElement(name, Span(start, end - start));
    }

    private readonly void ReportReferenceInKey(int at) =>
        Error(ConfigErrors.BadKey, "a key cannot hold a reference", at, 1, "write the key itself; only values hold references");

    private readonly void ReportBadKey(int start)
    {
        if (_at < _bytes.Length && Now == (byte)'$')
        {
            ReportReferenceInKey(_at);
        }
        else if (_at < _bytes.Length && (Now is (byte)'{' or (byte)'[' or (byte)'=' or (byte)':' || _bytes[_at..].StartsWith(Arrow)))
        {
            Error(
                ConfigErrors.BadKey,
                $"a key is missing before \"{(Now == (byte)'-' ? "->" : ((char)Now).ToString())}\"", _at, 1,
                "add the key");
        }
        else if (_at < _bytes.Length && IsReserved(Now))
        {
            ReportReserved(_at, "key");
        }
        else
        {
            Error(ConfigErrors.BadKey, "a key is missing after \"->\"", start, 0, "add the key");
        }
    }
}
