using Seikan.Plugins;

namespace Seikan.Formats.Csv;

/// <summary>Which values are written in quotes.</summary>
internal enum CsvQuoteMode
{
    /// <summary>Texts that could not be read back without: with delimiters, quotes or line ends in them, and empty ones.</summary>
    Minimal,

    /// <summary>All texts.</summary>
    All,

    /// <summary>Nothing, also where the text then reads back differently.</summary>
    None,
}

/// <summary>What happens to rows with another number of fields than there are columns.</summary>
internal enum CsvRaggedRows
{
    /// <summary>Missing fields at the end are null; too many are an error.</summary>
    Pad,

    /// <summary>Missing and extra fields are an error.</summary>
    Error,

    /// <summary>Missing fields at the end are null; extra ones are left out.</summary>
    Fit,
}

/// <summary>Rows of fields with a delimiter between, in quotes where needed (RFC 4180).</summary>
/// <remarks>Without a schema, columns are found from the first 10,000 rows or 1 MiB. An empty field is null; an empty text is written as two quotes.</remarks>
[PluginOptions("csv", PluginKind.Format)]
internal sealed partial record CsvFormatOptions
{
    /// <summary>What stands between fields: one or several characters.</summary>
    /// <remarks>\t, \u0001 and \001 are understood.</remarks>
    [Option("field_delimiter")]
    [Alias("delimiter")]
    [Length(1, 64)]
    public string FieldDelimiter { get; init; } = ",";

    /// <summary>What ends a row; any line end when read and \n when written, if not given.</summary>
    [Option("row_delimiter")]
    [Length(1, 64)]
    public string? RowDelimiter { get; init; }

    /// <summary>Character around fields that hold a delimiter or a line end; empty = quotes mean nothing.</summary>
    [Option("quote_char")]
    public string QuoteChar { get; init; } = "\"";

    /// <summary>Character that takes the meaning from a quote, delimiter or line end behind it, besides a doubled quote.</summary>
    [Option("escape_char")]
    public string? EscapeChar { get; init; }

    /// <summary>Rows at the start of a file that are skipped, before a header.</summary>
    [Option("skip_header_row_number")]
    [Range(0, 1_000_000)]
    public long SkipHeaderRowNumber { get; init; }

    /// <summary>Whether the first row names the columns; found out for files without a schema, if not given.</summary>
    [Option("csv_use_header_line")]
    public bool? UseHeaderLine { get; init; }

    /// <summary>Text that means null, besides an empty field.</summary>
    [Option("null_format")]
    [Example("\"\\\\N\"")]
    public string? NullFormat { get; init; }

    /// <summary>Pattern of dates; the usual shapes are read and yyyy-MM-dd is written, if not given.</summary>
    [Option("date_format")]
    [Example("yyyy/MM/dd")]
    public string? DateFormat { get; init; }

    /// <summary>Pattern of timestamps; the usual shapes are read and ISO with a blank is written, if not given.</summary>
    [Option("datetime_format")]
    [Example("\"yyyy-MM-dd HH:mm:ss\"")]
    public string? DateTimeFormat { get; init; }

    /// <summary>Pattern of times; HH:mm:ss with a fraction where there is one, if not given.</summary>
    [Option("time_format")]
    [Example("\"HH:mm:ss\"")]
    public string? TimeFormat { get; init; }

    /// <summary>Character set of the files.</summary>
    [Option("encoding")]
    public string Encoding { get; init; } = "UTF-8";

    /// <summary>What happens to rows with too few or too many fields.</summary>
    [Option("csv_ragged_rows")]
    public CsvRaggedRows RaggedRows { get; init; }

    /// <summary>Whether the first row written names the columns.</summary>
    [Option("enable_header_write")]
    public bool EnableHeaderWrite { get; init; }

    /// <summary>Which texts are written in quotes.</summary>
    [Option("csv_string_quote_mode")]
    public CsvQuoteMode QuoteMode { get; init; }

    /// <summary>Where the options stand.</summary>
    [Block]
    public OptionBlock? Block { get; init; }
}
