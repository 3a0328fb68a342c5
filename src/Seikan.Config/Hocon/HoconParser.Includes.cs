using Seikan.Core;

namespace Seikan.Config;

internal ref partial struct HoconParser
{
    private static ReadOnlySpan<byte> Include => "include"u8;

    // True when an include stands here; it is read into the target. "include" as a key of a value is left alone.
    private bool TryParseInclude(FieldsDraft target)
    {
        if (!_bytes[_at..].StartsWith(Include) || !StartsIncludeName(_at + Include.Length))
        {
            return false;
        }

        var start = _at;
        _at += Include.Length;
        SkipBlanks();
        var isRequired = TryOpen("required("u8);
        var kind = TryOpen("file("u8) ? IncludeKind.File
            : TryOpen("url("u8) ? IncludeKind.Url
            : TryOpen("classpath("u8) ? IncludeKind.ClassPath
            : IncludeKind.Plain;
        if (AtEnd || Now != (byte)'"')
        {
            return BadIncludeAt(start);
        }

        var name = ParseQuoted();
        var open = (isRequired ? 1 : 0) + (kind == IncludeKind.Plain ? 0 : 1);
        for (; open > 0; open--)
        {
            SkipBlanks();
            if (AtEnd || Now != (byte)')')
            {
                return BadIncludeAt(start);
            }

            _at++;
        }

        ReadIncluded(target, new IncludeRequest(name.Text, kind, _text, name.Span), isRequired);
        return true;
    }

    private readonly bool StartsIncludeName(int at)
    {
        var rest = _bytes[at..];
        var blanks = rest.IndexOfAnyExcept((byte)' ', (byte)'\t');
        if (blanks < 0)
        {
            return false;
        }

        rest = rest[blanks..];
        return rest[0] == (byte)'"'
            || (blanks > 0 && (rest.StartsWith("file("u8) || rest.StartsWith("url("u8) || rest.StartsWith("classpath("u8) || rest.StartsWith("required("u8)));
    }

    private bool TryOpen(ReadOnlySpan<byte> word)
    {
        if (!_bytes[_at..].StartsWith(word))
        {
            return false;
        }

        _at += word.Length;
        SkipBlanks();
        return true;
    }

    private bool BadIncludeAt(int start)
    {
        var at = _at;
        SkipLine();
        Error(
            ConfigErrors.BadInclude,
            $"\"{Text(start, TrimEnd(start, _at))}\" is not an include", start, Math.Max(at, start + Include.Length) - start);
        return true;
    }

    private readonly void ReadIncluded(FieldsDraft target, IncludeRequest request, bool isRequired)
    {
        if (_context.Options.Includes is not { } resolver)
        {
            _context.Error(ConfigErrors.IncludeRefused, $"include of \"{request.Name}\" is not allowed in this text", request.Span);
            return;
        }

        var (text, problem) = resolver.Resolve(request);
        if (problem is not null)
        {
            _context.Add(problem);
            return;
        }

        if (text is null)
        {
            var severity = isRequired ? Severity.Error : Severity.Warning;
            _context.Notice(ConfigErrors.IncludeMissing, severity, $"included file \"{request.Name}\" does not exist", request.Span);
            return;
        }

        if (!_context.TryEnter(text, request.Span))
        {
            return;
        }

        if (JobText.KindOf(text.Name) == JobTextKind.Json)
        {
            ReadJson(target, text);
        }
        else
        {
            var scope = target is ObjectDraft { IsJobRoot: false } nested && (_scope is not null || _open.Count > 0) ? nested : _scope;
            new HoconParser(text, _context, scope, _baseDepth + _open.Count).ParseDocument(target);
        }

        _context.Leave();
    }

    private readonly void ReadJson(FieldsDraft target, SourceText text)
    {
        if (new JsonParser(text, _context, _baseDepth + _open.Count).ParseDocument() is not { } json)
        {
            return;
        }

        foreach (var field in json.Fields)
        {
            AddField(target, [new KeyElement(field.Key, field.KeySpan)], ToDraft(field.Value));
        }
    }

    // Objects stay open, so that later fields merge into them.
    private static Draft ToDraft(ConfigNode node)
    {
        if (node is not ConfigObject source)
        {
            return new FinishedDraft(node);
        }

        var draft = new ObjectDraft(node.Span);
        foreach (var field in source.Fields)
        {
            draft.Add([new KeyElement(field.Key, field.KeySpan)], ToDraft(field.Value));
        }

        return draft;
    }
}
