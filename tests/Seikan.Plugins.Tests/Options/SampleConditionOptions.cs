namespace Seikan.Plugins.Tests.Options;

/// <summary>A condition that the default meets.</summary>
internal sealed partial record SampleConditionOptions
{
    /// <summary>How it starts.</summary>
    [Option("mode")]
    public SampleMode Mode { get; init; } = SampleMode.LastRow;

    /// <summary>Where the tail starts.</summary>
    [Option("from")]
    [RequiredWhen(nameof(Mode), SampleMode.LastRow, SampleMode.Specific)]
    public int? From { get; init; }
}
