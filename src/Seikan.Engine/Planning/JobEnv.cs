using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Engine.Planning;

/// <summary>Bounded or not.</summary>
internal enum JobMode
{
    /// <summary>Ends when its sources end.</summary>
    Batch,

    /// <summary>May go on for ever.</summary>
    Streaming,
}

/// <summary>Where save modes run.</summary>
internal enum SaveModeLocation
{
    /// <summary>In the engine.</summary>
    Cluster,

    /// <summary>In the process that submits the job; deprecated upstream.</summary>
    Client,
}

/// <summary>Options of the <c>env</c> block (engine.md B).</summary>
[Group("Job")]
internal sealed partial record JobEnv
{
    private static readonly string[] WithoutEffect =
    [
        "checkpoint.interval", "execution.checkpoint.interval", "checkpoint.timeout", "execution.checkpoint.timeout", "checkpoint.min-pause", "min-pause",
        "checkpoint.retain-after-job-cancelled", "job.retry.times", "job.retry.interval.seconds", "jars", "engine.observability",
    ];

    /// <summary>Name of the job.</summary>
    [Option("job.name")]
    public string Name { get; init; } = "SeaTunnel_Job";

    /// <summary>Whether the job ends.</summary>
    [Option("job.mode")]
    public JobMode Mode { get; init; } = JobMode.Batch;

    /// <summary>Readers of each source that does not say otherwise.</summary>
    [Option("parallelism")]
    [Alias("execution.parallelism")]
    [Range(1, 100_000)]
    public int Parallelism { get; init; } = 1;

    /// <summary>Time between checkpoints.</summary>
    [Option("checkpoint.interval")]
    [Alias("execution.checkpoint.interval")]
    [Unit("ms")]
    [Range(10, 1e12)]
    public TimeSpan? CheckpointInterval { get; init; }

    /// <summary>Longest time for one checkpoint.</summary>
    [Option("checkpoint.timeout")]
    [Alias("execution.checkpoint.timeout")]
    [Unit("ms")]
    [Range(10, 1e12)]
    public TimeSpan? CheckpointTimeout { get; init; }

    /// <summary>Shortest time between two checkpoints.</summary>
    [Option("checkpoint.min-pause")]
    [Alias("min-pause")]
    [Unit("ms")]
    [Range(0, 1e12)]
    public TimeSpan? CheckpointMinPause { get; init; }

    /// <summary>Whether checkpoints stay after the job was cancelled.</summary>
    [Option("checkpoint.retain-after-job-cancelled")]
    public bool? CheckpointRetain { get; init; }

    /// <summary>Restarts of a pipeline after a failure.</summary>
    [Option("job.retry.times")]
    [Range(0, int.MaxValue)]
    public int? RetryTimes { get; init; }

    /// <summary>Wait before a restart.</summary>
    [Option("job.retry.interval.seconds")]
    [Range(0, 1e9)]
    public int? RetryInterval { get; init; }

    /// <summary>Rows that each reader may give out in a second.</summary>
    [Option("read_limit.rows_per_second")]
    [Range(1, 9e18)]
    public long? RowsPerSecond { get; init; }

    /// <summary>Bytes that each reader may give out in a second.</summary>
    [Option("read_limit.bytes_per_second")]
    [Range(1, 9e18)]
    public long? BytesPerSecond { get; init; }

    /// <summary>Where save modes run; always in the engine here.</summary>
    [Option("savemode.execute.location")]
    public SaveModeLocation SaveModeLocation { get; init; } = SaveModeLocation.Cluster;

    /// <summary>Zone of wire formats that need one; the machine's when not given.</summary>
    [Option("time-zone")]
    public string? TimeZone { get; init; }

    /// <summary>Most memory that batches of the job may hold.</summary>
    [Option("job.memory.limit")]
    [Range(1 << 20, 9e18)]
    public ByteSize? MemoryLimit { get; init; }

    /// <summary>Java libraries; of no use here.</summary>
    [Option("jars")]
    public string? Jars { get; init; }

    /// <summary>Free values carried with the job.</summary>
    [Option("custom_parameters")]
    public ConfigNode? CustomParameters { get; init; }

    /// <summary>Metrics settings of upstream; everything is always measured here.</summary>
    [Option("engine.observability")]
    public ConfigNode? Observability { get; init; }

    /// <summary>Worker tags that must match.</summary>
    [Option("tag_filter")]
    [NotSupportedYet("remove tag_filter: there are no workers to choose from yet")]
    public ConfigNode? TagFilter { get; init; }

    /// <summary>What happens to rows that fail.</summary>
    [Option("error_handler")]
    [NotSupportedYet("remove error_handler: a row that fails ends the job")]
    public ConfigNode? ErrorHandler { get; init; }

    /// <summary>What happens to rows that fail in a transform.</summary>
    [Option("transform_error_handler")]
    [NotSupportedYet("remove transform_error_handler: a row that fails ends the job")]
    public ConfigNode? TransformErrorHandler { get; init; }

    /// <summary>What happens to rows that fail in a sink.</summary>
    [Option("sink_error_handler")]
    [NotSupportedYet("remove sink_error_handler: a row that fails ends the job")]
    public ConfigNode? SinkErrorHandler { get; init; }

    /// <summary>Time between flushes of sinks.</summary>
    [Option("sink.flush.interval")]
    [NotSupportedYet("remove sink.flush.interval: sinks are flushed when data trickles")]
    public ConfigNode? FlushInterval { get; init; }

    /// <summary>Pipelines that run at a time.</summary>
    [Option("pipeline_concurrency")]
    [NotSupportedYet("remove pipeline_concurrency: all pipelines of a job run at once")]
    public ConfigNode? PipelineConcurrency { get; init; }

    /// <summary>How secrets of the job are encrypted.</summary>
    [Option("shade.identifier")]
    [Pattern("(?i)default", "default, the only one so far")]
    public string? ShadeIdentifier { get; init; }

    /// <summary>Further options to decrypt.</summary>
    [Option("shade.options")]
    [NotSupportedYet("remove shade.options: encrypted options cannot be read yet")]
    public ConfigNode? ShadeOptions { get; init; }

    /// <summary>Settings of the encryption.</summary>
    [Option("shade.properties")]
    [NotSupportedYet("remove shade.properties: encrypted options cannot be read yet")]
    public ConfigNode? ShadeProperties { get; init; }

    /// <summary>Keys given in a block that are accepted and change nothing in this run.</summary>
    public static IEnumerable<string> KeysWithoutEffect(OptionBlock block) => WithoutEffect.Where(key => block.Find(key) is not null);
}
