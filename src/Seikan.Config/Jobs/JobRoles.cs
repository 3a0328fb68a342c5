using System.Diagnostics;

namespace Seikan.Config;

/// <summary>Names of the plug-in roles in job text.</summary>
internal static class JobRoles
{
    /// <summary>The key of a role's block.</summary>
    public static string KeyOf(PluginRole role) => role switch
    {
        PluginRole.Source => JobBlocks.Source,
        PluginRole.Transform => JobBlocks.Transform,
        PluginRole.Sink => JobBlocks.Sink,
        _ => throw new UnreachableException(),
    };
}
