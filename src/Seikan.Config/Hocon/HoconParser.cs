using Seikan.Core;

namespace Seikan.Config;

/// <summary>
/// Recursive descent over the UTF-8 bytes of one document, straight into drafts. After a mistake it goes on at the next field or line,
/// keeping brackets balanced, so that one mistake gives one error.
/// </summary>
internal ref partial struct HoconParser
{
    private readonly ReadContext _context;
    private readonly SourceText _text;
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly ObjectDraft? _scope;
    private readonly int _baseDepth;
    private readonly List<int> _open;
    private readonly List<int> _unclosed;
    private int _at;
    private int _openLists;
    private int _suspect;
    private int _valueStart;
    private bool _textIsOpen;

    /// <summary>Makes a parser of one document.</summary>
    /// <param name="text">The document; valid UTF-8.</param>
    /// <param name="context">Gets the problems.</param>
    /// <param name="scope">The object the document is included into; null when it is the main document or included at the root.</param>
    /// <param name="depth">Brackets around the include.</param>
    public HoconParser(SourceText text, ReadContext context, ObjectDraft? scope, int depth)
    {
        _context = context;
        _text = text;
        _bytes = text.Utf8.Span;
        _scope = scope;
        _baseDepth = depth;
        _open = [];
        _unclosed = [];
        _suspect = -1;
    }

    private readonly bool AtEnd => _at >= _bytes.Length || _context.IsStopped;

    private readonly byte Now => _bytes[_at];

    /// <summary>Parses the document into an object or a plug-in block.</summary>
    public void ParseDocument(FieldsDraft target)
    {
        SkipSpace();
        if (!AtEnd && Now == (byte)'[')
        {
            _context.IsStructureBroken = true;
            Error(
                ConfigErrors.UnexpectedText,
                "a text starts with a key or \"{\", not with a list", _at, 1,
                "write the list as the value of a key");
            return;
        }

        if (!AtEnd && Now == (byte)'{')
        {
            ParseBraces(target);
            SkipSpace();
            if (!AtEnd)
            {
                _context.IsStructureBroken = true;
                var stray = Now is (byte)'}' or (byte)']';
                Error(
                    stray ? ConfigErrors.StrayBracket : ConfigErrors.UnexpectedText,
                    stray ? $"\"{(char)Now}\" closes nothing" : "text follows the closing brace of the document",
                    _at,
                    1,
                    stray ? null : "remove a closing brace before it, or the text");
            }
        }
        else
        {
            ParseFields(target, -1);
        }

        ReportUnclosed();
    }

    /// <summary>Parses one value that is the whole text, such as the value of a variable.</summary>
    public Draft? ParseWholeValue()
    {
        var value = ParseValue(BraceKind.Object);
        SkipSpace();
        if (!AtEnd)
        {
            Error(ConfigErrors.UnexpectedText, "text follows the value", _at, 1);
        }

        ReportUnclosed();
        return value;
    }

    private void ParseBraces(FieldsDraft target)
    {
        var open = _at++;
        if (!Enter(open))
        {
            return;
        }

        ParseFields(target, open);
        target.Span = target.Span.IsKnown ? target.Span : Span(open, _at - open);
        _open.RemoveAt(_open.Count - 1);
    }

    private readonly bool Enter(int open)
    {
        _open.Add(open);
        if (_open.Count + _baseDepth <= _context.Options.MaxDepth)
        {
            return true;
        }

        _context.Fatal(ConfigErrors.TooDeep, $"brackets nest deeper than {_context.Options.MaxDepth}", Span(open, 1));
        return false;
    }

    private void ParseFields(FieldsDraft target, int open)
    {
        while (true)
        {
            SkipSpaceAndCommas();
            if (AtEnd)
            {
                NoteUnclosed(open);
                return;
            }

            switch (Now)
            {
                case (byte)'}' when open >= 0:
                    CheckIndent(open);
                    _at++;
                    return;
                case (byte)']' when open >= 0 && _openLists > 0:
                    _context.IsStructureBroken = true;
                    Error(ConfigErrors.UnclosedBracket, "\"{\" is never closed", open, 1, "add \"}\"");
                    return;
                case (byte)'}' or (byte)']':
                    _context.IsStructureBroken = true;
                    Error(ConfigErrors.StrayBracket, $"\"{(char)Now}\" closes nothing", _at, 1);
                    _at++;
                    break;
                default:
                    ParseField(target);
                    break;
            }
        }
    }

    private void ParseField(FieldsDraft target)
    {
        if (TryParseInclude(target))
        {
            return;
        }

        var start = _at;
        if (ParsePath() is not { } path)
        {
            SkipField();
            return;
        }

        var keyEnd = _at;
        SkipSpace();
        var append = false;
        switch (AtEnd ? 0 : Now)
        {
            case (byte)'{':
                break;
            case (byte)'=' or (byte)':':
                _at++;
                break;
            case (byte)'+' when _at + 1 < _bytes.Length && _bytes[_at + 1] == (byte)'=':
                append = true;
                _at += 2;
                break;
            default:
                var wrong = !AtEnd && _bytes[keyEnd.._at].IndexOf((byte)'\n') < 0 ? _at : -1;
                _at = keyEnd;
                if (wrong >= 0 && IsReserved(_bytes[wrong]))
                {
                    _at = wrong;
                    if (Now == (byte)'$')
                    {
                        ReportReferenceInKey(wrong);
                    }
                    else
                    {
                        ReportReserved(wrong, "key");
                    }
                }
                else
                {
                    Error(
                        ConfigErrors.MissingValue,
                        $"\"{Text(start, keyEnd)}\" has no value", start, keyEnd - start,
                        "write key = value or name { .. }");
                }

                SkipField();
                return;
        }

        var kind = KindOf(target, path);
        if (ParseValue(kind) is { } value)
        {
            AddField(target, path, append ? new AppendDraft(value) : value);
        }
        else
        {
            Error(ConfigErrors.MissingValue, $"\"{Text(start, keyEnd)}\" has no value", start, keyEnd - start);
        }
    }

    private static BraceKind KindOf(FieldsDraft target, KeyElement[] path)
    {
        var parentIsHandler = path.Length > 1 ? JobBlocks.IsHandler(path[^2].Name) : target is ObjectDraft { IsHandler: true };
        if (parentIsHandler && path[^1].Name == JobBlocks.Sink)
        {
            return BraceKind.HandlerSink;
        }

        if (path.Length == 1 && target is ObjectDraft { IsJobRoot: true } && JobBlocks.IsPluginBlock(path[0].Name))
        {
            return BraceKind.Block;
        }

        return JobBlocks.IsHandler(path[^1].Name) ? BraceKind.Handler : BraceKind.Object;
    }

    private readonly void AddField(FieldsDraft target, ReadOnlySpan<KeyElement> path, Draft value)
    {
        if (target is ObjectDraft { IsJobRoot: true } root && JobBlocks.IsPluginBlock(path[0].Name))
        {
            if (path.Length > 1)
            {
                var block = new BlockDraft(value.Span);
                block.Add(path[1..], value);
                value = block;
            }

            var earlier = root.Find(path[0].Name);
            if (earlier is not null)
            {
                var place = earlier.KeySpan;
                _context.Error(ConfigErrors.BlockTwice, $"\"{path[0].Name}\" is given twice, first at {place}", path[0].Span);
                if (earlier.Last is BlockDraft first && value is BlockDraft second)
                {
                    first.Entries.AddRange(second.Entries);
                }

                return;
            }

            path = path[..1];
        }

        target.Add(path, value);
    }

    // A closing brace that stands further left than the line of its opening brace usually belongs to another one.
    private void CheckIndent(int open)
    {
        if (_suspect >= 0)
        {
            return;
        }

        var indent = Indent(_at, out var isFirst);
        if (isFirst && indent < Indent(open, out _))
        {
            _suspect = open;
        }
    }

    private readonly int Indent(int at, out bool isFirst)
    {
        var line = _bytes[..at].LastIndexOf((byte)'\n') + 1;
        var end = line;
        while (end < at && _bytes[end] is (byte)' ' or (byte)'\t')
        {
            end++;
        }

        isFirst = end == at;
        return end - line;
    }

    private readonly void NoteUnclosed(int open)
    {
        if (open >= 0 && !_textIsOpen && !_context.IsStopped)
        {
            _unclosed.Add(open);
        }
    }

    private readonly void ReportUnclosed()
    {
        if (_unclosed.Count == 0)
        {
            return;
        }

        _context.IsStructureBroken = true;
        if (_unclosed.Count == 1 && _suspect >= 0)
        {
            _unclosed[0] = _suspect;
        }

        foreach (var open in _unclosed)
        {
            var closing = _bytes[open] == (byte)'{' ? '}' : ']';
            Error(ConfigErrors.UnclosedBracket, $"\"{(char)_bytes[open]}\" is never closed", open, 1, $"add \"{closing}\"");
        }
    }

    private readonly void Error(ErrorCode code, string message, int start, int length, string? fix = null) =>
        _context.Error(code, message, Span(start, length), fix);

    private readonly SourceSpan Span(int start, int length) => new(_text, start, length);
}
