using Seikan.Plugins;

namespace Seikan.Formats.Parquet;

/// <summary>Parquet files: typed columns in row groups, compressed.</summary>
[PluginOptions("parquet", PluginKind.Format)]
internal sealed partial record ParquetFormatOptions
{
    /// <summary>Compression of written pages; files that are read say theirs.</summary>
    [Option("compress_codec")]
    public ParquetCodec Codec { get; init; } = ParquetCodec.Snappy;

    /// <summary>Whether timestamps are written as INT96; refused, since the library cannot.</summary>
    [Option("parquet_avro_write_timestamp_as_int96")]
    public bool WriteTimestampAsInt96 { get; init; }

    /// <summary>Columns written as INT96; refused, since the library cannot.</summary>
    [Option("parquet_avro_write_fixed_as_int96")]
    public IReadOnlyList<string> WriteFixedAsInt96 { get; init; } = [];

    /// <summary>Rows after which a row group is closed.</summary>
    [Option("parquet_row_group_rows")]
    [Range(1, 100_000_000)]
    [Advanced]
    public int RowGroupRows { get; init; } = 131_072;

    /// <summary>Bytes of rows in memory after which a row group is closed.</summary>
    [Option("parquet_row_group_bytes")]
    [Unit("bytes")]
    [Advanced]
    public ByteSize RowGroupBytes { get; init; } = new(128L << 20);
}
