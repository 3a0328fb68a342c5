using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Connectors.Files.Reading;

/// <summary>Which files to read, and how, for one table.</summary>
internal abstract partial record FileReadOptions : SourceOptions
{
    /// <summary>A file, or a folder that is read with all folders below it.</summary>
    [Option("path")]
    [Example("data/people.csv")]
    [Length(1)]
    public string? Path { get; init; }

    /// <summary>Format of the files.</summary>
    [Option("file_format_type")]
    [Example("csv")]
    [NamesPlugin(PluginKind.Format)]
    public string? FileFormatType { get; init; }

    /// <summary>Columns of the files; found in the files when not given.</summary>
    [Option("schema")]
    public SchemaSpec? Schema { get; init; }

    /// <summary>Columns to read, in this order; all when not given.</summary>
    [Option("read_columns")]
    [Length(1)]
    public IReadOnlyList<string>? ReadColumns { get; init; }

    /// <summary>Whether folders named k=v become text columns at the end.</summary>
    [Option("parse_partition_from_path")]
    public bool ParsePartitionFromPath { get; init; } = true;

    /// <summary>Parts of a path, such as day=1; only files below one of them are read.</summary>
    [Option("read_partitions")]
    public IReadOnlyList<string>? ReadPartitions { get; init; }

    /// <summary>Regular expression for the whole name of a file, or for its whole path when it starts with path.</summary>
    [Option("file_filter_pattern")]
    public string? FileFilterPattern { get; init; }

    /// <summary>End of the names of files to read.</summary>
    [Option("filename_extension")]
    [Example("csv")]
    public string? FilenameExtension { get; init; }

    /// <summary>Files changed before this time are left out.</summary>
    [Option("file_filter_modified_start")]
    [Example("\"2026-01-31 00:00:00\"")]
    public string? ModifiedStart { get; init; }

    /// <summary>Files changed at this time or later are left out.</summary>
    [Option("file_filter_modified_end")]
    [Example("\"2026-02-01 00:00:00\"")]
    public string? ModifiedEnd { get; init; }

    /// <summary>Whether large files are read by several readers; when not given, if there are several readers.</summary>
    [Option("enable_file_split")]
    public bool? EnableFileSplit { get; init; }

    /// <summary>About how large the parts of a file are.</summary>
    [Option("file_split_size")]
    [Unit("bytes")]
    [Range(4096, 1e15)]
    public ByteSize FileSplitSize { get; init; } = new(128 << 20);

    /// <summary>Whether a folder without files is an error; else the table is empty and needs a schema.</summary>
    [Option("fail_on_empty_folder")]
    public bool FailOnEmptyFolder { get; init; } = true;

    /// <summary>Archive that files are taken out of.</summary>
    [Option("archive_compress_codec")]
    [Pattern("(?i)none", "NONE, the only one so far")]
    public string? ArchiveCompressCodec { get; init; }

    /// <summary>Sheet of a workbook.</summary>
    [Option("sheet_name")]
    [NotSupportedYet("remove sheet_name: excel files cannot be read yet")]
    public string? SheetName { get; init; }

    /// <summary>Reader of workbooks.</summary>
    [Option("excel_engine")]
    [NotSupportedYet("remove excel_engine: excel files cannot be read yet")]
    public string? ExcelEngine { get; init; }

    /// <summary>Element of a row.</summary>
    [Option("xml_row_tag")]
    [NotSupportedYet("remove xml_row_tag: xml files cannot be read yet")]
    public string? XmlRowTag { get; init; }

    /// <summary>Whether values are attributes.</summary>
    [Option("xml_use_attr_format")]
    [NotSupportedYet("remove xml_use_attr_format: xml files cannot be read yet")]
    public string? XmlUseAttrFormat { get; init; }

    /// <summary>Bytes of a row of a binary file.</summary>
    [Option("binary_chunk_size")]
    [NotSupportedYet("remove binary_chunk_size: binary files cannot be read yet")]
    public string? BinaryChunkSize { get; init; }

    /// <summary>Whether a binary file is one row.</summary>
    [Option("binary_complete_file_mode")]
    [NotSupportedYet("remove binary_complete_file_mode: binary files cannot be read yet")]
    public string? BinaryCompleteFileMode { get; init; }

    /// <summary>Whether only changed files are copied.</summary>
    [Option("sync_mode")]
    [Pattern("(?i)full", "full, the only one so far")]
    public string? SyncMode { get; init; }

    /// <summary>Where copied files go.</summary>
    [Option("target_path")]
    [NotSupportedYet("remove target_path: copying of changed files is not there yet")]
    public string? TargetPath { get; init; }

    /// <summary>Settings of the file system that copied files go to.</summary>
    [Option("target_hadoop_conf")]
    [NotSupportedYet("remove target_hadoop_conf: copying of changed files is not there yet")]
    public ConfigNode? TargetHadoopConf { get; init; }

    /// <summary>How changed files are found.</summary>
    [Option("update_strategy")]
    [NotSupportedYet("remove update_strategy: copying of changed files is not there yet")]
    public string? UpdateStrategy { get; init; }

    /// <summary>How files are compared.</summary>
    [Option("compare_mode")]
    [NotSupportedYet("remove compare_mode: copying of changed files is not there yet")]
    public string? CompareMode { get; init; }

    /// <summary>Where the options stand.</summary>
    [Block]
    public OptionBlock? Block { get; init; }
}
