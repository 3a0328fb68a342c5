using System.Collections.Immutable;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Connectors.Files.Writing;

/// <summary>Writes files on this machine.</summary>
internal sealed class LocalFileSink : ISink, IPlugin<LocalFileSink, LocalFileSinkOptions>
{
    private const string HiddenFolder = ".seikan-tmp";
    private readonly LocalFileSinkOptions _options;
    private readonly IFileFormat? _format;
    private readonly IPluginContext _context;
    private readonly Dictionary<TablePath, FileLayoutPlan> _plans = [];

    private LocalFileSink(LocalFileSinkOptions options, IFileFormat? format, IPluginContext context)
    {
        (_options, _format, _context) = (options, format, context);
        Delivery = new Delivery.TwoPhase(
            writer => new FileWriter(this, options, format!, writer, context),
            committer => new FileCommitter(this, committer, context.Place));
    }

    /// <inheritdoc/>
    public int BlockingThreads => 0;

    /// <inheritdoc/>
    public bool AllowsLanes => true;

    /// <inheritdoc/>
    public Delivery Delivery { get; }

    /// <summary>The layout of every table.</summary>
    public ImmutableArray<FileLayoutPlan> Plans
    {
        get
        {
            lock (_plans)
            {
                return [.. _plans.Values];
            }
        }
    }

    /// <summary>End of file names, with the dot.</summary>
    public string Extension => _options.FilenameExtension is { } asked ? "." + asked.TrimStart('.') : _format!.Extension;

    /// <inheritdoc/>
    public static LocalFileSink Create(LocalFileSinkOptions options, IPluginContext context)
    {
        var block = options.Block ?? OptionBlock.Empty;
        if (!options.IsEnableTransaction)
        {
            block.ErrorAt(OptionErrors.NotSupported, "\"is_enable_transaction\" can only be true", "is_enable_transaction", "remove is_enable_transaction");
        }

        if (options.PartitionBy is not null && !options.HavePartition)
        {
            context.Diagnostics.Add(new Diagnostic(OptionErrors.Together, "\"partition_by\" has no effect without have_partition = true")
            {
                Severity = Severity.Warning, Path = context.Place, Span = block.Find("partition_by")?.Value.Span ?? default, Fix = "add have_partition = true",
            });
        }

        if (TemporalPattern.Compile(options.FilenameTimeFormat, out var problem) is null)
        {
            block.ErrorAt(FileErrors.BadTimePattern, $"\"filename_time_format\" cannot be used: {problem}", "filename_time_format");
        }

        FormatChoice.WarnAbout(["skip_header_row_number", "csv_use_header_line", "csv_ragged_rows"], "it matters only to a source", block, context);
        if (!options.CustomFilename)
        {
            FormatChoice.WarnAbout(["file_name_expression"], "custom_filename is not set", block, context);
        }

        return new LocalFileSink(options, FormatChoice.Find(options.FileFormatType, block, context), context);
    }

    /// <inheritdoc/>
    public ChangelogMode Accepts(TableSchema table) => ChangelogMode.Full;

