using System.Collections.Immutable;
using Seikan.Config;
using Seikan.Core;
using Seikan.Engine.Planning;
using Seikan.Plugins;

namespace Seikan.Engine;

/// <summary>What planning found.</summary>
/// <param name="Plan">The plan; null when there is an error.</param>
/// <param name="Diagnostics">Every problem, by place.</param>
public sealed record PlanResult(JobPlan? Plan, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>True when the first error is not the job's own fault: a missing file, a host that does not answer.</summary>
    public bool IsEnvironmentError { get; init; }
}

/// <summary>How a job runs. Holds the made plug-ins; disposed by whoever planned it, after the run.</summary>
public sealed class JobPlan : IAsyncDisposable
{
    internal JobPlan(JobFacts job, JobMemory memory, ImmutableArray<PlanVertex> vertices, ImmutableArray<PipelinePlan> pipelines) =>
        (Job, Memory, Vertices, Pipelines) = (job, memory, vertices, pipelines);

    /// <summary>Id, name and mode.</summary>
    public JobFacts Job { get; }

    /// <summary>All plug-ins of the job, sources first, then transforms, then sinks.</summary>
    public ImmutableArray<PlanVertex> Vertices { get; }

    /// <summary>One for each source.</summary>
    public ImmutableArray<PipelinePlan> Pipelines { get; }

    /// <summary>The <c>env</c> block as written, for display; may hold secrets.</summary>
    public required ConfigObject Env { get; init; }

    /// <summary>The graph as REST shows it: vertices with ids and names of each pipeline, and the edges between them.</summary>
    public PlanGraph Graph => field ??= PlanGraph.Of(Pipelines);

    /// <summary>Rows that each reader may give out in a second; null = no limit.</summary>
    public long? RowsPerSecond { get; internal init; }

    /// <summary>Bytes that each reader may give out in a second; null = no limit.</summary>
    public long? BytesPerSecond { get; internal init; }

    internal JobMemory Memory { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var vertex in Vertices)
        {
            if (vertex.Plugin is IAsyncDisposable disposable)
            {
                await disposable.DisposeAsync();
            }
        }
    }
}

/// <summary>One plug-in of the job.</summary>
public sealed class PlanVertex
{
    internal PlanVertex(PluginBlock block, PluginContext context, object plugin, int parallelism) =>
        (Block, Context, Plugin, Parallelism) = (block, context, plugin, parallelism);

    /// <summary>Name in plans, logs and REST (engine.md D.1): <c>Source[0]-FakeSource</c>.</summary>
    public string Name => $"{Block.Role}[{Block.Index}]-{Block.Name}";

    /// <summary>Source, transform or sink.</summary>
    public PluginRole Role => Block.Role;

    /// <summary>Readers, for a source.</summary>
    public int Parallelism { get; }

    internal PluginBlock Block { get; }

    internal PluginContext Context { get; }

    internal object Plugin { get; }

    internal List<PlanVertex> Inputs { get; } = [];

    /// <summary>A diagnostic of the plug-in, with the block as its place where it names none.</summary>
    internal Diagnostic Place(Diagnostic diagnostic) =>
        diagnostic with { Path = diagnostic.Path ?? Block.Path, Span = diagnostic.Span.IsKnown ? diagnostic.Span : Block.NameSpan };
}

/// <summary>A source and everything downstream of it.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Source">The source.</param>
/// <param name="Parallelism">Data tasks.</param>
/// <param name="Tree">The source's node; its children are what its rows go to.</param>
public sealed record PipelinePlan(int Number, PlanVertex Source, int Parallelism, PlanNode Tree)
{
    /// <summary>Slots needed: one coordinator group and a data group for each task.</summary>
    public int TaskGroups => Parallelism + 1;
}

/// <summary>A plug-in at one place of a pipeline's tree.</summary>
/// <param name="Vertex">The plug-in.</param>
/// <param name="Outputs">Tables behind it; for a sink the tables it takes.</param>
/// <param name="Children">Where the rows go on.</param>
public sealed record PlanNode(PlanVertex Vertex, ImmutableArray<SourceTable> Outputs, ImmutableArray<PlanNode> Children)
{
    /// <summary>For each of <see cref="Outputs"/>, the table of the source it came from, by its index there.</summary>
    internal ImmutableArray<int> Origins { get; init; } = [];

    /// <summary>The tables here that came from a table of the source.</summary>
    internal ImmutableArray<TablePath> TablesFrom(int sourceTable)
    {
        var origins = Origins;
        return [.. Outputs.Where((_, i) => origins[i] == sourceTable).Select(t => t.Schema.Path).Distinct()];
    }

    /// <summary>For a transform: what becomes of each incoming table.</summary>
    internal ImmutableArray<(TableSchema Input, StepPlan Plan)> Steps { get; init; } = [];

    /// <summary>For a sink: keys of tables whose changes must be turned from pairs into upserts; empty when none.</summary>
    internal ImmutableHashSet<TablePath> Normalised { get; init; } = [];
}
