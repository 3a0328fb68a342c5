using Seikan.Plugins;

namespace Seikan.Connectors.ConsoleSink;

/// <summary>Prints rows, one line each, to standard output or the log of the job.</summary>
/// <remarks>Prints the columns of each table first. A row's line tells task, number within the task, table, kind and values.</remarks>
[PluginOptions("Console", PluginKind.Sink)]
internal sealed partial record ConsoleOptions : SinkOptions
{
    /// <summary>Whether rows are printed; without it only columns are.</summary>
    [Option("log.print.data")]
    public bool PrintData { get; init; } = true;

    /// <summary>Pause behind each row.</summary>
    [Option("log.print.delay.ms")]
    [Unit("ms")]
    [Range(0, 86_400_000)]
    public TimeSpan PrintDelay { get; init; }
}
