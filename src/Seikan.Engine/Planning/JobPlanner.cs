using System.Collections.Immutable;
using Seikan.Config;
using Seikan.Core;
using Seikan.Engine.Execution;
using Seikan.Plugins;

namespace Seikan.Engine.Planning;

/// <summary>Plans one job: binds options, makes plug-ins, joins them, follows every table from source to sink. Used once.</summary>
internal sealed class JobPlanner(IPluginRegistry plugins, EngineSettings settings, JobSpec spec, PlanOptions options)
{
    private readonly DiagnosticBag _problems = new();
    private readonly List<PlanVertex> _vertices = [];
    private readonly List<GraphVertex> _graph = [];
    private JobMemory? _memory;
    private bool _isEnvironmentError;

    /// <summary>Plans; never throws for what a user can cause.</summary>
    public async ValueTask<PlanResult> PlanAsync(CancellationToken cancellationToken)
    {
        JobPlan? plan = null;
        try
        {
            plan = await TryPlanAsync(cancellationToken);
        }
        finally
        {
            if (plan is null)
            {
                foreach (var vertex in _vertices)
                {
                    if (vertex.Plugin is IAsyncDisposable disposable)
                    {
                        await disposable.DisposeAsync();
                    }
                }
            }
        }

        return new PlanResult(plan, _problems.ToImmutable()) { IsEnvironmentError = _isEnvironmentError };
    }

    private async ValueTask<JobPlan?> TryPlanAsync(CancellationToken cancellationToken)
    {
        var envBlock = new OptionBlock(spec.Env, "env", _problems);
        var env = JobEnv.Bind(envBlock);
        var zone = FindZone(env, envBlock);
        var name = options.JobName is null or "" or "SeaTunnel" or "SeaTunnel_Job" ? env?.Name ?? "SeaTunnel_Job" : options.JobName;
        var job = new JobFacts(options.JobId ?? NewJobId(), name, env?.Mode == JobMode.Streaming, zone);
        _memory = settings.Memory.OpenJob(env?.MemoryLimit?.Bytes);
        foreach (var block in (IEnumerable<PluginBlock>)[.. spec.Sources, .. spec.Transforms, .. spec.Sinks])
        {
            Make(block, job, env?.Parallelism ?? 1);
        }

        EnvNotes.Add(spec.Env, env, envBlock, job.IsStreaming, _problems);
        var isJoined = new GraphJoiner(_problems).Join(_graph);
        var sources = _vertices.Where(v => v.Role == PluginRole.Source).ToList();
        RefuseUnbounded(sources, job);
        if (!isJoined || _problems.HasErrors || _graph.Any(g => g.Vertex is null))
        {
            // Discovery may need what is wrong, and its own errors would hide the cause.
            return null;
        }

        foreach (var graph in _graph)
        {
            graph.Vertex!.Inputs.AddRange(graph.Inputs.Select(i => i.Vertex!));
        }

        var tables = await DiscoverAsync(sources, cancellationToken);
        var pipelines = new PipelineBuilder(_problems, _vertices).Build(tables);
        RefuseTooManyThreads(pipelines);
        if (_problems.HasErrors)
        {
            return null;
        }

        return new JobPlan(job, _memory, [.. _vertices], pipelines) { Env = spec.Env, RowsPerSecond = env?.RowsPerSecond, BytesPerSecond = env?.BytesPerSecond };
    }

    private void Make(PluginBlock block, JobFacts job, int parallelism)
    {
        var graph = new GraphVertex(block);
        _graph.Add(graph);
        var kind = block.Role switch { PluginRole.Source => PluginKind.Source, PluginRole.Transform => PluginKind.Transform, _ => PluginKind.Sink };
        var options = new OptionBlock(block.Options, block.Path, _problems);
        if (plugins.Find(kind, block.Name) is not { } registration)
        {
            ReportUnknown(block, kind);
            graph.ReadNames(options);
            return;
        }

        var bound = registration.Bind(options);
        graph.ReadNames(options);
        if (bound is null)
        {
            options.ReportUnknown(settings.IsStrict ? Severity.Error : Severity.Warning);
            return;
        }

        var context = new PluginContext(plugins, settings, job, _memory!, _problems, block.Path);
        try
        {
            var plugin = registration.Create(bound, context);
            var own = bound is SourceOptions { Parallelism: { } asked } ? asked : parallelism;
            graph.Vertex = new PlanVertex(block, context, plugin, own);
            _vertices.Add(graph.Vertex);
        }
        catch (Exception e)
        {
            Add(e, block);
        }

        if (bound is SinkOptions { MultiTableSinkReplica: > 1 })
        {
            _problems.Add(new Diagnostic(PlanErrors.NoEffect, "\"multi_table_sink_replica\" has no effect yet: each task has one writer")
            {
                Severity = Severity.Note, Span = options.Find("multi_table_sink_replica")!.Value.KeySpan, Path = block.Path, Fix = "nothing needs to be done; raise the parallelism of the source for more writers",
            });
        }

        options.ReportUnknown(settings.IsStrict ? Severity.Error : Severity.Warning);
    }

