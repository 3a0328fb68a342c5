using System.Text;
using Seikan.Core;

namespace Seikan.Config.Tests;

/// <summary>Job files under <c>tests/cases/config</c>, each with the spec it gives beside it (<c>.golden</c>).</summary>
public sealed class CaseTests
{
    private static readonly string Folder = Path.Join(Reading.Root(), "tests", "cases", "config");

    public static TheoryData<string> Files() => [.. Directory.GetFiles(Folder).Select(f => Path.GetFileName(f)).Where(f => !f.EndsWith(".golden", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Job_file_gives_its_spec(string file)
    {
        var variables = VariableArguments.Parse(["jobName=nightly", "strTemplate=[abc,d~f,hi]", "rowNum=", "path=/data/in put"]);
        var problems = new DiagnosticBag();
        var text = JobText.Load(Path.Join(Folder, file), problems)!;

        var result = JobReader.Read(text, JobText.KindOf(file), new JobReadOptions { Variables = variables.Variables, Includes = new FileIncludeResolver() });

        Golden(file + ".golden", Show(result));
    }

    [Fact]
    public void The_same_job_in_both_languages_is_the_same()
    {
        var hocon = Reading.GoodJob(File.ReadAllText(Path.Join(Folder, "fake-to-console.conf")));
        var json = Reading.GoodJob(File.ReadAllText(Path.Join(Folder, "fake-to-console.json")), null, "t.json");

        Assert.Equal(ConfigText.ToCompactJson(json.Sources[0].Options), ConfigText.ToCompactJson(hocon.Sources[0].Options));
        Assert.Equal(json.Sources[0].Name, hocon.Sources[0].Name);
        Assert.Equal(ConfigText.ToCompactJson(json.Env), ConfigText.ToCompactJson(hocon.Env));
    }

    // SEIKAN_GOLDEN=write writes the files anew; the difference is then read before it is committed.
    private static void Golden(string file, string text)
    {
        var path = Path.Join(Folder, file);
        if (Environment.GetEnvironmentVariable("SEIKAN_GOLDEN") == "write")
        {
            File.WriteAllText(path, text);
        }

        Assert.Equal(File.ReadAllText(path), text);
    }

    private static string Show(JobReadResult result)
    {
        var text = new StringBuilder();
        foreach (var problem in result.Diagnostics)
        {
            var place = problem.Span.IsKnown ? $"{Path.GetFileName(problem.Span.Document!.Name)}{problem.Span.ToString()[problem.Span.Document.Name.Length..]}" : "";
            text.Append($"{problem.Severity} {problem.Code} {place} {problem.Message}\n");
        }

        if (result.Job is { } job)
        {
            text.Append($"env {ConfigText.ToJson(job.Env)}\n");
            foreach (var block in job.Sources.Concat(job.Transforms).Concat(job.Sinks))
            {
                var (line, column) = block.NameSpan.Document!.Locate(block.NameSpan.Start);
                text.Append($"{block.Path} ({line}:{column}) {ConfigText.ToJson(block.Options)}\n");
            }
        }

        return text.ToString();
    }
}
