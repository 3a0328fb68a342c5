using System.Text;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Formats.Csv;

/// <summary>The options of the format, checked and turned into bytes.</summary>
internal sealed record CsvDialect
{
    /// <summary>Between fields.</summary>
    public byte[] Delimiter { get; private init; } = ","u8.ToArray();

    /// <summary>Ends a row; null = line ends as the file has them, \n when written.</summary>
    public byte[]? RowEnd { get; private init; }

    /// <summary>The quote, or -1.</summary>
    public int Quote { get; private init; } = '"';

    /// <summary>The escape character, or -1. A doubled quote always works.</summary>
    public int Escape { get; private init; } = -1;

    /// <summary>Text that means null besides an empty field; null = none.</summary>
    public byte[]? NullText { get; private init; }

    /// <summary>Pattern of dates; null = the usual shapes.</summary>
    public TemporalPattern? Date { get; private init; }

    /// <summary>Pattern of timestamps; null = the usual shapes.</summary>
    public TemporalPattern? DateTime { get; private init; }

    /// <summary>Pattern of times; null = the usual shapes.</summary>
    public TemporalPattern? Time { get; private init; }

    /// <summary>Character set of the files; null = UTF-8.</summary>
    public Encoding? Encoding { get; private init; }

    /// <summary>The options as bound.</summary>
    public required CsvFormatOptions Options { get; init; }

    /// <summary>Checks the options; problems go to the context, and what is wrong then has its default.</summary>
    public static CsvDialect Create(CsvFormatOptions options, IPluginContext context)
    {
        var problems = new Problems(options.Block, context);
        var delimiter = Bytes(options.FieldDelimiter);
        var rowEnd = options.RowDelimiter is { } r ? Bytes(r) : null;
        var quote = problems.OneCharacter(options.QuoteChar, "quote_char");
        var escape = problems.OneCharacter(options.EscapeChar, "escape_char");
        if (rowEnd is [(byte)'\n'] or [(byte)'\r', (byte)'\n'])
        {
            rowEnd = null; // any line end, as without the option
        }

        var ends = rowEnd ?? "\n\r"u8.ToArray();
        if (delimiter.AsSpan().IndexOfAny(ends) >= 0 || delimiter.Contains((byte)'\0') || Holds(delimiter, quote) || Holds(delimiter, escape) || Holds(ends, quote) || Holds(ends, escape))
        {
            problems.Add(CsvErrors.Ambiguous, $"\"field_delimiter\" {Show(options.FieldDelimiter)} cannot be told from the row delimiter, the quote or the escape character", "field_delimiter");
        }

        return new CsvDialect
        {
            Options = options,
            Delimiter = delimiter,
            RowEnd = rowEnd,
            Quote = quote,
            Escape = escape == quote ? -1 : escape,
            NullText = string.IsNullOrEmpty(options.NullFormat) ? null : System.Text.Encoding.UTF8.GetBytes(options.NullFormat),
            Date = problems.Pattern(options.DateFormat, "date_format", p => p.HasDate, "a date"),
            DateTime = problems.Pattern(options.DateTimeFormat, "datetime_format", p => p.HasDate, "a date"),
            Time = problems.Pattern(options.TimeFormat, "time_format", p => p.HasTime, "a time"),
            Encoding = problems.Charset(options.Encoding),
        };
    }

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(DelimiterText.Unescape(text));

    private static bool Holds(byte[] bytes, int wanted) => wanted >= 0 && bytes.AsSpan().Contains((byte)wanted);

    private static string Show(string text) => $"\"{text.Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal)}\"";

    /// <summary>Reads single options and reports what is wrong with them.</summary>
    private sealed class Problems(OptionBlock? block, IPluginContext context)
    {
        public void Add(ErrorCode code, string message, string key, string? fix = null)
        {
            if (block is not null)
            {
                block.ErrorAt(code, message, key, fix);
            }
            else
            {
                context.Diagnostics.Add(new Diagnostic(code, message) { Path = context.Place, Fix = fix });
            }
        }

        public int OneCharacter(string? text, string key)
        {
            if (string.IsNullOrEmpty(text))
            {
                return -1;
            }

            var meant = DelimiterText.Unescape(text);
            if (meant.Length == 1 && char.IsAscii(meant[0]) && !char.IsAsciiLetterOrDigit(meant[0]) && meant[0] is not ('\0' or '\n' or '\r'))
            {
                return meant[0];
            }

            Add(CsvErrors.NotOneCharacter, $"\"{key}\" is \"{text}\", not one ASCII character other than letters and digits", key);
            return -1;
        }

        public TemporalPattern? Pattern(string? text, string key, Func<TemporalPattern, bool> isEnough, string needed)
        {
            if (text is null)
            {
                return null;
            }

            if (TemporalPattern.Compile(text, out var problem) is not { } pattern)
            {
                Add(CsvErrors.BadPattern, $"\"{key}\" cannot be used: {problem}", key);
                return null;
            }

            if (!isEnough(pattern))
            {
                Add(CsvErrors.BadPattern, $"\"{key}\" is \"{text}\", which does not hold {needed}", key);
            }

            return pattern;
        }

        public Encoding? Charset(string name)
        {
            if (name.Equals("UTF-8", StringComparison.OrdinalIgnoreCase) || name.Equals("UTF8", StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }

            try
            {
                return CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
                    ?? System.Text.Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
            }
            catch (Exception e) when (e is ArgumentException or NotSupportedException)
            {
                Add(CsvErrors.UnknownEncoding, $"there is no encoding \"{name}\"", "encoding");
                return null;
            }
        }
    }
}

/// <summary>A dialect and the row end of one file.</summary>
/// <param name="Dialect">The dialect.</param>
/// <param name="RowEnd">Ends a row.</param>
/// <param name="TrimsCarriageReturn">Whether a carriage return before the row end belongs to it.</param>
internal sealed record CsvGrammar(CsvDialect Dialect, byte[] RowEnd, bool TrimsCarriageReturn)
{
    /// <summary>Whether single bytes separate everything and only quotes hide them, so that fields can be found 64 bytes at a time.</summary>
    public bool IsSimple { get; } = Dialect.Delimiter.Length == 1 && RowEnd.Length == 1 && Dialect.Escape < 0;

    /// <summary>What lines are counted by: \n, or \r in files that end rows with it.</summary>
    public byte LineEnd { get; } = RowEnd is [(byte)'\r'] ? (byte)'\r' : (byte)'\n';

    /// <summary>The grammar of a file, from how it starts.</summary>
    public static CsvGrammar Of(CsvDialect dialect, ReadOnlySpan<byte> start) =>
        dialect.RowEnd is { } given ? new CsvGrammar(dialect, given, false)
        : !start.Contains((byte)'\n') && start.IndexOf((byte)'\r') is var cr && cr >= 0 && cr < start.Length - 1 ? new CsvGrammar(dialect, "\r"u8.ToArray(), false)
        : new CsvGrammar(dialect, "\n"u8.ToArray(), true);
}
