using System.Reflection;
using System.Text;
using Seikan.Cli.Composition;
using Seikan.Config;
using Seikan.Core;
using Seikan.Engine;
using Seikan.Plugins;

namespace Seikan.Architecture.Tests;

/// <summary>Pages generated from the code are as the code says. With SEIKAN_UPDATE=1 in the environment they are written anew.</summary>
public sealed class GeneratedDocsTests
{
    private static readonly bool Update = Environment.GetEnvironmentVariable("SEIKAN_UPDATE") == "1";

    [Fact]
    public void The_error_page_lists_every_declared_code()
    {
        var page = new StringBuilder("# Error codes\n\nGenerated from the declarations in the code. A code is never reused or renumbered.\n");
        foreach (var area in Codes().OrderBy(c => c.Id, StringComparer.Ordinal).GroupBy(c => c.Id.Split('-')[0]))
        {
            page.Append($"\n## {area.Key}\n");
            foreach (var code in area)
            {
                page.Append($"\n### {code.Id}: {code.Title}\n\n{code.Cause}\n\nFix: {code.Fix}.\n");
                page.Append(code.Upstream is { } upstream ? $"\nUpstream: {upstream}.\n" : "");
            }
        }

        Compare("docs/reference/errors.md", page.ToString());
    }

    [Fact]
    public void Every_plug_in_has_its_page()
    {
        var pages = OptionDocs.Pages(LocalEngine.Plugins().All).ToList();

        Assert.NotEmpty(pages);
        Assert.All(pages, page => Compare(page.Path, page.Text));
    }

    [Fact]
    public void Every_example_of_a_page_is_job_text()
    {
        var problems = new DiagnosticBag();
        foreach (var (path, text) in OptionDocs.Pages(LocalEngine.Plugins().All))
        {
            foreach (var example in text.Split("```hocon\n").Skip(1).Select(part => part.Split("```")[0]))
            {
                HoconReader.ReadJob(SourceText.FromString(path, example), JobReadOptions.Default, problems);
            }
        }

        Assert.Empty(problems.ToImmutable());
    }

    [Fact]
    public void No_page_is_left_of_a_plug_in_that_is_gone()
    {
        var known = OptionDocs.Pages(LocalEngine.Plugins().All).Select(p => p.Path).ToHashSet();
        var folders = new[] { "docs/connectors", "docs/formats", "docs/transforms" }.Select(f => Path.Combine(Repository.Root, f)).Where(Directory.Exists);

        Assert.Empty(folders.SelectMany(f => Directory.EnumerateFiles(f, "*.md")).Select(Repository.Relative).Except(known));
    }

    [Fact]
    public void The_json_schema_of_a_job_lists_every_option() =>
        Compare("docs/reference/job.schema.json", JobSchema.Write(LocalEngine.Plugins().All, EngineHost.EnvOptions));

    [Fact]
    public void Every_code_is_declared_once_and_well()
    {
        var codes = Codes().ToList();

        Assert.Empty(codes.GroupBy(c => c.Id).Where(g => g.Count() > 1).Select(g => g.Key));
        Assert.All(codes, c => Assert.Matches("^[A-Z][A-Z0-9]*-[0-9]{4}$", c.Id));
        Assert.All(codes, c => Assert.False(c.Fix.EndsWith('.'), $"{c.Id}: the fix ends without a full stop"));
        Assert.All(codes, c => Assert.False(string.IsNullOrWhiteSpace(c.Cause) || string.IsNullOrWhiteSpace(c.Title), c.Id));
    }

    /// <summary>Compares a page with what the code says, or writes it.</summary>
    internal static void Compare(string path, string text)
    {
        var file = Path.Combine(Repository.Root, path);
        if (Update)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
            return;
        }

        Assert.True(File.Exists(file), $"{path} is missing: run SEIKAN_UPDATE=1 ./test Architecture");
        Assert.Equal(text, File.ReadAllText(file));
    }

    private static IEnumerable<ErrorCode> Codes() =>
        from file in Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")
        let name = Path.GetFileNameWithoutExtension(file)
        where name == "seikan" || (name.StartsWith("Seikan.", StringComparison.Ordinal) && !name.Contains("Tests", StringComparison.Ordinal))
        from type in Assembly.Load(name).GetTypes()
        from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        where field.FieldType == typeof(ErrorCode) && !field.Name.StartsWith('<')
        select (ErrorCode)field.GetValue(null)!;
}
