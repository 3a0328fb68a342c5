using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using Seikan.Core;

namespace Seikan.Config;

/// <summary>Recursive descent over JSON. Habits of HOCON are recognised, reported and read on.</summary>
internal ref struct JsonParser
{
    private static readonly SearchValues<byte> WordEnds = SearchValues.Create(" \t\r\n,:{}[]\""u8);

    private readonly SourceText _text;
    private readonly ReadContext _context;
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly TextPass _pass;
    private int _at;
    private int _depth;

    /// <summary>Makes a parser of one document.</summary>
    /// <param name="text">The document; valid UTF-8.</param>
    /// <param name="context">Gets the problems.</param>
    /// <param name="depth">Brackets around an include.</param>
    public JsonParser(SourceText text, ReadContext context, int depth)
    {
        _text = text;
        _context = context;
        _bytes = text.Utf8.Span;
        _pass = new TextPass(context);
        _depth = depth;
        _at = _bytes is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0;
    }

    private readonly bool AtEnd => _at >= _bytes.Length || _context.IsStopped;

    private readonly byte Now => _bytes[_at];

    /// <summary>Reads the whole document; null when it is not an object.</summary>
    public ConfigObject? ParseDocument()
    {
        SkipSpace();
        if (AtEnd || Now != (byte)'{')
        {
            _context.IsStructureBroken = true;
            Error(AtEnd ? "the text is empty" : "the text does not start with \"{\"", _at, AtEnd ? 0 : 1);
            return null;
        }

        var isSection = _depth == 0;
        var result = ParseObject(isSection);
        SkipSpace();
        if (!AtEnd)
        {
            _context.IsStructureBroken = true;
            Error("text follows the closing brace of the document", _at, 1, "remove it");
        }

        return result;
    }

    private ConfigNode? ParseValue()
    {
        var start = _at;
        switch (Now)
        {
            case (byte)'{':
                return ParseObject(false);
            case (byte)'[':
                return ParseList();
            case (byte)'"':
                var text = QuotedText.Read(_context, _text, ref _at);
                var span = Span(start, _at - start);
                return new ConfigScalar(_pass.Apply(text, span), ScalarKind.QuotedText, span);
            case (byte)',' or (byte)':' or (byte)'}' or (byte)']':
                Error($"a value is missing before \"{(char)Now}\"", _at, 1, "add the value");
                return null;
            default:
                var step = _bytes[_at..].IndexOfAny(WordEnds);
                _at = step < 0 ? _bytes.Length : _at + Math.Max(step, 1);
                var word = _bytes[start.._at];
                var kind = BareText.KindOf(word);
                if (kind == ScalarKind.BareText)
                {
                    Error($"\"{Encoding.UTF8.GetString(word)}\" is not a JSON value", start, _at - start, "write text in double quotes");
                }

                return new ConfigScalar(Encoding.UTF8.GetString(word), kind, Span(start, _at - start));
        }
    }

    private ConfigObject ParseObject(bool isSection)
    {
        var open = _at++;
        var fields = ImmutableArray.CreateBuilder<ConfigField>();
        if (!Enter(open))
        {
            return new ConfigObject([], Span(open, 1));
        }

        Dictionary<string, SourceSpan> seen = new(StringComparer.Ordinal);
        while (NextItem(open, (byte)'}', fields.Count > 0))
        {
            var start = _at;
            if (ParseKey() is not { } key)
            {
                continue;
            }

            var keySpan = Span(start, _at - start);
            SkipSpace();
            if (AtEnd || Now != (byte)':')
            {
                Error($"key \"{key}\" is not followed by \":\"", keySpan.Start, keySpan.Length, "write \"key\": value");
                if (AtEnd || Now is (byte)',' or (byte)'}' or (byte)']')
                {
                    continue;
                }
            }

            _at += Now is (byte)':' or (byte)'=' ? 1 : 0;
            SkipSpace();
            if (AtEnd)
            {
                continue;
            }

            if (isSection)
            {
                _context.IsInSink = key == JobBlocks.Sink;
            }

            var value = ParseValue();
            if (seen.TryGetValue(key, out var first))
            {
                _context.Error(ConfigErrors.DuplicateKey, $"key \"{key}\" is given twice, first at {first}", keySpan);
            }
            else if (value is not null)
            {
                seen.Add(key, keySpan);
                fields.Add(new ConfigField(key, keySpan, value));
            }
        }

        _depth--;
        return new ConfigObject(fields.DrainToImmutable(), Span(open, _at - open));
    }

    private ConfigList ParseList()
    {
        var open = _at++;
        if (!Enter(open))
        {
            return new ConfigList([], Span(open, 1));
        }

        var items = ImmutableArray.CreateBuilder<ConfigNode>();
        while (NextItem(open, (byte)']', items.Count > 0))
        {
            var before = _at;
            if (ParseValue() is { } value)
            {
                items.Add(value);
            }
            else if (_at == before)
            {
                _at++;
            }
        }

        _depth--;
        return new ConfigList(items.DrainToImmutable(), Span(open, _at - open));
    }

    // Moves to the next key or element; false behind the closing bracket, or where none can come.
    private bool NextItem(int open, byte close, bool hasItems)
    {
        SkipSpace();
        var comma = -1;
        while (!AtEnd && Now == (byte)',')
        {
            if (comma >= 0 || !hasItems)
            {
                Error("a value is missing before \",\"", _at, 1, "remove the comma");
            }

            comma = _at++;
            SkipSpace();
        }

        if (AtEnd)
        {
            if (!_context.IsStopped)
            {
                _context.IsStructureBroken = true;
                _context.Error(
                    ConfigErrors.UnclosedBracket, $"\"{(char)_bytes[open]}\" is never closed", Span(open, 1), $"add \"{(char)close}\"");
            }

            return false;
        }

        if (Now == close)
        {
            if (comma >= 0 && hasItems)
            {
                Error($"nothing follows the comma before \"{(char)close}\"", comma, 1, "remove the comma");
            }

            _at++;
            return false;
        }

        if (Now is (byte)'}' or (byte)']')
        {
            _context.IsStructureBroken = true;
            _context.Error(
                ConfigErrors.UnclosedBracket, $"\"{(char)_bytes[open]}\" is never closed", Span(open, 1), $"add \"{(char)close}\"");
            if (_depth == 1)
            {
                _at = _bytes.Length;
            }

            return false;
        }

        if (hasItems && comma < 0)
        {
            Error("a comma is missing before this", _at, 1, "add the comma");
        }

        return true;
    }

    private string? ParseKey()
    {
        var start = _at;
        if (Now == (byte)'"')
        {
            return QuotedText.Read(_context, _text, ref _at);
        }

        var step = _bytes[_at..].IndexOfAny(WordEnds);
        _at = step < 0 ? _bytes.Length : _at + Math.Max(step, 1);
        Error(
            $"a key in double quotes is expected, not \"{Encoding.UTF8.GetString(_bytes[start.._at])}\"", start, _at - start, "write keys in double quotes");
        if (step > 0)
        {
            return Encoding.UTF8.GetString(_bytes[start.._at]);
        }

        return null;
    }

    private bool Enter(int open)
    {
        if (++_depth <= _context.Options.MaxDepth)
        {
            return true;
        }

        _context.Fatal(ConfigErrors.TooDeep, $"brackets nest deeper than {_context.Options.MaxDepth}", Span(open, 1));
        return false;
    }

    private void SkipSpace()
    {
        while (!AtEnd)
        {
            if (Now is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                _at++;
            }
            else if (Now == (byte)'#' || (Now == (byte)'/' && _at + 1 < _bytes.Length && _bytes[_at + 1] == (byte)'/'))
            {
                Error("JSON has no comments", _at, 1, "remove it, or give the file the ending .conf to write HOCON");
                var step = _bytes[_at..].IndexOf((byte)'\n');
                _at = step < 0 ? _bytes.Length : _at + step;
            }
            else
            {
                return;
            }
        }
    }

    private readonly void Error(string message, int start, int length, string? fix = null) =>
        _context.Error(ConfigErrors.BadJson, message, Span(start, length), fix);

    private readonly SourceSpan Span(int start, int length) => new(_text, start, length);
}
