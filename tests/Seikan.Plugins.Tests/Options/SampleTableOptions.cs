namespace Seikan.Plugins.Tests.Options;

/// <summary>One table.</summary>
internal sealed partial record SampleTableOptions
{
    /// <summary>Its path.</summary>
    [Option("path")]
    public required string Path { get; init; }

    /// <summary>Its rows.</summary>
    [Option("rows")]
    public int Rows { get; init; } = 3;
}
