namespace Seikan.Plugins;

/// <summary>Options that every source takes.</summary>
public abstract partial record SourceOptions
{
    /// <summary>Name of the data set that the source produces.</summary>
    [Option("plugin_output")]
    [Alias("result_table_name")]
    public string? PluginOutput { get; init; }

    /// <summary>Readers of this source; the job's parallelism when not given.</summary>
    [Option("parallelism")]
    [Range(1, 100_000)]
    public int? Parallelism { get; init; }
}

/// <summary>Options that every transform takes.</summary>
public abstract partial record TransformOptions
{
    /// <summary>Data sets that the step takes.</summary>
    [Option("plugin_input")]
    [Alias("source_table_name")]
    public IReadOnlyList<string>? PluginInput { get; init; }

    /// <summary>Name of the data set that the step produces.</summary>
    [Option("plugin_output")]
    [Alias("result_table_name")]
    public string? PluginOutput { get; init; }

    /// <summary>Has no effect: a step runs with the parallelism of its source.</summary>
    [Option("parallelism")]
    [Deprecated("set it on the source")]
    public int? Parallelism { get; init; }
}

/// <summary>Options that every sink takes.</summary>
public abstract partial record SinkOptions
{
    /// <summary>Data sets that the sink writes.</summary>
    [Option("plugin_input")]
    [Alias("source_table_name")]
    public IReadOnlyList<string>? PluginInput { get; init; }

    /// <summary>Has no effect: a sink runs with the parallelism of its source.</summary>
    [Option("parallelism")]
    [Deprecated("set it on the source")]
    public int? Parallelism { get; init; }

    /// <summary>Writers in each task, with rows spread by key.</summary>
    [Option("multi_table_sink_replica")]
    [Range(1, 1024)]
    public int MultiTableSinkReplica { get; init; } = 1;
}
