using System.Runtime.InteropServices;
using System.Text.Json;

namespace Seikan.EndToEnd.Tests;

/// <summary>The command from the outside: output, exit codes, signals.</summary>
[Collection(ProductGroup.Name)]
public sealed partial class CommandTests
{
    private const string Small = "env { }\nsource { FakeSource { row.num = 16, schema { fields { id = bigint, name = string } } } }\nsink { BlackHole { } }\n";
    private const string Slow =
        "env { job.mode = BATCH }\nsource { FakeSource { row.num = 1000000, rate = 1000, schema { fields { id = bigint } } } }\nsink { LocalFile { path = out, file_format_type = csv } }\n";

    [Fact]
    public async Task A_job_ends_with_a_receipt_and_exit_code_zero()
    {
        using var folder = FolderWith(Small);

        var outcome = await Product.RunAsync(folder.Path, ["run", "job.conf"]);

        Assert.Equal(0, outcome.ExitCode);
        Assert.Matches(@"^FINISHED SeaTunnel_Job in [0-9.]+ s", outcome.Output);
        Assert.Matches(@"Sink\[0\]-BlackHole +default\.default\.default +16 +16 +0 +0 ", outcome.Output);
    }

    [Fact]
    public async Task Json_output_is_one_document_with_balanced_figures()
    {
        using var folder = FolderWith(Small);

        var outcome = await Product.RunAsync(folder.Path, ["run", "--json", "job.conf"]);

        using var json = JsonDocument.Parse(outcome.Output);
        var table = json.RootElement.GetProperty("tables")[0];
        Assert.Equal("FINISHED", json.RootElement.GetProperty("status").GetString());
        Assert.Equal(16, table.GetProperty("read").GetInt64());
        Assert.Equal(16, table.GetProperty("written").GetInt64());
    }

    [Fact]
    public async Task Flags_of_upstreams_script_run_a_job()
    {
        using var folder = FolderWith(Small.Replace("row.num = 16", "row.num = ${rows}", StringComparison.Ordinal));

        var outcome = await Product.RunAsync(folder.Path, ["--config", "job.conf", "-m", "local", "-i", "rows=7", "-n", "seven"]);

        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("FINISHED seven", outcome.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ru", "did you mean \"run\"?")]
    [InlineData("run --stric job.conf", "did you mean \"--strict\"?")]
    [InlineData("run", "no job file is given")]
    [InlineData("run -m cluster job.conf", "cluster")]
    public async Task A_wrong_command_line_ends_with_two_and_a_hint(string arguments, string hint)
    {
        using var folder = FolderWith(Small);

        var outcome = await Product.RunAsync(folder.Path, arguments.Split(' '));

        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains(hint, outcome.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("run --help")]
    [InlineData("connectors FakeSource")]
    [InlineData("connectors")]
    public async Task Help_is_shown_and_is_no_mistake(string arguments)
    {
        var outcome = await Product.RunAsync(Product.Root, arguments.Split(' '));

        Assert.Equal(0, outcome.ExitCode);
        Assert.True(outcome.Output.Length > 200, outcome.All);
    }

    [Theory]
    [InlineData(2, 130)]
    [InlineData(15, 143)]
    public async Task A_signal_ends_a_batch_job_and_leaves_nothing_behind(int signal, int exitCode)
    {
        using var folder = FolderWith(Slow);

        var outcome = await RunUntilSignalAsync(folder, signal);

        Assert.Equal(exitCode, outcome.ExitCode);
        Assert.Contains("CANCELED", outcome.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder["out"]));
    }

    [Fact]
    public async Task A_signal_ends_a_streaming_job_and_what_was_read_is_committed()
    {
        using var folder = FolderWith(Slow.Replace("BATCH", "STREAMING", StringComparison.Ordinal).Replace("row.num = 1000000", "unbounded = true", StringComparison.Ordinal));

        var outcome = await RunUntilSignalAsync(folder, 2);

        var file = Assert.Single(Directory.EnumerateFiles(folder["out"], "*", SearchOption.AllDirectories));
        Assert.Equal(130, outcome.ExitCode);
        Assert.EndsWith(".csv", file, StringComparison.Ordinal);
        Assert.NotEmpty(await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_killed_job_leaves_nothing_under_a_final_name()
    {
        using var folder = FolderWith(Slow);

        await RunUntilSignalAsync(folder, 9);

        Assert.Empty(Directory.EnumerateFiles(folder["out"]));
        Assert.Equal([".seikan-tmp"], Directory.EnumerateDirectories(folder["out"]).Select(Path.GetFileName));
    }

    private static async Task<Outcome> RunUntilSignalAsync(TemporaryFolder folder, int signal)
    {
        using var process = Product.Start(Product.Script, folder.Path, ["run", "job.conf"]);
        await WaitForAsync(() => Directory.Exists(folder["out"]) && Directory.EnumerateFiles(folder["out"], "*.csv", SearchOption.AllDirectories).Any());
        Assert.Equal(0, Kill(process.Id, signal));
        return await Product.EndAsync(process, TimeSpan.FromSeconds(20));
    }

    private static TemporaryFolder FolderWith(string job)
    {
        var folder = new TemporaryFolder();
        File.WriteAllText(folder["job.conf"], job);
        return folder;
    }

    private static async Task WaitForAsync(Func<bool> condition)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, timeout.Token);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
