using Seikan.Plugins;

namespace Seikan.Connectors.Fake;

/// <summary>One table of several.</summary>
internal sealed partial record FakeTableOptions : FakeRowOptions
{
    /// <summary>Where the options stand.</summary>
    [Block]
    public OptionBlock? Block { get; init; }
}
