using System.Text.Json;

namespace Seikan.EndToEnd.Tests;

/// <summary>What the machine can do to a job: a full disk, missing permissions, a line without end.</summary>
[Collection(ProductGroup.Name)]
public sealed class FaultTests
{
    private const int MaxMemory = 400 << 20;
    private static readonly bool IsRoot = Environment.UserName == "root";

    [Fact]
    public async Task A_full_disk_is_told_as_such_and_leaves_nothing_under_a_final_name()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["disk"]);
        await WriteAsync(folder["job.conf"], Job("FakeSource { row.num = 200000, string.length = 100, schema { fields { s = string } } }", "LocalFile { path = \"disk/out\", file_format_type = csv }"));

        // A small disk of its own, seen by this process alone.
        var script = $"mount -t tmpfs -o size=4m tmpfs disk && '{Product.Script}' run job.conf; echo exit $?; find disk -type f; umount disk";
        var outcome = await Product.RunAsync("unshare", folder.Path, [IsRoot ? "-m" : "-rm", "sh", "-c", script]);

        Assert.Contains("exit 1", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("FILE-0005 sink[0] LocalFile: no space left to write", outcome.Errors, StringComparison.Ordinal);
        Assert.Contains("fix: free some space", outcome.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("disk/out", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_without_permission_ends_with_three_and_its_name()
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(folder["secret.csv"], "a\n1\n");
        await WriteAsync(folder["job.conf"], Job("LocalFile { path = secret.csv, file_format_type = csv }", "BlackHole { }"));
        File.SetUnixFileMode(folder["secret.csv"], UnixFileMode.None);

        var outcome = await RunAsNobodyAsync(folder, "run job.conf");

        Assert.Equal(3, outcome.ExitCode);
        Assert.Contains("FILE-0003", outcome.Errors, StringComparison.Ordinal);
        Assert.Contains("\"secret.csv\" cannot be read", outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_permission_cannot_be_written()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["locked"]);
        await WriteAsync(folder["job.conf"], Job("FakeSource { schema { fields { id = int } } }", "LocalFile { path = \"locked/out\", file_format_type = csv }"));
        File.SetUnixFileMode(folder["locked"], UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

        var outcome = await RunAsNobodyAsync(folder, "run job.conf");

        Assert.Equal(3, outcome.ExitCode);
        Assert.Contains("FILE-0004", outcome.Errors, StringComparison.Ordinal);
        File.SetUnixFileMode(folder["locked"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task A_line_of_a_gigabyte_is_refused_without_taking_its_memory()
    {
        using var folder = new TemporaryFolder();
        var block = new byte[8 << 20];
        block.AsSpan().Fill((byte)'x');
        await using (var file = File.Create(folder["long.csv"]))
        {
            await file.WriteAsync("id,text\n1,"u8.ToArray(), TestContext.Current.CancellationToken);
            for (var i = 0; i < 128; i++)
            {
                await file.WriteAsync(block, TestContext.Current.CancellationToken);
            }
        }

        await WriteAsync(folder["job.conf"], Job("LocalFile { path = long.csv, file_format_type = csv, csv_use_header_line = true, schema { fields { id = int, text = string } } }", "BlackHole { }"));

        var outcome = await Product.RunAsync(folder.Path, ["run", "--json", "job.conf"]);

        using var json = JsonDocument.Parse(outcome.Output);
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("the row that starts with", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("is longer than 64 MiB", outcome.Output, StringComparison.Ordinal);
        Assert.InRange(json.RootElement.GetProperty("peakMemoryBytes").GetInt64(), 1, MaxMemory);
    }

    private static Task<Outcome> RunAsNobodyAsync(TemporaryFolder folder, string arguments)
    {
        if (!IsRoot)
        {
            return Product.RunAsync(folder.Path, arguments.Split(' '));
        }

        // Root may read everything; the published program is started as nobody, who may see this folder.
        File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        var program = Path.Combine(Product.Root, "artifacts/publish/Seikan.Cli/release/seikan.dll");
        return Product.RunAsync("setpriv", folder.Path, ["--reuid=65534", "--regid=65534", "--clear-groups", "env", "HOME=/nonexistent", "dotnet", program, .. arguments.Split(' ')]);
    }

    private static string Job(string source, string sink) => $"env {{ }}\nsource {{\n  {source}\n}}\nsink {{\n  {sink}\n}}\n";

    private static Task WriteAsync(string path, string text) => File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
}
