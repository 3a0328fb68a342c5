using System.Collections.Immutable;
using System.Text.Json;
using Seikan.Hosting;

namespace Seikan.Plugins.Tests.Options;

/// <summary>Pages and the job schema, made from what is declared. <c>SEIKAN_UPDATE=1</c> writes the expected texts anew.</summary>
public sealed class OptionDocsTests
{
    private readonly ImmutableArray<PluginRegistration> _plugins = BuiltInPlugins.Create().All;

    [Fact]
    public void The_page_of_a_plug_in_is_as_expected()
    {
        var (path, text) = OptionDocs.Pages(_plugins).Single(p => p.Path.Contains("Sample", StringComparison.Ordinal));

        Assert.Equal("docs/connectors/Sample.md", path);
        Compare("Sample.md", text);
    }

    [Fact]
    public void Every_option_has_one_row_on_the_page_of_its_plug_in()
    {
        var page = OptionDocs.Page([_plugins.Single(p => p.Identifier == "Sample")]);

        Assert.All(SampleSourceOptions.AllOptions, o => Assert.Single(page.Split('\n'), line => line.StartsWith($"| `{o.Key}` |", StringComparison.Ordinal)));
        Assert.All(SampleTableOptions.AllOptions, o => Assert.Equal(2, page.Split('\n').Count(line => line.StartsWith($"| `{o.Key}` |", StringComparison.Ordinal))));
        Assert.All(page.Split('\n').Where(l => l.StartsWith('|')), l => Assert.True(l.Count(c => c == '|') is 3 or 5, l));
    }

    [Fact]
    public void The_schema_of_a_job_is_as_expected() => Compare("job.schema.json", JobSchema.Write(_plugins, SampleConditionOptions.DescribeOptions()));

    [Fact]
    public void The_schema_of_a_job_is_JSON_whose_references_exist()
    {
        using var schema = JsonDocument.Parse(JobSchema.Write(_plugins, SampleConditionOptions.DescribeOptions()));

        var references = Everything(schema.RootElement).Where(p => p.Name == "$ref").Select(p => p.Value.GetString()!).Distinct().ToList();

        Assert.NotEmpty(references);
        Assert.All(references, r => Assert.True(schema.RootElement.GetProperty("$defs").TryGetProperty(r["#/$defs/".Length..], out _), r));
    }

    [Fact]
    public void A_record_that_holds_itself_is_described_to_a_depth()
    {
        var plugin = _plugins.Single(p => p.Identifier == "Tree");

        Assert.Contains("Inside `branches[]`", OptionDocs.Page([plugin]), StringComparison.Ordinal);
        Assert.InRange(JobSchema.Write([plugin], []).Length, 1, 20_000);
    }

    private static IEnumerable<JsonProperty> Everything(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Everything(p.Value).Prepend(p)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Everything),
        _ => [],
    };

    private static void Compare(string name, string text)
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Join(folder, "Directory.Packages.props")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("not inside the repository");
        }

        var path = Path.Join(folder, "tests", "Seikan.Plugins.Tests", "Options", "Expected", name);
        if (Environment.GetEnvironmentVariable("SEIKAN_UPDATE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        Assert.Equal(File.ReadAllText(path), text);
    }
}
