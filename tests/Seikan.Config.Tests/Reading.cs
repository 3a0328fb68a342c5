using System.Collections.Immutable;
using Seikan.Core;

namespace Seikan.Config.Tests;

/// <summary>Short ways to read texts in tests.</summary>
internal static class Reading
{
    public static (ConfigObject? Root, ImmutableArray<Diagnostic> Problems) Hocon(string text, JobReadOptions? options = null)
    {
        var problems = new DiagnosticBag();
        var root = HoconReader.Read(SourceText.FromString("t.conf", text), options ?? JobReadOptions.Default, problems);
        return (root, problems.ToImmutable());
    }

    public static string HoconAsJson(string text, JobReadOptions? options = null)
    {
        var (root, problems) = Hocon(text, options);
        Assert.True(problems.All(p => p.Severity != Severity.Error), string.Join('\n', problems));
        Assert.NotNull(root);
        return ConfigText.ToCompactJson(root);
    }

    public static JobReadResult Job(string text, JobReadOptions? options = null, string name = "t.conf") =>
        JobReader.Read(SourceText.FromString(name, text), JobText.KindOf(name), options ?? JobReadOptions.Default);

    public static JobSpec GoodJob(string text, JobReadOptions? options = null, string name = "t.conf")
    {
        var result = Job(text, options, name);
        Assert.False(result.HasErrors, string.Join('\n', result.Diagnostics));
        Assert.NotNull(result.Job);
        return result.Job;
    }

    public static JobReadOptions With(params (string Name, string Value)[] variables) => new()
    {
        Variables = variables.ToDictionary(v => v.Name, v => new VariableValue(v.Value)),
    };

    public static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Join(folder, "Directory.Packages.props")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("not inside the repository");
        }

        return folder;
    }
}
