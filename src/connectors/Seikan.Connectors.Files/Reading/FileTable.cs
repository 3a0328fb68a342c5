using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Connectors.Files.Reading;

/// <summary>The files of one table.</summary>
internal sealed class FileTable
{
    private readonly FileReadOptions _options;
    private readonly OptionBlock _block;
    private readonly IPluginContext _context;
    private readonly Regex? _filter;
    private readonly (DateTime? From, DateTime? To) _modified;
    private ImmutableArray<ColumnDef> _fileColumns;

    private FileTable(FileReadOptions options, OptionBlock block, IPluginContext context, IFileFormat format, Regex? filter, (DateTime? From, DateTime? To) modified) =>
        (_options, _block, _context, Format, _filter, _modified) = (options, block, context, format, filter, modified);

    /// <summary>The format of the files.</summary>
    public IFileFormat Format { get; }

    /// <summary>Whether the user declared the columns.</summary>
    public bool IsDeclared => _options.Schema is not null;

    /// <summary>Options.</summary>
    public FileReadOptions Options => _options;

    /// <summary>Checks the options of a table; null after a diagnostic.</summary>
    public static FileTable? Create(FileReadOptions options, IPluginContext context)
    {
        var block = options.Block!;
        var problems = context.Diagnostics.ErrorCount;
        if (options.Path is null)
        {
            block.Error(OptionErrors.Required, "\"path\" must be given", default, "add path = \"folder or file\"");
        }

        if (options.FileFormatType is null)
        {
            block.Error(OptionErrors.Required, "\"file_format_type\" must be given", default, "add file_format_type = csv");
        }

        var format = options.FileFormatType is { } name ? FormatChoice.Find(name, block, context) : null;
        FormatChoice.WarnAbout(["enable_header_write", "csv_string_quote_mode"], "it matters only to a sink", block, context);
        var filter = MakeFilter(options.FileFilterPattern, block);
        var modified = (Time("file_filter_modified_start", options.ModifiedStart, block), Time("file_filter_modified_end", options.ModifiedEnd, block));
        return format is null || context.Diagnostics.ErrorCount > problems ? null : new FileTable(options, block, context, format, filter, modified);
    }

    /// <summary>The table: columns of the files or as declared, those asked for, and those of the folders.</summary>
    /// <param name="index">Position among several tables.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public async ValueTask<TableSchema> DiscoverAsync(int index, CancellationToken cancellationToken)
    {
        var files = List();
        var columns = await FileColumnsAsync(cancellationToken);
        if (_options.Schema is { } schema)
        {
            // A header may have more columns than were declared, and another order.
            columns = [.. schema.Columns.Select(d => columns.FirstOrDefault(c => c.Name == d.Definition.Name) ?? d.Definition)];
        }

        if (_options.ReadColumns is { } wanted)
        {
            columns = [.. wanted.Select(name => columns.FirstOrDefault(c => c.Name == name) ?? throw UnknownColumn(name, columns))];
        }

        var partitions = _options.ParsePartitionFromPath && files.Count > 0 ? Partitions(files[0]) : [];
        foreach (var (key, _) in partitions)
        {
            if (columns.Any(c => c.Name == key))
            {
                throw Failed(OptionErrors.WrongValue, $"\"{key}\" is a column of the files and of the folder names", "set parse_partition_from_path = false, or leave the column out of the schema");
            }
        }

        var fallback = TablePath.Parse(_options.PluginOutput ?? "") ?? (index == 0 ? TablePath.Default : new TablePath("default", "default", $"table{index}"));
        var path = _options.Schema?.Table ?? fallback;
        ImmutableArray<ColumnDef> all = [.. columns, .. partitions.Select(p => new ColumnDef(p.Key, DataType.String))];
        return new TableSchema(path, all)
        {
            Keys = [.. (_options.Schema?.Keys ?? []).Where(k => k.Columns.All(c => all.Any(a => a.Name == c.Name)))],
            PartitionKeys = [.. partitions.Select(p => p.Key)],
            Comment = _options.Schema?.Comment,
        };
    }

    /// <summary>The columns of the files, in file order.</summary>
    public async ValueTask<ImmutableArray<ColumnDef>> FileColumnsAsync(CancellationToken cancellationToken)
    {
        if (!_fileColumns.IsDefault)
        {
            return _fileColumns;
        }

        ImmutableArray<ColumnDef>? declared = _options.Schema is { } schema ? [.. schema.Columns.Select(c => c.Definition)] : null;
        var files = List();
        if (files.Count == 0)
        {
            return _fileColumns = declared ?? throw Failed(FileErrors.NothingToRead, $"\"{_options.Path}\" holds no file, and there is no schema", "add a schema");
        }

        using var file = LocalFileHandle.Open(files[0], _context.Place);
        return _fileColumns = (await Format.InspectAsync(file, declared, long.MaxValue, cancellationToken)).Schema;
    }

