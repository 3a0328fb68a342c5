using Seikan.Plugins;

namespace Seikan.Connectors.Fake;

/// <summary>Makes rows up, for trying out jobs, tests and measurements.</summary>
/// <remarks>A column's defaultValue wins over made-up values; CURRENT_TIMESTAMP, CURRENT_DATE and CURRENT_TIME are the time of the batch. In a streaming job the source waits when its rows are out.</remarks>
[PluginOptions("FakeSource", PluginKind.Source)]
[ExactlyOneOf(nameof(Schema), nameof(TablesConfigs))]
internal sealed partial record FakeSourceOptions : FakeRowOptions
{
    /// <summary>Several tables, each with all the other options of its own.</summary>
    [Option("tables_configs")]
    [Length(1)]
    public IReadOnlyList<FakeTableOptions>? TablesConfigs { get; init; }

    /// <summary>Where the options stand.</summary>
    [Block]
    public OptionBlock? Block { get; init; }
}
