namespace Seikan.Formats.Parquet;

/// <summary>How pages are compressed.</summary>
internal enum ParquetCodec
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Snappy: fast, read everywhere.</summary>
    Snappy,

    /// <summary>Gzip: small and slow.</summary>
    Gzip,

    /// <summary>LZ4, as Parquet's LZ4_RAW.</summary>
    Lz4,

    /// <summary>Brotli: smallest and slowest.</summary>
    Brotli,

    /// <summary>Zstandard: small and fast.</summary>
    Zstd,

    /// <summary>LZO: known upstream, refused here since the library cannot write it.</summary>
    Lzo,
}
