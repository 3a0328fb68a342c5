using System.Collections.Immutable;

namespace Seikan.Plugins;

/// <summary>A fixed set of plug-ins.</summary>
/// <param name="plugins">The plug-ins.</param>
public sealed class PluginTable(IEnumerable<PluginRegistration> plugins) : IPluginRegistry
{
    /// <inheritdoc/>
    public ImmutableArray<PluginRegistration> All { get; } = [.. plugins.OrderBy(p => p.Kind).ThenBy(p => p.Identifier, StringComparer.OrdinalIgnoreCase)];

    /// <inheritdoc/>
    public PluginRegistration? Find(PluginKind kind, string name)
    {
        foreach (var plugin in All)
        {
            if (plugin.Kind == kind && (Same(plugin.Identifier, name) || plugin.Aliases.Any(a => Same(a, name))))
            {
                return plugin;
            }
        }

        return null;
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
