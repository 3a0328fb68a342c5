using Seikan.Plugins;

namespace Seikan.Connectors.Files.Writing;

/// <summary>What happens to the folder before rows come.</summary>
internal enum SchemaSaveMode
{
    /// <summary>The folder is emptied and made anew.</summary>
    RecreateSchema,

    /// <summary>The folder is made when it does not exist.</summary>
    CreateSchemaWhenNotExist,

    /// <summary>A missing folder is an error.</summary>
    ErrorWhenSchemaNotExist,

    /// <summary>Nothing; the folder is made with the first file.</summary>
    Ignore,
}

/// <summary>What happens to files that are there already.</summary>
internal enum DataSaveMode
{
    /// <summary>They stay.</summary>
    AppendData,

    /// <summary>They are removed.</summary>
    DropData,

    /// <summary>They are an error.</summary>
    ErrorWhenDataExists,
}

/// <summary>Writes files on this machine; they get their names when the job has succeeded, never before.</summary>
/// <remarks>Row kinds are dropped: every row is written as it is. Options of the format stand beside these; see the page of the format.</remarks>
[PluginOptions("LocalFile", PluginKind.Sink)]
internal sealed partial record LocalFileSinkOptions : SinkOptions
{
    /// <summary>Folder for the files; may hold ${database_name}, ${schema_name}, ${table_name} and ${now}.</summary>
    [Option("path")]
    [Example("out/people")]
    [Length(1)]
    public required string Path { get; init; }

    /// <summary>Format of the files.</summary>
    [Option("file_format_type")]
    [NamesPlugin(PluginKind.Format)]
    public string FileFormatType { get; init; } = "csv";

    /// <summary>Folder for unfinished files, on the same file system; .seikan-tmp below path when not given.</summary>
    [Option("tmp_path")]
    public string? TmpPath { get; init; }

    /// <summary>Whether file_name_expression makes the names.</summary>
    [Option("custom_filename")]
    public bool CustomFilename { get; init; }

    /// <summary>Start of file names; may hold ${transactionId}, ${now} and ${uuid}.</summary>
    [Option("file_name_expression")]
    public string FileNameExpression { get; init; } = "${transactionId}";

    /// <summary>Pattern of ${now}.</summary>
    [Option("filename_time_format")]
    public string FilenameTimeFormat { get; init; } = "yyyy.MM.dd";

    /// <summary>End of file names; the format's own when not given.</summary>
    [Option("filename_extension")]
    public string? FilenameExtension { get; init; }

    /// <summary>Whether rows are spread over folders by the values of partition_by.</summary>
    [Option("have_partition")]
    public bool HavePartition { get; init; }

    /// <summary>Columns that decide the folder of a row.</summary>
    [Option("partition_by")]
    [RequiredWhen(nameof(HavePartition), true)]
    [Length(1)]
    public IReadOnlyList<string>? PartitionBy { get; init; }

    /// <summary>Folders of a row; k0 and v0 are the first column of partition_by and its value.</summary>
    [Option("partition_dir_expression")]
    public string PartitionDirExpression { get; init; } = "${k0}=${v0}/${k1}=${v1}/.../${kn}=${vn}/";

    /// <summary>Whether the columns of partition_by stand in the files too.</summary>
    [Option("is_partition_field_write_in_file")]
    public bool IsPartitionFieldWriteInFile { get; init; }

    /// <summary>Columns to write, in this order; all when not given.</summary>
    [Option("sink_columns")]
    [Length(1)]
    public IReadOnlyList<string>? SinkColumns { get; init; }

    /// <summary>Whether files appear only when the job has succeeded; always so.</summary>
    [Option("is_enable_transaction")]
    public bool IsEnableTransaction { get; init; } = true;

    /// <summary>Rows after which a new file begins.</summary>
    [Option("batch_size")]
    [Range(1, 1e15)]
    public long BatchSize { get; init; } = 1_000_000;

    /// <summary>Bytes after which a new file begins; looked at after each batch of rows.</summary>
    [Option("max_file_bytes")]
    [Unit("bytes")]
    [Range(1024, 1e18)]
    public ByteSize? MaxFileBytes { get; init; }

    /// <summary>Whether each writer makes one file, however large.</summary>
    [Option("single_file_mode")]
    public bool SingleFileMode { get; init; }

    /// <summary>Whether a table without rows makes a file without rows.</summary>
    [Option("create_empty_file_when_no_data")]
    public bool CreateEmptyFileWhenNoData { get; init; }

    /// <summary>What happens to the folder before rows come.</summary>
    [Option("schema_save_mode")]
    public SchemaSaveMode SchemaSaveMode { get; init; } = SchemaSaveMode.CreateSchemaWhenNotExist;

    /// <summary>What happens to files that are there already.</summary>
    [Option("data_save_mode")]
    public DataSaveMode DataSaveMode { get; init; } = DataSaveMode.AppendData;

    /// <summary>Rows of a workbook kept in memory.</summary>
    [Option("max_rows_in_memory")]
    [NotSupportedYet("remove max_rows_in_memory: excel files cannot be written yet")]
    public string? MaxRowsInMemory { get; init; }

    /// <summary>Sheet of a workbook.</summary>
    [Option("sheet_name")]
    [NotSupportedYet("remove sheet_name: excel files cannot be written yet")]
    public string? SheetName { get; init; }

    /// <summary>Rows of a sheet.</summary>
    [Option("sheet_max_rows")]
    [NotSupportedYet("remove sheet_max_rows: excel files cannot be written yet")]
    public string? SheetMaxRows { get; init; }

    /// <summary>Outermost element.</summary>
    [Option("xml_root_tag")]
    [NotSupportedYet("remove xml_root_tag: xml files cannot be written yet")]
    public string? XmlRootTag { get; init; }

    /// <summary>Element of a row.</summary>
    [Option("xml_row_tag")]
    [NotSupportedYet("remove xml_row_tag: xml files cannot be written yet")]
    public string? XmlRowTag { get; init; }

    /// <summary>Whether values are attributes.</summary>
    [Option("xml_use_attr_format")]
    [NotSupportedYet("remove xml_use_attr_format: xml files cannot be written yet")]
    public string? XmlUseAttrFormat { get; init; }

    /// <summary>Whether the two halves of an update become one record.</summary>
    [Option("merge_update_event")]
    [NotSupportedYet("remove merge_update_event: change formats cannot be written yet")]
    public string? MergeUpdateEvent { get; init; }

    /// <summary>Where the options stand.</summary>
    [Block]
    public OptionBlock? Block { get; init; }
}
