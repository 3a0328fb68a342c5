using System.Collections.Immutable;
using Seikan.Config;
using Seikan.Engine.Planning;
using Seikan.Plugins;

namespace Seikan.Engine;

/// <summary>Plans and runs jobs in this process.</summary>
/// <param name="plugins">The plug-ins that jobs may use.</param>
/// <param name="settings">Clock, threads, memory.</param>
public sealed class EngineHost(IPluginRegistry plugins, EngineSettings settings)
{
    /// <summary>The options of the <c>env</c> block.</summary>
    public static ImmutableArray<OptionDescriptor> EnvOptions => JobEnv.AllOptions;

    /// <summary>Checks a job and decides how it runs: options bound, graph joined, schemas known after each step. No row moves.</summary>
    /// <param name="spec">The job as written.</param>
    /// <param name="options">Name and identity.</param>
    /// <param name="cancellationToken">Ends the planning.</param>
    /// <returns>All problems at once; the plan is null when one of them is an error. The caller disposes the plan.</returns>
    public ValueTask<PlanResult> PlanAsync(JobSpec spec, PlanOptions options, CancellationToken cancellationToken) =>
        new JobPlanner(plugins, settings, spec, options).PlanAsync(cancellationToken);

    /// <summary>Starts a planned job.</summary>
    /// <param name="plan">The plan; still the caller's to dispose, after the run.</param>
    public JobRun Start(JobPlan plan) => JobRun.Start(plan, settings);
}

/// <summary>Name and identity of a job.</summary>
public sealed record PlanOptions
{
    /// <summary>Goes before <c>job.name</c>; null = as the job says.</summary>
    public string? JobName { get; init; }

    /// <summary>The job's id; null = made from the clock.</summary>
    public long? JobId { get; init; }
}
