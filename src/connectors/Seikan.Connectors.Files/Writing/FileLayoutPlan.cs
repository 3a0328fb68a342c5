using System.Collections.Immutable;
using System.Text;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Connectors.Files.Writing;

/// <summary>Where the rows of one table go: folder, columns of the files, columns that decide the folder.</summary>
/// <param name="Table">The table that comes.</param>
/// <param name="Folder">Folder of its files, absolute.</param>
/// <param name="Shown">The folder as the job spells it.</param>
/// <param name="Files">The table as written.</param>
/// <param name="Columns">Positions of the written columns in the table that comes.</param>
/// <param name="Partitions">Positions of the columns that decide the folder.</param>
internal sealed record FileLayoutPlan(TableSchema Table, string Folder, string Shown, TableSchema Files, ImmutableArray<int> Columns, ImmutableArray<int> Partitions)
{
    /// <summary>Makes the plan; problems are added.</summary>
    public static FileLayoutPlan? Make(TableSchema table, LocalFileSinkOptions options, IPluginContext context, ICollection<Diagnostic> problems)
    {
        var before = problems.Count;
        var written = (options.SinkColumns ?? [.. table.Columns.Select(c => c.Name)]).ToList();
        var partitions = options.HavePartition ? options.PartitionBy! : [];
        foreach (var (key, names) in new[] { ("sink_columns", options.SinkColumns ?? []), ("partition_by", partitions) })
        {
            foreach (var name in names.Where(n => table.IndexOf(n) < 0))
            {
                problems.Add(new Diagnostic(OptionErrors.UnknownColumn, $"table \"{table.Path}\" has no column \"{name}\", which {key} names")
                {
                    Path = context.Place, Span = options.Block?.Find(key)?.Value.Span ?? default, Candidates = NearestNames.Find(name, table.Columns.Select(c => c.Name)),
                });
            }
        }

        if (!options.IsPartitionFieldWriteInFile)
        {
            written.RemoveAll(partitions.Contains);
        }

        if (problems.Count > before)
        {
            return null;
        }

        ImmutableArray<int> columns = [.. written.Select(table.IndexOf)];
        var files = new TableSchema(table.Path, [.. columns.Select(i => table.Columns[i])]) { Version = table.Version };
        var folder = Fill(options.Path, table, options.FilenameTimeFormat, context);
        return new FileLayoutPlan(table, Path.GetFullPath(folder), folder, files, columns, [.. partitions.Select(table.IndexOf)]);
    }

    /// <summary>Fills the placeholders of a table (types.md 6); unknown ones stay.</summary>
    public static string Fill(string text, TableSchema table, string timePattern, IPluginContext context)
    {
        if (!text.Contains("${", StringComparison.Ordinal))
        {
            return text;
        }

        var full = string.Join('.', new[] { table.Path.Database, table.Path.Schema }.Where(p => p is not null));
        return Placeholder.Fill(text, name => name switch
        {
            "database_name" => table.Path.Database,
            "schema_name" => table.Path.Schema,
            "table_name" => table.Path.Table,
            "schema_full_name" => full,
            "table_full_name" => table.Path.ToString(),
            "primary_key" => table.PrimaryKey is { } key ? string.Join(',', key.Columns.Select(c => c.Name)) : null,
            "now" => Now(timePattern, context),
            _ => null,
        });
    }

    /// <summary>The current time of the job's zone by a pattern that was checked.</summary>
    public static string Now(string pattern, IPluginContext context)
    {
        var now = TimeZoneInfo.ConvertTimeFromUtc(context.Time.GetUtcNow().UtcDateTime, context.Job.TimeZone);
        var compiled = TemporalPattern.Compile(pattern, out _)!; // checked when the sink was made
        var text = new byte[compiled.MaxBytes];
        var days = DateOnly.FromDateTime(now).DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
        return Encoding.UTF8.GetString(text, 0, compiled.Format(days, now.TimeOfDay.Ticks * 100, text));
    }
}
