using Seikan.Core;

namespace Seikan.Formats.Parquet;

/// <summary>What can be wrong with Parquet files and their options.</summary>
internal static class ParquetErrors
{
    /// <summary>The file cannot be read.</summary>
    public static readonly ErrorCode Unreadable = new(
        "FMT-0211", "Parquet file cannot be read", "The file is not Parquet, is cut off, damaged or encrypted, or uses a feature the reader has not.",
        "check how the file was written, or leave it out with file_filter_pattern");

    /// <summary>A declared column is not in the file.</summary>
    public static readonly ErrorCode ColumnMissing = new(
        "FMT-0212", "column is not in the Parquet file", "A column that was declared or asked for is not in the file.",
        "leave it out of schema and read_columns, or leave the file out");

    /// <summary>A declared type does not fit the file.</summary>
    public static readonly ErrorCode TypeDiffers = new(
        "FMT-0213", "declared type does not fit the Parquet file",
        "A column was declared with a type that the file's values cannot be read as without loss.",
        "declare the type that the file has, or leave the schema out");

    /// <summary>An option that cannot be had.</summary>
    public static readonly ErrorCode OptionRefused = new(
        "FMT-0214", "Parquet option is not supported", "The library that writes Parquet cannot do what the option asks for.",
        "leave the option out");

    /// <summary>A type that Parquet cannot hold.</summary>
    public static readonly ErrorCode TypeNotWritable = new(
        "FMT-0215", "type cannot be written to Parquet", "Parquet has no rows without columns.",
        "give the row a field, or leave the column out with sink_columns");

    /// <summary>The encoder failed.</summary>
    public static readonly ErrorCode Unwritable = new(
        "FMT-0216", "Parquet file cannot be written", "The library that writes Parquet refused the rows.",
        "look at the library's own text; another codec or type may help");

    /// <summary>A map has a null key.</summary>
    public static readonly ErrorCode NullKey = new(
        "FMT-0217", "key of a map is null", "A map that is written has a null key, which Parquet has no place for.",
        "give the key a value before the sink");
}