    private void ReportUnknown(PluginBlock block, PluginKind kind)
    {
        var role = block.Role.ToString().ToLowerInvariant();
        var otherSides = plugins.All.Where(p => p.Kind != kind && p.Kind != PluginKind.Format && plugins.Find(p.Kind, block.Name) == p).ToList();
        if (otherSides.Count > 0)
        {
            var sides = string.Join(" and ", otherSides.Select(p => p.Kind.ToString().ToLowerInvariant()));
            _problems.Add(new Diagnostic(PlanErrors.WrongSide, $"\"{block.Name}\" is a {sides}, not a {role}")
            {
                Span = block.NameSpan, Path = $"{role}[{block.Index}]", Fix = $"use it below {sides} {{ }}, or another plug-in here",
            });
            return;
        }

        var known = plugins.All.Where(p => p.Kind == kind).SelectMany(p => p.Aliases.Prepend(p.Identifier)).ToList();
        var near = NearestNames.Find(block.Name, known);
        _problems.Add(new Diagnostic(PlanErrors.UnknownPlugin, $"there is no {role} \"{block.Name}\"")
        {
            Span = block.NameSpan, Path = $"{role}[{block.Index}]", Candidates = near,
        });
    }

    private async ValueTask<Dictionary<PlanVertex, ImmutableArray<SourceTable>>> DiscoverAsync(List<PlanVertex> sources, CancellationToken cancellationToken)
    {
        var tables = new Dictionary<PlanVertex, ImmutableArray<SourceTable>>();
        foreach (var vertex in sources)
        {
            try
            {
                tables[vertex] = await ((ISource)vertex.Plugin).DiscoverAsync(cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                Add(e, vertex.Block);
                tables[vertex] = [];
            }
        }

        return tables;
    }

    private void Add(Exception e, PluginBlock block)
    {
        _isEnvironmentError |= !_problems.HasErrors && Blame.IsExternal(e);
        foreach (var diagnostic in Blame.Explain(e, settings.ReportBug))
        {
            _problems.Add(diagnostic with
            {
                Path = diagnostic.Path ?? block.Path,
                Span = diagnostic.Span.IsKnown ? diagnostic.Span : block.NameSpan,
            });
        }
    }

    private void RefuseTooManyThreads(ImmutableArray<PipelinePlan> pipelines)
    {
        var threads = pipelines.Sum(p => (long)p.Parallelism * (ThreadsOf(p.Source) + PipelineBuilder.Sinks(p.Tree).Sum(s => ThreadsOf(s.Vertex))));
        if (threads > settings.BlockingThreads)
        {
            _problems.Add(new Diagnostic(PlanErrors.TooManyThreads, $"the job needs {threads} threads for connectors that block; it may have {settings.BlockingThreads}"));
        }
    }

    private static int ThreadsOf(PlanVertex vertex) => ((IConnector)vertex.Plugin).BlockingThreads;

    private void RefuseUnbounded(List<PlanVertex> sources, JobFacts job)
    {
        foreach (var vertex in sources.Where(v => !job.IsStreaming && v.Plugin is ISource { IsBounded: false }))
        {
            _problems.Add(new Diagnostic(PlanErrors.UnboundedInBatch, $"the source never ends, but the job is a batch job ('{vertex.Block.Name}' source don't support off-line job.)")
            {
                Span = vertex.Block.NameSpan, Path = vertex.Block.Path, Fix = "set job.mode = STREAMING in env, or make the source end",
            });
        }
    }

    private static TimeZoneInfo FindZone(JobEnv? env, OptionBlock block)
    {
        if (env?.TimeZone is not { } name)
        {
            return TimeZoneInfo.Local;
        }

        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
        {
            return zone;
        }

        block.ErrorAt(OptionErrors.WrongValue, $"\"time-zone\" is \"{name}\", which this machine does not know", "time-zone", "write a zone such as Europe/Berlin or UTC");
        return TimeZoneInfo.Utc;
    }

    // Time-ordered, below 2^53 so that JSON numbers keep it (rest-api.md 4.8): milliseconds times 1,000 and a random rest.
    private long NewJobId() => (settings.Time.GetUtcNow().ToUnixTimeMilliseconds() * 1000) + settings.CreateRandom().Next(1000);
}