    /// <summary>Parts of a file that readers can read beside each other.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wanted">The table: columns that it does not have may be missing in the file.</param>
    /// <param name="readers">Readers of the source.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public async ValueTask<(ImmutableArray<FileRange> Ranges, long Bytes)> RangesAsync(string path, TableSchema wanted, int readers, CancellationToken cancellationToken)
    {
        var columns = await FileColumnsAsync(cancellationToken);
        using var file = LocalFileHandle.Open(path, _context.Place);
        var bytes = file.Length ?? 0;
        var isSplit = _options.EnableFileSplit ?? readers > 1;
        var target = isSplit && bytes > _options.FileSplitSize.Bytes ? _options.FileSplitSize.Bytes : long.MaxValue;
        return ((await Format.InspectAsync(file, [.. columns.Where(c => wanted.IndexOf(c.Name) >= 0)], target, cancellationToken)).Ranges, bytes);
    }

    /// <summary>The files, by path.</summary>
    /// <exception cref="SeikanException">FILE-0001, FILE-0002 or FILE-0003.</exception>
    public List<string> List()
    {
        var root = _options.Path!;
        try
        {
            if (File.Exists(root))
            {
                var isWanted = IsWanted(Path.GetDirectoryName(root) ?? "", root);
                return isWanted || !_options.FailOnEmptyFolder ? isWanted ? [root] : [] : throw Failed(FileErrors.NothingToRead, $"\"{root}\" is empty or does not pass the filters", null);
            }

            if (!Directory.Exists(root))
            {
                throw Failed(FileErrors.Missing, $"\"{root}\" does not exist", null);
            }

            var files = Directory.EnumerateFiles(root, "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false, AttributesToSkip = 0 })
                .Where(f => IsWanted(root, f)).Order(StringComparer.Ordinal).ToList();
            return files.Count > 0 || !_options.FailOnEmptyFolder ? files : throw Failed(FileErrors.NothingToRead, $"\"{root}\" holds no file to read (file list is empty)", null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(FileErrors.Unreadable, $"\"{root}\" cannot be read: {e.Message.TrimEnd('.')}", null);
        }
    }

    /// <summary>Folder names k=v in the path of a file, those of the table's own path too.</summary>
    public static ImmutableArray<(string Key, string Value)> Partitions(string file) =>
    [
        .. file.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar)[..^1]
            .Select(part => part.Split('=', 2)).Where(p => p is [{ Length: > 0 }, _]).Select(p => (p[0], p[1])),
    ];

    private bool IsWanted(string root, string file)
    {
        var parts = (root.Length == 0 ? file : Path.GetRelativePath(root, file)).Split(Path.DirectorySeparatorChar);
        var info = new FileInfo(file);
        var changed = TimeZoneInfo.ConvertTimeFromUtc(info.LastWriteTimeUtc, _context.Job.TimeZone);
        return !parts.Any(p => p.StartsWith('.')) && parts[^1] != "_SUCCESS" && info.Length > 0
            && (_filter is null || _filter.IsMatch(_options.FileFilterPattern!.StartsWith(root, StringComparison.Ordinal) ? file : parts[^1]))
            && (_options.FilenameExtension is not { } end || parts[^1].EndsWith("." + end.TrimStart('.'), StringComparison.OrdinalIgnoreCase))
            && (_options.ReadPartitions is not { } wanted || wanted.Any(w => ("/" + Path.GetDirectoryName(file) + "/").Contains($"/{w.Trim('/')}/", StringComparison.Ordinal)))
            && (_modified.From is not { } from || changed >= from) && (_modified.To is not { } to || changed < to);
    }

    private static Regex? MakeFilter(string? pattern, OptionBlock block)
    {
        if (pattern is null)
        {
            return null;
        }

        try
        {
            return new Regex($"^(?:{pattern})$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        }
        catch (RegexParseException e)
        {
            block.ErrorAt(OptionErrors.WrongValue, $"\"file_filter_pattern\" is not a regular expression: {e.Message.TrimEnd('.')}", "file_filter_pattern", "mend the expression");
            return null;
        }
    }

    private static DateTime? Time(string key, string? text, OptionBlock block)
    {
        if (text is null)
        {
            return null;
        }

        if (TemporalText.TryParseTimestamp(System.Text.Encoding.UTF8.GetBytes(text.Trim()), false, out var micros))
        {
            return DateTime.SpecifyKind(DateTime.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond), DateTimeKind.Unspecified);
        }

        block.ErrorAt(OptionErrors.WrongType, $"\"{key}\" is \"{text}\", not a date and time", key, "write yyyy-MM-dd HH:mm:ss");
        return null;
    }

    private SeikanException UnknownColumn(string name, ImmutableArray<ColumnDef> columns) =>
        new(new Diagnostic(OptionErrors.UnknownColumn, $"the files have no column \"{name}\"")
        {
            Path = _context.Place, Span = _block.Find("read_columns")?.Value.Span ?? default, Candidates = NearestNames.Find(name, columns.Select(c => c.Name)),
            Fix = NearestNames.Find(name, columns.Select(c => c.Name)).IsEmpty ? $"name one of {string.Join(", ", columns.Select(c => c.Name).Take(20))}" : null,
        });

    private SeikanException Failed(ErrorCode code, string message, string? fix) =>
        new(new Diagnostic(code, message) { Path = _context.Place, Span = _block.Find("path")?.Value.Span ?? default, Fix = fix })
        {
            Domain = code.Id.StartsWith("FILE", StringComparison.Ordinal) ? ErrorDomain.External : ErrorDomain.User,
        };
}
