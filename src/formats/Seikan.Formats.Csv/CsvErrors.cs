using Seikan.Core;

namespace Seikan.Formats.Csv;

/// <summary>What can be wrong with csv files.</summary>
internal static class CsvErrors
{
    /// <summary>A value that is not of its column's type.</summary>
    public static readonly ErrorCode BadValue = new(
        "FMT-0001", "value is not of the column's type", "A field of a csv file cannot be read as the type of its column.",
        "correct the file, or declare the column as string in \"schema\"");

    /// <summary>A null in a column without nulls.</summary>
    public static readonly ErrorCode NullValue = new(
        "FMT-0002", "field is empty and the column takes no nulls", "An empty field means null, and the column is declared with nullable = false.",
        "fill the field, or let the column be nullable");

    /// <summary>A row with too many or too few fields.</summary>
    public static readonly ErrorCode FieldCount = new(
        "FMT-0003", "row has another number of fields than there are columns", "A row of a csv file has more fields than the file has columns, or fewer and csv_ragged_rows = error.",
        "correct the row, check \"field_delimiter\" and quotes, or set csv_ragged_rows = fit");

    /// <summary>A quote that is never closed.</summary>
    public static readonly ErrorCode UnclosedQuote = new(
        "FMT-0004", "quote is never closed", "A field starts with a quote, and the file (or 64 MiB of it) ends before the closing one.",
        "close the quote, or set quote_char = \"\" when quotes mean nothing in the file");

    /// <summary>Text between a closing quote and the next delimiter.</summary>
    public static readonly ErrorCode TextAfterQuote = new(
        "FMT-0005", "text follows a closing quote", "A field in quotes goes on behind its closing quote.",
        "double the quotes inside the field, or set \"escape_char\" when the file escapes them");

    /// <summary>Bytes that are no text.</summary>
    public static readonly ErrorCode InvalidText = new(
        "FMT-0006", "bytes are not text of the encoding", "A file holds bytes that its encoding does not have.",
        "set \"encoding\" to what the file is written in, such as ISO-8859-1 or GBK");

    /// <summary>Not a text file at all.</summary>
    public static readonly ErrorCode Binary = new(
        "FMT-0007", "file is not text", "A file read as csv holds zero bytes, as no text in UTF-8 does.",
        "check \"path\" and \"file_format_type\"; for UTF-16 set encoding = \"UTF-16\"");

    /// <summary>A row that does not fit into memory.</summary>
    public static readonly ErrorCode RowTooLarge = new(
        "FMT-0008", "row is too large", "A row of a csv file is longer than 64 MiB.", "check \"row_delimiter\" and quotes");

    /// <summary>A column that the header does not have.</summary>
    public static readonly ErrorCode HeaderLacksColumn = new(
        "FMT-0009", "header lacks a column", "csv_use_header_line maps columns by name, and a column of the schema is not in the header of a file.",
        "name the column as the header does, or leave csv_use_header_line out to map by position");

    /// <summary>A file without the header it must have.</summary>
    public static readonly ErrorCode NoHeader = new(
        "FMT-0010", "file has no header row", "csv_use_header_line is set and the file ends before a header.", "check \"skip_header_row_number\" and the file");

    /// <summary>A range that does not end with a row.</summary>
    public static readonly ErrorCode CutInsideRow = new(
        "FMT-0011", "part of a file does not end with a row", "A file was cut into parts for several readers, and a part ends inside a row: the file changed, or its quotes are irregular.",
        "do not change files while they are read, or set enable_file_split = false");

    /// <summary>An option that does not hold one ASCII character.</summary>
    public static readonly ErrorCode NotOneCharacter = new(
        "FMT-0012", "not a single character", "quote_char and escape_char take one ASCII character that is no letter or digit.", "write one character, such as \"'\"");

    /// <summary>Characters of the dialect that cannot be told apart.</summary>
    public static readonly ErrorCode Ambiguous = new(
        "FMT-0013", "delimiters cannot be told apart", "Field delimiter, row delimiter, quote and escape must differ.", "use different characters");

    /// <summary>An unknown character set.</summary>
    public static readonly ErrorCode UnknownEncoding = new(
        "FMT-0014", "encoding is unknown", "There is no character set of this name.", "use a name such as UTF-8, UTF-16, ISO-8859-1, windows-1252, GBK or GB18030");

    /// <summary>A pattern that cannot be used.</summary>
    public static readonly ErrorCode BadPattern = new(
        "FMT-0015", "date or time pattern cannot be used", "A pattern has letters that are not supported, or lacks what its type needs.", "use letters yyyy MM dd HH mm ss S");

    /// <summary>A character that the wanted encoding does not have.</summary>
    public static readonly ErrorCode CannotEncode = new(
        "FMT-0016", "character is not in the encoding", "A text holds a character that the encoding of the file to be written does not have.", "write UTF-8");

    /// <summary>A file without any row to find columns in.</summary>
    public static readonly ErrorCode NothingToInfer = new(
        "FMT-0017", "file has no row to find columns in", "No schema is declared and the file holds no row.", "declare \"schema\"");
}
