using Seikan.Core;

namespace Seikan.Plugins;

/// <summary>
/// A block of a job as options see it: flat-then-nested look-up, and a memory of which keys were known, so that the rest can be reported.
/// Formats and other parts bind their options from the block of the plug-in that uses them.
/// </summary>
/// <param name="node">The block.</param>
/// <param name="place">What the block belongs to, for errors: <c>source[0] FakeSource</c>.</param>
/// <param name="diagnostics">Where problems go.</param>
public sealed partial class OptionBlock(ConfigObject node, string place, DiagnosticBag diagnostics)
{
    /// <summary>The block.</summary>
    public ConfigObject Node { get; } = node;

    /// <summary>What the block belongs to, for errors.</summary>
    public string Place { get; } = place;

    /// <summary>Where problems go.</summary>
    public DiagnosticBag Diagnostics { get; } = diagnostics;
}
