namespace Seikan.Architecture.Tests;

/// <summary>Who may know whom, read from the project files (docs/architecture/layout.md).</summary>
public sealed class ReferenceRulesTests
{
    // A name ending in a dot stands for every project that starts so. The generator is an analyzer: it runs at build time and is never referenced.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Seikan.Core"] = [],
        ["Seikan.Arrow"] = ["Seikan.Core"],
        ["Seikan.Config"] = ["Seikan.Core"],
        ["Seikan.Plugins"] = ["Seikan.Core", "Seikan.Generators"],
        ["Seikan.Generators"] = [],
        ["Seikan.Expressions"] = ["Seikan.Core"],
        ["Seikan.Formats."] = ["Seikan.Core", "Seikan.Plugins", "Seikan.Generators", "Seikan.Arrow"],
        ["Seikan.Storage."] = ["Seikan.Core", "Seikan.Plugins", "Seikan.Generators"],
        ["Seikan.Transforms"] = ["Seikan.Core", "Seikan.Plugins", "Seikan.Generators", "Seikan.Expressions"],
        ["Seikan.Connectors."] = ["Seikan.Core", "Seikan.Plugins", "Seikan.Generators"],
        ["Seikan.Engine"] = ["Seikan.Core", "Seikan.Config", "Seikan.Plugins", "Seikan.Generators"],
    };

    // Packages that only one place may know.
    private static readonly Dictionary<string, string[]> PackageOwners = new()
    {
        ["Apache.Arrow"] = ["Seikan.Arrow", "Seikan.Formats.Parquet"],
        ["ParquetSharp"] = ["Seikan.Formats.Parquet"],
        ["System.CommandLine"] = ["Seikan.Cli"],
        ["Microsoft.CodeAnalysis.CSharp"] = ["Seikan.Generators"],
    };

    [Fact]
    public void Every_project_references_only_what_its_layer_may_know()
    {
        var breaches = from project in Repository.Projects
                       where project.Name != "Seikan.Cli" // the composition root may know all
                       let rule = Allowed.FirstOrDefault(a => Matches(a.Key, project.Name))
                       from reference in rule.Key is null ? ["(no rule for this project)"] : project.Projects.Except(rule.Value)
                       select $"{project.Name} -> {reference}";

        Assert.Empty(breaches);
    }

    [Fact]
    public void Packages_with_an_owner_are_referenced_by_it_alone()
    {
        var breaches = from project in Repository.Projects
                       from package in project.Packages
                       where PackageOwners.TryGetValue(package, out var owners) && !owners.Contains(project.Name)
                       select $"{project.Name} -> {package}";

        Assert.Empty(breaches);
    }

    [Fact]
    public void Package_versions_stand_only_in_the_central_file()
    {
        var files = Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories).Where(f => !f.Contains("artifacts", StringComparison.Ordinal));

        Assert.DoesNotContain(files, f => File.ReadAllText(f).Contains("PackageReference", StringComparison.Ordinal) && File.ReadAllText(f).Contains(" Version=\"", StringComparison.Ordinal));
    }

    private static bool Matches(string rule, string project) =>
        rule.EndsWith('.') ? project.StartsWith(rule, StringComparison.Ordinal) : project == rule;
}
