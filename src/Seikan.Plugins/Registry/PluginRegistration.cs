using System.Collections.Immutable;

namespace Seikan.Plugins;

/// <summary>One plug-in as the registry knows it. Reading the names loads no plug-in assembly; the lambdas do, on first use (decisions 25).</summary>
/// <param name="Identifier">The factory identifier, as upstream spells it.</param>
/// <param name="Aliases">Other identifiers.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Summary">One sentence.</param>
public sealed record PluginRegistration(string Identifier, ImmutableArray<string> Aliases, PluginKind Kind, string Summary)
{
    /// <summary>The declared options, for documentation, checks and forms.</summary>
    public required Func<PluginDescriptor> Descriptor { get; init; }

    /// <summary>
    /// Binds the options record from a block; problems go to the block's diagnostics. Null when a required option is missing or a value is wrong.
    /// Sources give a <see cref="SourceOptions"/>, transforms a <see cref="TransformOptions"/>, sinks a <see cref="SinkOptions"/>.
    /// </summary>
    public required Func<OptionBlock, object?> Bind { get; init; }

    /// <summary>Makes the plug-in (an <see cref="ISource"/>, <see cref="ISink"/>, <see cref="ITransform"/>, <see cref="IFileFormat"/> ...) from bound options.</summary>
    public required Func<object, IPluginContext, object> Create { get; init; }
}

/// <summary>Finds plug-ins by kind and name.</summary>
public interface IPluginRegistry
{
    /// <summary>All plug-ins, by kind and then by identifier.</summary>
    ImmutableArray<PluginRegistration> All { get; }

    /// <summary>The plug-in of this name or alias, without regard to case; null when there is none.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="name">Identifier or alias.</param>
    PluginRegistration? Find(PluginKind kind, string name);
}
