using System.Text;
using System.Text.RegularExpressions;

namespace Seikan.EndToEnd.Tests;

/// <summary>
/// Broken jobs and files with the exact text they must give: <c>tests/cases/errors/NAME.conf</c> beside <c>NAME.expected</c>. The first line of a
/// job may say how to run it: <c># seikan check --strict FILE</c>. With SEIKAN_UPDATE=1 the expected files are written anew.
/// </summary>
[Collection(ProductGroup.Name)]
public sealed partial class CaseTests
{
    private static readonly string Folder = Path.Combine(Product.Root, "tests/cases/errors");
    private static readonly bool Update = Environment.GetEnvironmentVariable("SEIKAN_UPDATE") == "1";

    /// <summary>The job files.</summary>
    public static TheoryData<string> Cases =>
        [.. Directory.EnumerateFiles(Folder).Where(f => Path.GetExtension(f) is ".conf" or ".json" or ".sql").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_broken_job_gives_exactly_the_expected_text(string file)
    {
        using var folder = TemporaryFolder.CopyOf(Folder);

        var outcome = await Product.RunAsync(folder.Path, Arguments(file));

        Compare(file, outcome);
        Assert.NotEqual(0, outcome.ExitCode);
        Assert.DoesNotContain("   at ", outcome.All, StringComparison.Ordinal); // a stack trace
        Assert.DoesNotContain("Exception", outcome.All, StringComparison.Ordinal);
        Assert.Contains("fix:", outcome.All, StringComparison.Ordinal);
    }

    [Fact]
    public void There_are_at_least_sixty_cases() => Assert.True(Cases.Count >= 60, $"{Cases.Count} cases");

    private static string[] Arguments(string file)
    {
        const string Mark = "# seikan ";
        var first = File.ReadLines(Path.Combine(Folder, file), Encoding.Latin1).FirstOrDefault() ?? "";
        return first.StartsWith(Mark, StringComparison.Ordinal)
            ? [.. first[Mark.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(a => a == "FILE" ? file : a)]
            : ["check", file];
    }

    private static void Compare(string file, Outcome outcome)
    {
        var text = Figures().Replace($"exit: {outcome.ExitCode}\n{outcome.Errors}{outcome.Output}", "in T");
        var expected = Path.Combine(Folder, Path.GetFileNameWithoutExtension(file) + ".expected");
        if (Update)
        {
            File.WriteAllText(expected, text);
            return;
        }

        Assert.True(File.Exists(expected), $"{expected} is missing: run SEIKAN_UPDATE=1 ./test EndToEnd and read what it wrote");
        Assert.Equal(File.ReadAllText(expected), text);
    }

    // What differs from run to run.
    [GeneratedRegex(@"in [0-9.]+ s(, [^,\n]+ rows/s)?, peak memory [^\n]+")]
    private static partial Regex Figures();
}
