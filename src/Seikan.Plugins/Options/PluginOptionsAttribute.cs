namespace Seikan.Plugins;

/// <summary>
/// Marks the one place where a plug-in's options are declared: a <c>sealed partial record</c>. The generator writes its binder, its descriptor and
/// its registry entry from it.
/// </summary>
/// <param name="identifier">The factory identifier, as upstream spells it; matched without regard to case.</param>
/// <param name="kind">What the plug-in is.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class PluginOptionsAttribute(string identifier, PluginKind kind) : Attribute
{
    /// <summary>The factory identifier.</summary>
    public string Identifier { get; } = identifier;

    /// <summary>What the plug-in is.</summary>
    public PluginKind Kind { get; } = kind;

    /// <summary>Other identifiers that mean the same plug-in.</summary>
    public string[] Aliases { get; init; } = [];
}
