using System.Buffers;

namespace Seikan.Formats.Csv.Writing;

/// <summary>Writes texts so that they read back: in quotes where needed, quotes inside doubled or escaped.</summary>
internal sealed class FieldQuoter
{
    private readonly CsvDialect _dialect;
    private readonly SearchValues<byte> _special;
    private readonly byte[] _quoteInside;
    private readonly SearchValues<byte> _insideSpecial;

    /// <summary>Makes the quoter of a dialect.</summary>
    public FieldQuoter(CsvDialect dialect)
    {
        _dialect = dialect;
        var quote = dialect.Quote >= 0 ? [(byte)dialect.Quote] : Array.Empty<byte>();
        var escape = dialect.Escape >= 0 ? [(byte)dialect.Escape] : Array.Empty<byte>();
        _quoteInside = escape.Length > 0 ? escape : quote;
        _special = SearchValues.Create([.. "\r\n"u8, dialect.Delimiter[0], .. dialect.RowEnd is { } end ? [end[0]] : Array.Empty<byte>(), .. quote, .. escape]);
        _insideSpecial = SearchValues.Create([.. quote, .. escape]);
    }

    /// <summary>Most bytes that a text of so many can take.</summary>
    public static int MaxBytes(int textBytes) => (textBytes * 2) + 2;

    /// <summary>Whether plain values, numbers and dates, may need quotes too: a delimiter or the text of null is made of their characters.</summary>
    public bool ConcernsPlainValues => _dialect.NullText is { } nullText && IsPlain(nullText) || IsPlain(_dialect.Delimiter) || (_dialect.RowEnd is { } end && IsPlain(end))
        || _dialect.Quote >= 0 && IsPlain([(byte)_dialect.Quote]) || _dialect.Escape >= 0 && IsPlain([(byte)_dialect.Escape])
        || _dialect.Date is not null || _dialect.DateTime is not null || _dialect.Time is not null;

    /// <summary>Whether none of many texts, one behind the other, needs quotes; empty ones may still.</summary>
    public bool AreAllPlain(ReadOnlySpan<byte> texts) =>
        _dialect.Options.QuoteMode == CsvQuoteMode.Minimal && _dialect.NullText is null && texts.IndexOfAny(_special) < 0 && texts.IndexOf(ByteOrderMark) < 0;

    /// <summary>Writes a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isText">Whether it is a text of the user, not a number or date.</param>
    /// <param name="to">Room for <see cref="MaxBytes"/>.</param>
    /// <returns>Bytes written.</returns>
    public int Write(ReadOnlySpan<byte> text, bool isText, Span<byte> to)
    {
        var mode = _dialect.Options.QuoteMode;
        if (_dialect.Quote < 0 || mode == CsvQuoteMode.None || !(NeedsQuotes(text) || (isText && mode == CsvQuoteMode.All)))
        {
            text.CopyTo(to);
            return text.Length;
        }

        to[0] = (byte)_dialect.Quote;
        var used = 1;
        while (text.IndexOfAny(_insideSpecial) is var next && next >= 0)
        {
            text[..next].CopyTo(to[used..]);
            used += next;
            to[used++] = _quoteInside[0];
            to[used++] = text[next];
            text = text[(next + 1)..];
        }

        text.CopyTo(to[used..]);
        used += text.Length;
        to[used] = (byte)_dialect.Quote;
        return used + 1;
    }

    // A text at the start of a file that begins with the mark would lose it: readers take it for the file's own.
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private bool NeedsQuotes(ReadOnlySpan<byte> text) =>
        text.IsEmpty || text.IndexOfAny(_special) >= 0 || text.StartsWith(ByteOrderMark) || (_dialect.NullText is { } nullText && text.SequenceEqual(nullText));

    private static bool IsPlain(byte[] text) => text.AsSpan().IndexOfAnyInRange((byte)'0', (byte)'9') >= 0 || text.AsSpan().ContainsAny("+-.: "u8) || text.AsSpan().IndexOfAnyInRange((byte)'A', (byte)'z') >= 0;
}
