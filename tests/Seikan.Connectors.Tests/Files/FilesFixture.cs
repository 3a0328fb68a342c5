using System.Text;
using Seikan.Connectors.Files.Reading;
using Seikan.Connectors.Files.Writing;
using Seikan.Core;
using Seikan.Formats.Csv;
using Seikan.Plugins;
using Seikan.Testing;

namespace Seikan.Connectors.Tests.Files;

/// <summary>A folder, and LocalFile sources and sinks on it.</summary>
internal sealed class FilesFixture : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("seikan-files-");

    public TestMemory Memory { get; } = new();

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public string Root => _folder.FullName;

    public string this[string name] => Path.Combine(Root, name);

    /// <summary>Files below the folder, with their text; hidden ones too.</summary>
    public Dictionary<string, string> Files => Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories).ToDictionary(f => Path.GetRelativePath(Root, f), File.ReadAllText);

    public TestPluginContext Context(string place = "source[0] LocalFile")
    {
        var context = new TestPluginContext(Memory, place) { Job = new JobFacts(7, "test", IsStreaming: false, TimeZoneInfo.Utc) };
        AddFormats(context);
        return context;
    }

    public static void AddFormats(TestPluginContext context) => context.FileFormats["csv"] = static (block, c) => CsvFormatEntry.Bind(block) is { } options ? (IFileFormat)CsvFormatEntry.Create(options, c) : null;

    public void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], text, new UTF8Encoding(false));
    }

    public LocalFileSource? Source(string options, TestPluginContext context) => (LocalFileSource?)PluginText.Make(Filled(options), context, LocalFileSourceEntry.Bind, LocalFileSourceEntry.Create);

    public LocalFileSink? Sink(string options, TestPluginContext context) => (LocalFileSink?)PluginText.Make(Filled(options), context, LocalFileSinkEntry.Bind, LocalFileSinkEntry.Create);

    /// <summary>Reads everything with one reader: lines of <see cref="RowAssert"/>, and the tables.</summary>
    public async Task<(List<string> Rows, List<TableSchema> Tables, List<string> Splits)> ReadAsync(string options, int readers = 1)
    {
        var context = Context();
        var source = Source(options, context);
        context.Diagnostics.ThrowIfErrors();
        List<TableSchema> tables = [.. (await source!.DiscoverAsync(Stop)).Select(t => t.Schema)];
        await using var enumerator = source.CreateEnumerator(new EnumeratorContext(readers, [.. tables], null));
        var splits = new List<Split>();
        while (await enumerator.NextAsync(0, Stop) is { } split)
        {
            splits.Add(split);
        }

        var rows = new List<string>();
        await using var reader = source.CreateReader(new TestReaderContext(Memory.Job, [.. tables]).Assign(splits).NoMoreSplits());
        while (await reader.ReadAsync(Stop) is { } output)
        {
            if (output is ReaderOutput.Rows batches)
            {
                foreach (var batch in batches.Batches)
                {
                    using (batch)
                    {
                        Assert.Contains(batch.Schema, tables);
                        rows.AddRange(RowAssert.Lines(batch));
                    }
                }
            }
        }

        return (rows, tables, [.. splits.Select(s => s.Id)]);
    }

    public async Task<string> FailAsync(string options)
    {
        var context = Context();
        var error = await Assert.ThrowsAsync<SeikanException>(async () =>
        {
            var source = Source(options, context);
            context.Diagnostics.ThrowIfErrors();
            await source!.DiscoverAsync(Stop);
        });
        return error.Message.Replace(Root, "ROOT", StringComparison.Ordinal);
    }

    /// <summary>A writer of a sink that was prepared for the table.</summary>
    public static async Task<(ITwoPhaseWriter Writer, TestWriterContext Context, ICommitter Committer)> OpenAsync(LocalFileSink sink, TableSchema table, int task = 0)
    {
        var problems = sink.CheckTables([table]);
        Assert.DoesNotContain(problems, d => d.Severity == Severity.Error);
        Assert.DoesNotContain(await sink.ProbeAsync(Stop), d => d.Severity == Severity.Error);
        await sink.PrepareTablesAsync([table], Stop);
        var delivery = Assert.IsType<Delivery.TwoPhase>(sink.Delivery);
        var context = new TestWriterContext(task);
        return (delivery.Writer(context), context, delivery.Committer(new CommitterContext(7, 1, 0, 1)));
    }

    /// <summary>Writes batches and commits.</summary>
    public async Task WriteAsync(string options, TableSchema table, params object?[][] rows)
    {
        var context = Context("sink[0] LocalFile");
        await using var sink = Sink(options, context);
        context.Diagnostics.ThrowIfErrors();
        var (writer, _, committer) = await OpenAsync(sink!, table);
        await using (writer)
        {
            if (rows.Length > 0)
            {
                await writer.WriteAsync(Memory.Batch(table, rows), Stop);
            }

            var prepared = await writer.PrepareAsync(1, Stop);
            foreach (var item in prepared.Items)
            {
                Assert.Equal(CommitOutcome.Committed, (await committer.CommitAsync(item, Stop)).Outcome);
            }

            await committer.SweepAsync([], Stop);
        }
    }

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        Memory.Dispose();
    }

    private string Filled(string options) => options.Replace("ROOT", Root, StringComparison.Ordinal);
}

/// <summary>A writer of job 7.</summary>
internal sealed class TestWriterContext(int task) : IWriterContext
{
    public long JobId => 7;

    public int Pipeline => 1;

    public int Sink => 0;

    public int Task => task;

    public int Lane => 0;

    public long Attempt => 1;

    public System.Collections.Immutable.ImmutableArray<JsonState> Restored => [];

    public long Bytes { get; private set; }

    public void BytesWritten(TablePath table, long bytes) => Bytes += bytes;
}
