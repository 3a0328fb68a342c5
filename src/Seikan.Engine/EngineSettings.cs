using Seikan.Core;
using Seikan.Engine.Execution;

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

    /// <summary>How long a cancelled job waits for connectors that do not listen; then it ends without them.</summary>
    /// <value>Default 1 s.</value>
    public TimeSpan CancelWithin { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a failed job waits for connectors that do not listen, and any job for its clean-up; then they are left behind.</summary>
    /// <value>Default 10 s.</value>
    public TimeSpan AbandonAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Most threads that blocking connectors of a job may have.</summary>
    /// <value>Default 64.</value>
    public int BlockingThreads { get; init; } = 64;

    /// <summary>How long a commit is tried again.</summary>
    /// <value>Default 10 minutes.</value>
    public TimeSpan CommitTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A writer that has nothing to write for so long is flushed.</summary>
    /// <value>Default 100 ms.</value>
    public TimeSpan FlushAfter { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Told of failures that are bugs here, with their trace.</summary>
    public Action<Exception> ReportBug { get; init; } = static _ => { };

    /// <summary>Sees every batch behind readers and before writers; null = nobody.</summary>
    internal IBatchTap? Tap { get; init; }
}
