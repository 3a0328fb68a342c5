using System.Text;
using Microsoft.CodeAnalysis;

namespace Seikan.Generators.Tests;

/// <summary>
/// What is written for each source text of <c>Cases</c>. <c>SEIKAN_UPDATE=1</c> writes the expected texts anew.
/// </summary>
public sealed class SnapshotTests
{
    private static readonly string Folder = Path.Join(Root(), "tests", "Seikan.Generators.Tests", "Cases");

    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Folder, "*.source.txt").Select(f => Path.GetFileName(f)[..^".source.txt".Length]).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_written_part_compiles_and_is_as_expected(string name)
    {
        var source = File.ReadAllText(Path.Join(Folder, name + ".source.txt"));

        var (files, output, failure) = GeneratorRun.Run(source, isHost: name.StartsWith("host", StringComparison.Ordinal));

        Assert.Null(failure);
        Assert.Empty(output.GetDiagnostics(TestContext.Current.CancellationToken).Where(d => d.Severity >= DiagnosticSeverity.Warning));
        var text = new StringBuilder();
        foreach (var file in files)
        {
            text.Append($"==== {file.HintName}\n{file.SourceText}");
        }

        var path = Path.Join(Folder, name + ".expected.txt");
        if (Environment.GetEnvironmentVariable("SEIKAN_UPDATE") == "1")
        {
            File.WriteAllText(path, text.ToString());
        }

        Assert.Equal(File.ReadAllText(path), text.ToString());
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Join(folder, "Directory.Packages.props")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("not inside the repository");
        }

        return folder;
    }
}