    /// <inheritdoc/>
    public ImmutableArray<Diagnostic> CheckTables(ImmutableArray<TableSchema> tables)
    {
        var problems = new List<Diagnostic>();
        foreach (var table in tables)
        {
            if (FileLayoutPlan.Make(table, _options, _context, problems) is { } plan)
            {
                problems.AddRange(_format!.CheckWrite(plan.Files));
            }
        }

        return [.. problems];
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Diagnostic>> ProbeAsync(CancellationToken cancellationToken)
    {
        if (_options.TmpPath is not { } temporary)
        {
            return new([]);
        }

        try
        {
            // A look must not leave folders behind: what does not exist yet will be on the device of the folder above it.
            var (from, to) = (Existing(temporary), Existing(_options.Path));
            return DiskFaults.AreOnOneDevice(from, to)
                ? new([])
                : new([new Diagnostic(FileErrors.OtherDevice, $"\"{temporary}\" and \"{_options.Path}\" are on different devices") { Path = _context.Place, Span = _options.Block?.Find("tmp_path")?.Value.Span ?? default }]);
        }
        catch (Exception e) when (DiskFaults.IsFault(e))
        {
            return new(DiskFaults.Explain(e, temporary, _context.Place).Diagnostics);
        }
    }

    /// <inheritdoc/>
    public ValueTask PrepareTablesAsync(ImmutableArray<TableSchema> tables, CancellationToken cancellationToken)
    {
        foreach (var table in tables)
        {
            var plan = PlanOf(table);
            try
            {
                PrepareFolder(plan);
            }
            catch (Exception e) when (DiskFaults.IsFault(e))
            {
                throw DiskFaults.Explain(e, plan.Shown, _context.Place);
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask FinishAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The layout of a table.</summary>
    public FileLayoutPlan PlanOf(TableSchema table)
    {
        lock (_plans)
        {
            if (!_plans.TryGetValue(table.Path, out var plan) || plan.Table.Version != table.Version)
            {
                var problems = new List<Diagnostic>();
                plan = FileLayoutPlan.Make(table, _options, _context, problems) ?? throw new SeikanException([.. problems]);
                _plans[table.Path] = plan;
            }

            return plan;
        }
    }

    /// <summary>Folder for the unfinished files of a writer.</summary>
    public string TemporaryFolder(FileLayoutPlan plan, IWriterContext writer) => Own(Root(plan), writer.JobId, writer.Pipeline, writer.Sink);

    /// <summary>The temporary roots of all tables, and this pipeline's folder in each.</summary>
    public IEnumerable<(string Root, string Own)> TemporaryFolders(CommitterContext committer)
    {
        lock (_plans)
        {
            return [.. _plans.Values.Select(Root).Distinct(StringComparer.Ordinal).Select(root => (root, Own(root, committer.JobId, committer.Pipeline, committer.Sink)))];
        }
    }

    private static string Own(string root, long job, int pipeline, int sink) => Path.Combine(root, "seatunnel", $"{job}", $"p{pipeline}s{sink}");

    private string Root(FileLayoutPlan plan) => Path.GetFullPath(
        _options.TmpPath is { } given ? FileLayoutPlan.Fill(given, plan.Table, _options.FilenameTimeFormat, _context) : Path.Combine(plan.Folder, HiddenFolder));

    // The nearest folder that exists, above the first placeholder.
    private static string Existing(string path)
    {
        var at = path.IndexOf("${", StringComparison.Ordinal);
        var folder = Path.GetFullPath(at < 0 ? path : Path.GetDirectoryName(path[..at] + "x") is { Length: > 0 } above ? above : ".");
        while (!Directory.Exists(folder))
        {
            folder = Path.GetDirectoryName(folder)!; // ends at the root
        }

        return folder;
    }

    private void PrepareFolder(FileLayoutPlan plan)
    {
        var (folder, shown) = (plan.Folder, plan.Shown);
        if (File.Exists(folder))
        {
            throw Refused(FileErrors.TargetIsFile, $"\"{shown}\" is a file");
        }

        var exists = Directory.Exists(folder);
        switch (_options.SchemaSaveMode)
        {
            case SchemaSaveMode.ErrorWhenSchemaNotExist when !exists:
                throw Refused(FileErrors.SaveMode, $"\"{shown}\" does not exist (schema_save_mode = ERROR_WHEN_SCHEMA_NOT_EXIST)");
            case SchemaSaveMode.RecreateSchema:
                if (exists)
                {
                    Directory.Delete(folder, recursive: true);
                }

                Directory.CreateDirectory(folder);
                break;
            case SchemaSaveMode.CreateSchemaWhenNotExist:
                Directory.CreateDirectory(folder);
                break;
            default:
                break;
        }

        if (!Directory.Exists(folder))
        {
            return;
        }

        var data = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(f => !f.Contains(HiddenFolder, StringComparison.Ordinal));
        switch (_options.DataSaveMode)
        {
            case DataSaveMode.ErrorWhenDataExists when data.Any():
                throw Refused(FileErrors.SaveMode, $"\"{shown}\" holds files (data_save_mode = ERROR_WHEN_DATA_EXISTS)");
            case DataSaveMode.DropData:
                foreach (var file in data.ToList())
                {
                    File.Delete(file);
                }

                break;
            default:
                break;
        }
    }

    private SeikanException Refused(ErrorCode code, string message) =>
        new(new Diagnostic(code, message) { Path = _context.Place, Span = _options.Block?.Find("path")?.Value.Span ?? default }) { Domain = ErrorDomain.External };
}
