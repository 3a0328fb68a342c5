using Seikan.Hosting;

namespace Seikan.Plugins.Tests.Options;

/// <summary>From an options record to a plug-in made from a job.</summary>
public sealed class RegistryTests
{
    private readonly PluginTable _plugins = BuiltInPlugins.Create();

    [Theory]
    [InlineData("Sample")]
    [InlineData("sAMPLE")]
    [InlineData("specimen")]
    public void A_plug_in_is_found_by_name_and_alias_in_any_case(string name) =>
        Assert.Equal("Sample", _plugins.Find(PluginKind.Source, name)?.Identifier);

    [Fact]
    public void A_plug_in_is_found_only_under_its_kind() => Assert.Null(_plugins.Find(PluginKind.Sink, "Sample"));

    [Fact]
    public void Bound_options_make_the_plug_in()
    {
        var plugin = _plugins.Find(PluginKind.Source, "Sample")!;

        var options = plugin.Bind(Blocks.Of("name = ab"));
        var made = Assert.IsType<SampleSource>(plugin.Create(options!, null!));

        Assert.Same(options, made.Options);
        Assert.Equal("Reads a `sample`, with one option of every shape.", plugin.Summary);
    }

    [Fact]
    public void The_description_has_every_option_with_its_real_default()
    {
        var description = _plugins.Find(PluginKind.Source, "Sample")!.Descriptor();
        var defaults = description.Options.Where(o => o.Default is not null).Select(o => $"{o.Key}={o.Default}");

        Assert.Equal(("Only for tests.", 3), (description.Remarks, description.Rules.Length));
        Assert.Equal(["plugin_output", "parallelism", "name"], description.Options.Take(3).Select(o => o.Key));
        Assert.Equal(
            ["on=true", "row.num=5", "share=0.5", "small=0", "start_mode=FIRST_ROW", "wait=2s", "size=64mb", "numbers=[]", "modes=[SPECIFIC]", "tables_configs=[]"], defaults);
    }

    [Fact]
    public void The_description_has_what_attributes_say()
    {
        var options = _plugins.Find(PluginKind.Source, "Sample")!.Descriptor().Options.ToDictionary(o => o.Key);

        Assert.Equal((2, 5, false, "[a-z]+"), ((int)options["name"].Minimum!, (int)options["name"].Maximum!, options["name"].IsCountLimited, options["name"].Pattern));
        Assert.Equal(["title", "old.name"], options["name"].Aliases);
        Assert.True(options["names"].IsCountLimited);
        Assert.True(options["password"].IsSensitive);
        Assert.Equal(("s", "Content", "csv"), (options["wait"].Unit, options["format"].Group, options["format"].Example));
        Assert.Equal(PluginKind.Format, options["format"].NamesPlugin);
        Assert.Equal([("FIRST_ROW", "With the first row."), ("tail", "With the last row."), ("SPECIFIC", "Where the offsets say.")], options["start_mode"].Type.Choices);
        Assert.Equal(["path", "rows"], options["tables_configs"].Type.Element!.Fields.Select(f => f.Key));
        Assert.True(options["tables_configs"].Type.Element!.Fields[0].IsRequired);
        Assert.Equal(("start_mode", "SPECIFIC"), (options["start_mode.offsets"].RequiredWhen[0].Key, options["start_mode.offsets"].RequiredWhen[0].Values[0]));
    }
}
