using System.Diagnostics.CodeAnalysis;

namespace Seikan.Plugins;

/// <summary>
/// Names a plug-in of an assembly; written by the generator. Hosts read it from metadata, so that names are known before the assembly is loaded.
/// </summary>
/// <param name="identifier">The factory identifier.</param>
/// <param name="kind">What the plug-in is.</param>
/// <param name="summary">One sentence.</param>
/// <param name="entry">The generated class with Describe, Bind and Create.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class PluginEntryAttribute(
    string identifier, PluginKind kind, string summary, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)] Type entry) : Attribute
{
    /// <summary>The factory identifier.</summary>
    public string Identifier { get; } = identifier;

    /// <summary>What the plug-in is.</summary>
    public PluginKind Kind { get; } = kind;

    /// <summary>One sentence.</summary>
    public string Summary { get; } = summary;

    /// <summary>The generated class with Describe, Bind and Create.</summary>
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)]
    public Type Entry { get; } = entry;

    /// <summary>Other identifiers.</summary>
    public string[] Aliases { get; init; } = [];
}
