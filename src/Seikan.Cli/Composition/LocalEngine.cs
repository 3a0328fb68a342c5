using Seikan.Core;
using Seikan.Engine;
using Seikan.Hosting;
using Seikan.Plugins;

namespace Seikan.Cli.Composition;

/// <summary>The engine inside this process, with the built-in plug-ins.</summary>
internal static class LocalEngine
{
    /// <summary>The built-in plug-ins.</summary>
    public static IPluginRegistry Plugins() => BuiltInPlugins.Create();

    /// <summary>Puts the engine together.</summary>
    /// <param name="terminal">Where sinks print, and where bugs are told.</param>
    /// <param name="isStrict">Whether unknown options are errors.</param>
    public static EngineHost Create(Terminal terminal, bool isStrict) => new(
        Plugins(),
        new EngineSettings
        {
            Memory = new MemoryBudget(MemoryBudget.DefaultLimitBytes(), new BufferPool(), TimeProvider.System),
            Output = terminal.Output,
            IsStrict = isStrict,
            ReportBug = e => BugReport.Keep(e, terminal),
        });
}
