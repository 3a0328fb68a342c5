using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace Seikan.Architecture.Tests;

/// <summary>The checkout these tests look at.</summary>
internal static class Repository
{
    /// <summary>Its root folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Product projects by name, with the projects and packages each refers to.</summary>
    public static IReadOnlyList<ProjectFile> Projects { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(ReadProject)];

    /// <summary>C# files below a folder of the checkout, generated ones left out.</summary>
    public static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    /// <summary>Path of a file relative to the root, with forward slashes.</summary>
    public static string Relative(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static string FindRoot([CallerFilePath] string here = "")
    {
        for (var folder = Path.GetDirectoryName(here); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Seikan.slnx")))
            {
                return folder;
            }
        }

        throw new DirectoryNotFoundException($"no Seikan.slnx above {here}");
    }

    private static ProjectFile ReadProject(string file)
    {
        var own = Includes(file, "ProjectReference").ToList();
        for (var folder = Path.GetDirectoryName(file)!; folder.Length > Root.Length; folder = Path.GetDirectoryName(folder)!)
        {
            var props = Path.Combine(folder, "Directory.Build.props");
            if (File.Exists(props))
            {
                own.AddRange(Includes(props, "ProjectReference"));
            }
        }

        return new ProjectFile(
            Path.GetFileNameWithoutExtension(file),
            file,
            [.. own.Select(r => Path.GetFileNameWithoutExtension(r.Replace('\\', '/'))).Distinct().Order(StringComparer.Ordinal)],
            [.. Includes(file, "PackageReference").Order(StringComparer.Ordinal)]);
    }

    private static IEnumerable<string> Includes(string file, string item) =>
        XDocument.Load(file).Descendants(item).Select(e => (string?)e.Attribute("Include")).OfType<string>();
}

/// <summary>A project as its file says it.</summary>
internal sealed record ProjectFile(string Name, string File, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages);
