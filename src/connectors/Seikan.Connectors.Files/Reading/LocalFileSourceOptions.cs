using Seikan.Plugins;

namespace Seikan.Connectors.Files.Reading;

/// <summary>Reads files of this machine.</summary>
/// <remarks>Files are read in the order of their paths. Options of the format stand beside these; see the page of the format.</remarks>
[PluginOptions("LocalFile", PluginKind.Source)]
[ExactlyOneOf(nameof(Path), nameof(TablesConfigs))]
internal sealed partial record LocalFileSourceOptions : FileReadOptions
{
    /// <summary>Several tables, each with all the other options of its own.</summary>
    [Option("tables_configs")]
    [Length(1)]
    public IReadOnlyList<LocalFileTableOptions>? TablesConfigs { get; init; }
}
