using System.Xml.Linq;

namespace Seikan.Architecture.Tests;

/// <summary>The tree says what the product is, and the layout page says the same.</summary>
public sealed class LayoutTests
{
    private const int HardLimit = 500;
    private const int TestLimit = 800;

    private static readonly string[] VagueNames = ["Helper", "Helpers", "Util", "Utils", "Utility", "Manager", "Common", "Processor", "Impl"];

    [Fact]
    public void The_layout_page_gives_every_project_one_sentence()
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, "docs/architecture/layout.md"));

        foreach (var project in AllProjects())
        {
            var line = Assert.Single(lines, l => l.StartsWith($"| `{project}` |", StringComparison.Ordinal));
            Assert.EndsWith(". |", line, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_layout_page_names_no_project_that_does_not_exist()
    {
        var named = File.ReadAllLines(Path.Combine(Repository.Root, "docs/architecture/layout.md"))
            .Where(l => l.StartsWith("| `Seikan.", StringComparison.Ordinal)).Select(l => l.Split('`')[1]);

        Assert.Empty(named.Except(AllProjects()));
    }

    [Fact]
    public void The_solution_lists_every_project()
    {
        var listed = XDocument.Load(Path.Combine(Repository.Root, "Seikan.slnx")).Descendants("Project")
            .Select(p => Path.GetFileNameWithoutExtension((string)p.Attribute("Path")!)).Order();

        Assert.Equal(AllProjects().Order(), listed);
    }

    [Fact]
    public void No_file_is_too_long_to_read_in_one_go()
    {
        var tooLong = from folder in (string[])["src", "tests", "benchmarks"]
                      from file in Repository.Sources(folder)
                      let lines = File.ReadLines(file).Count()
                      where lines > (folder == "src" ? HardLimit : TestLimit)
                      select $"{Repository.Relative(file)}: {lines} lines";

        Assert.Empty(tooLong);
    }

    [Fact]
    public void No_file_has_a_name_that_says_nothing()
    {
        var vague = from file in Repository.Sources("src")
                    let name = Path.GetFileNameWithoutExtension(file)
                    where VagueNames.Any(v => name.EndsWith(v, StringComparison.Ordinal))
                    select Repository.Relative(file);

        Assert.Empty(vague);
    }

    [Fact]
    public void Nothing_names_the_machine_it_was_written_on()
    {
        var marks = new[] { "/" + "work/", "/" + "root/", "/home" + "/" };
        var files = Directory.EnumerateFiles(Repository.Root, "*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f) is ".cs" or ".md" or ".csproj" or ".props" or ".conf" or ".sh" or ".slnx" or ".txt" or ".expected")
            .Where(f => !Repository.Relative(f).StartsWith("artifacts/", StringComparison.Ordinal));

        Assert.Empty(files.Where(f => marks.Any(m => File.ReadAllText(f).Contains(m, StringComparison.Ordinal))).Select(Repository.Relative));
    }

    private static IEnumerable<string> AllProjects() =>
        new[] { "src", "tests", "benchmarks" }.SelectMany(f => Directory.EnumerateFiles(Path.Combine(Repository.Root, f), "*.csproj", SearchOption.AllDirectories))
            .Select(f => Path.GetFileNameWithoutExtension(f)!);
}
