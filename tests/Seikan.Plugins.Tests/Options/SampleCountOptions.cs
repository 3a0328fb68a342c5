namespace Seikan.Plugins.Tests.Options;

/// <summary>A list whose length is limited, not its values.</summary>
internal sealed partial record SampleCountOptions
{
    /// <summary>Offsets.</summary>
    [Option("offsets")]
    [Length(1, 2)]
    public IReadOnlyList<int>? Offsets { get; init; }
}
