namespace Seikan.Formats.Csv.Reading;

/// <summary>What <see cref="RowScanner.Read"/> found.</summary>
internal enum RowStatus
{
    /// <summary>A row.</summary>
    Row,

    /// <summary>A row of one empty field.</summary>
    Blank,

    /// <summary>The text ends inside the row and is not the last.</summary>
    NeedMore,

    /// <summary>No row is left.</summary>
    End,
}

/// <summary>What is wrong with the form of a row.</summary>
internal enum RowProblem
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A quote is never closed.</summary>
    UnclosedQuote,

    /// <summary>Text stands behind a closing quote.</summary>
    TextAfterQuote,
}

/// <summary>Where the fields of a row are.</summary>
internal sealed class FieldList
{
    private int[] _bounds = new int[64];

    /// <summary>Number of fields.</summary>
    public int Count { get; private set; }

    /// <summary>Start and end of a field, quotes included.</summary>
    public (int Start, int End) this[int field] => (_bounds[field * 2], _bounds[(field * 2) + 1]);

    /// <summary>Forgets all fields.</summary>
    public void Clear() => Count = 0;

    /// <summary>Adds a field.</summary>
    public void Add(int start, int end)
    {
        if (Count * 2 >= _bounds.Length)
        {
            Array.Resize(ref _bounds, _bounds.Length * 2);
        }

        (_bounds[Count * 2], _bounds[(Count * 2) + 1]) = (start, end);
        Count++;
    }
}

/// <summary>
/// Finds rows and fields one by one: for every grammar, and the judge of what is a row where <see cref="ByteBlock"/> meets irregular quotes.
/// A quote opens only at the start of a field.
/// </summary>
/// <param name="text">The text.</param>
/// <param name="position">Start of a row.</param>
/// <param name="isLast">Whether nothing follows the text.</param>
/// <param name="grammar">The grammar.</param>
internal ref struct RowScanner(ReadOnlySpan<byte> text, int position, bool isLast, CsvGrammar grammar)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private readonly ReadOnlySpan<byte> _delimiter = grammar.Dialect.Delimiter;
    private readonly ReadOnlySpan<byte> _rowEnd = grammar.RowEnd;
    private readonly int _quote = grammar.Dialect.Quote;
    private readonly int _escape = grammar.Dialect.Escape;
    private readonly bool _trims = grammar.TrimsCarriageReturn;
    private readonly bool _isLast = isLast;

    private enum Ending
    {
        Field,
        Row,
        Text,
        Unknown,
    }

    /// <summary>Start of the row read next.</summary>
    public int Position { get; private set; } = position;

    /// <summary>Start of the row read last.</summary>
    public int RowStart { get; private set; }

    /// <summary>End of the row read last, without its row end.</summary>
    public int RowTextEnd { get; private set; }

    /// <summary>What is wrong with it.</summary>
    public RowProblem Problem { get; private set; }

    /// <summary>Where that is.</summary>
    public int ProblemAt { get; private set; }

    /// <summary>Reads a row.</summary>
    /// <param name="fields">Takes its fields; null = not wanted.</param>
    public RowStatus Read(FieldList? fields)
    {
        fields?.Clear();
        Problem = RowProblem.None;
        RowStart = Position;
        if (Position >= _text.Length)
        {
            return _isLast ? RowStatus.End : RowStatus.NeedMore;
        }

        var at = Position;
        for (var count = 1; ; count++)
        {
            var start = at;
            var isQuoted = at < _text.Length && _text[at] == _quote;
            if (isQuoted)
            {
                at = SkipQuoted(at + 1);
                if (at < 0)
                {
                    if (!_isLast)
                    {
                        Fail(RowProblem.UnclosedQuote, start);
                        return RowStatus.NeedMore;
                    }

                    Fail(RowProblem.UnclosedQuote, start);
                    fields?.Add(start, _text.Length);
                    Position = RowTextEnd = _text.Length;
                    return RowStatus.Row;
                }
            }

            var closed = at;
            at = FindEnd(at, out var ending);
            if (ending == Ending.Unknown)
            {
                return RowStatus.NeedMore;
            }

            var end = ending == Ending.Row && _trims && at > start && _text[at - 1] == '\r' ? at - 1 : at;
            if (isQuoted && end > closed)
            {
                Fail(RowProblem.TextAfterQuote, closed);
            }

            fields?.Add(start, end);
            if (ending == Ending.Field)
            {
                at += _delimiter.Length;
                continue;
            }

            RowTextEnd = end;
            Position = ending == Ending.Row ? at + _rowEnd.Length : at;
            return count == 1 && end == start ? RowStatus.Blank : RowStatus.Row;
        }
    }

    private void Fail(RowProblem problem, int at)
    {
        if (Problem == RowProblem.None)
        {
            (Problem, ProblemAt) = (problem, at);
        }
    }

    // Behind the closing quote, or -1.
    private readonly int SkipQuoted(int at)
    {
        while (true)
        {
            var next = _escape < 0 ? _text[at..].IndexOf((byte)_quote) : _text[at..].IndexOfAny((byte)_quote, (byte)_escape);
            if (next < 0)
            {
                return -1;
            }

            at += next;
            if (_text[at] != _quote || (at + 1 < _text.Length && _text[at + 1] == _quote))
            {
                at += 2;
                if (at > _text.Length)
                {
                    return -1;
                }
            }
            else if (at + 1 >= _text.Length && !_isLast)
            {
                return -1; // the next byte may double the quote
            }
            else
            {
                return at + 1;
            }
        }
    }

    private readonly int FindEnd(int at, out Ending ending)
    {
        while (true)
        {
            var next = _escape < 0 ? _text[at..].IndexOfAny(_delimiter[0], _rowEnd[0]) : _text[at..].IndexOfAny(_delimiter[0], _rowEnd[0], (byte)_escape);
            if (next < 0)
            {
                ending = _isLast ? Ending.Text : Ending.Unknown;
                return _text.Length;
            }

            at += next;
            var rest = _text[at..];
            if (rest.StartsWith(_rowEnd))
            {
                ending = Ending.Row;
                return at;
            }

            if (rest.StartsWith(_delimiter))
            {
                ending = Ending.Field;
                return at;
            }

            // A delimiter that the text cuts.
            if (!_isLast && (rest.Length < 2 || _delimiter.StartsWith(rest) || _rowEnd.StartsWith(rest)))
            {
                ending = Ending.Unknown;
                return at;
            }

            at = Math.Min(at + (rest[0] == _escape ? 2 : 1), _text.Length);
        }
    }
}
