using Seikan.Core;

namespace Seikan.Engine;

/// <summary>What the engine is given by its host. Everything that decides the order of events comes from here, so that a simulation can own it.</summary>
public sealed record EngineSettings
{
    /// <summary>Memory of all jobs.</summary>
    public required MemoryBudget Memory { get; init; }

    /// <summary>The only clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where tasks run.</summary>
    public TaskScheduler Scheduler { get; init; } = TaskScheduler.Default;

    /// <summary>The only randomness.</summary>
    public Func<Random> CreateRandom { get; init; } = static () => new Random();

    /// <summary>Text of sinks that print.</summary>
    public TextWriter Output { get; init; } = TextWriter.Null;

    /// <summary>Whether unknown options are errors.</summary>
    public bool IsStrict { get; init; }

    /// <summary>How many chunks a reader decodes at once.</summary>
    /// <value>Default: the number of cores.</value>
    public int DecodeDegree { get; init; } = Environment.ProcessorCount;

    /// <summary>How long a cancelled job waits for connectors that do not listen, before it abandons them.</summary>
    /// <value>Default 5 s.</value>
    public TimeSpan AbandonAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a commit is tried again.</summary>
    /// <value>Default 10 minutes.</value>
    public TimeSpan CommitTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A writer that has nothing to write for so long is flushed.</summary>
    /// <value>Default 100 ms.</value>
    public TimeSpan FlushAfter { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Told of failures that are bugs here, with their trace.</summary>
    public Action<Exception> ReportBug { get; init; } = static _ => { };
}
