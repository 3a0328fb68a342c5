using System.Collections.Immutable;
using Seikan.Config;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Engine.Planning;

/// <summary>Cuts the graph into pipelines, one a source, and follows every table through the steps to the sinks.</summary>
internal sealed class PipelineBuilder(DiagnosticBag problems, List<PlanVertex> vertices)
{
    private readonly Dictionary<PlanVertex, List<(PlanVertex From, TableSchema Table)>> _arrivals = [];

    /// <summary>The pipelines; problems went to the bag.</summary>
    /// <param name="tables">What each source gives.</param>
    public ImmutableArray<PipelinePlan> Build(Dictionary<PlanVertex, ImmutableArray<SourceTable>> tables)
    {
        var pipelines = ImmutableArray.CreateBuilder<PipelinePlan>();
        foreach (var (source, found) in tables.OrderBy(t => t.Key.Block.Index))
        {
            RefuseTablesTwice(source, found);
            ImmutableArray<int> origins = [.. Enumerable.Range(0, found.Length)];
            var node = new PlanNode(source, found, Children(source, found, origins)) { Origins = origins };
            pipelines.Add(new PipelinePlan(pipelines.Count + 1, source, source.Parallelism, node));
        }

        foreach (var vertex in vertices)
        {
            CheckStructures(vertex);
        }

        foreach (var sink in vertices.Where(v => v.Role == PluginRole.Sink))
        {
            CheckSink(sink);
        }

        if (!problems.HasErrors && pipelines.All(p => !ReachesSink(p.Tree)))
        {
            problems.Add(new Diagnostic(PlanErrors.NothingToRun, "no table reaches a sink (No actions define in the job. Cannot execute.)"));
        }

        foreach (var pipeline in pipelines)
        {
            CheckPositionedSinks(pipeline);
        }

        return pipelines.ToImmutable();
    }

    /// <summary>The sinks of a tree.</summary>
    public static IEnumerable<PlanNode> Sinks(PlanNode node) =>
        node.Vertex.Role == PluginRole.Sink ? [node] : node.Children.SelectMany(Sinks);

    private ImmutableArray<PlanNode> Children(PlanVertex parent, ImmutableArray<SourceTable> tables, ImmutableArray<int> origins) =>
        [.. vertices.Where(v => v.Inputs.Contains(parent)).Select(child =>
            child.Role == PluginRole.Sink ? SinkNode(child, parent, tables, origins) : StepNode(child, parent, tables, origins))];

    private PlanNode StepNode(PlanVertex vertex, PlanVertex from, ImmutableArray<SourceTable> tables, ImmutableArray<int> origins)
    {
        var transform = (ITransform)vertex.Plugin;
        var steps = new Dictionary<TablePath, (TableSchema Input, StepPlan Plan)>();
        var (outputs, outputOrigins) = (ImmutableArray.CreateBuilder<SourceTable>(), ImmutableArray.CreateBuilder<int>());
        for (var i = 0; i < tables.Length; i++)
        {
            var table = tables[i];
            Arrive(vertex, from, table.Schema);
            if (!steps.TryGetValue(table.Schema.Path, out var step))
            {
                if (TryPlan(vertex, transform, table) is not { } plan)
                {
                    continue;
                }

                steps[table.Schema.Path] = step = (table.Schema, plan);
            }

            foreach (var output in step.Plan.Outputs)
            {
                outputs.Add(output);
                outputOrigins.Add(origins[i]);
            }
        }

        var (made, from2) = (outputs.ToImmutable(), outputOrigins.ToImmutable());
        return new PlanNode(vertex, made, Children(vertex, made, from2)) { Steps = [.. steps.Values], Origins = from2 };
    }

    private StepPlan? TryPlan(PlanVertex vertex, ITransform transform, SourceTable table)
    {
        try
        {
            return transform.Plan(table.Schema, table.Mode);
        }
        catch (SeikanException e)
        {
            problems.AddRange(e.Diagnostics.Select(vertex.Place));
            return null;
        }
    }

    private PlanNode SinkNode(PlanVertex vertex, PlanVertex from, ImmutableArray<SourceTable> tables, ImmutableArray<int> origins)
    {
        var sink = (ISink)vertex.Plugin;
        var normalised = ImmutableHashSet.CreateBuilder<TablePath>();
        foreach (var table in tables)
        {
            Arrive(vertex, from, table.Schema);
            var accepted = sink.Accepts(table.Schema);
            if (accepted >= table.Mode)
            {
                continue;
            }

            if (table.Mode == ChangelogMode.Full && accepted == ChangelogMode.Upsert && table.Schema.PrimaryKey is not null)
            {
                normalised.Add(table.Schema.Path);
                continue;
            }

            Add(
                PlanErrors.ChangelogRefused, $"table \"{table.Schema.Path}\" carries changes ({table.Mode}), the sink takes {accepted} only", vertex,
                accepted == ChangelogMode.Upsert ? "give the table a primary key" : null);
        }

        return new PlanNode(vertex, tables, []) { Normalised = normalised.ToImmutable(), Origins = origins };
    }

    private void RefuseTablesTwice(PlanVertex source, ImmutableArray<SourceTable> tables)
    {
        foreach (var twice in tables.GroupBy(t => t.Schema.Path).Where(g => g.Count() > 1))
        {
            Add(PlanErrors.TableTwice, $"table \"{twice.Key}\" comes {twice.Count()} times from one source", source, null);
        }
    }

    private void Arrive(PlanVertex vertex, PlanVertex from, TableSchema table)
    {
        if (!_arrivals.TryGetValue(vertex, out var arrivals))
        {
            _arrivals[vertex] = arrivals = [];
        }

        arrivals.Add((from, table));
    }

    private void CheckStructures(PlanVertex vertex)
    {
        if (!_arrivals.TryGetValue(vertex, out var arrivals))
        {
            return;
        }

        var several = arrivals.GroupBy(a => a.From).Where(g => g.Select(a => a.Table.Path).Distinct().Count() > 1).Select(g => g.Key).ToList();
        if (vertex.Inputs.Count > 1 && several.Count > 0)
        {
            Add(
                PlanErrors.MultiTableAndOther,
                $"rows come from {several[0].Name}, which gives several tables, and from other plug-ins (Sink don't support simultaneous writing of data from multi-table source and other sources.)",
                vertex, null);
            return;
        }

        // Tables of one input may differ, unless they go by one name; inputs may not.
        var other = arrivals
            .SelectMany((a, i) => arrivals.Skip(i + 1).Select(b => (A: a, B: b)))
            .FirstOrDefault(p => (p.A.From != p.B.From || p.A.Table.Path == p.B.Table.Path) && !SameColumns(p.A.Table, p.B.Table));
        if (other.A.From is not null)
        {
            Add(
                PlanErrors.TwoStructures,
                $"\"{other.A.Table.Path}\" has ({Columns(other.A.Table)}) and \"{other.B.Table.Path}\" has ({Columns(other.B.Table)}) (Transform/Sink don't support processing data with two different structures.)",
                vertex, null);
        }
    }

    private void CheckSink(PlanVertex vertex)
    {
        if (!_arrivals.TryGetValue(vertex, out var arrivals))
        {
            return;
        }

        problems.AddRange(((ISink)vertex.Plugin).CheckTables([.. arrivals.Select(a => a.Table).Distinct()]).Select(vertex.Place));
    }

    private void CheckPositionedSinks(PipelinePlan pipeline)
    {
        var sinks = Sinks(pipeline.Tree).ToList();
        var positioned = sinks.FirstOrDefault(s => ((ISink)s.Vertex.Plugin).Delivery is Delivery.TransactionalWithPositions);
        if (positioned is not null && sinks.Count > 1)
        {
            Add(PlanErrors.PositionedSinkNotAlone, $"{positioned.Vertex.Name} shares pipeline {pipeline.Number} with other sinks", positioned.Vertex, null);
        }
    }

    private void Add(ErrorCode code, string message, PlanVertex vertex, string? fix) => problems.Add(vertex.Place(new Diagnostic(code, message) { Fix = fix }));

    private static bool ReachesSink(PlanNode node) => Sinks(node).Any(s => !s.Outputs.IsEmpty);

    private static bool SameColumns(TableSchema a, TableSchema b) =>
        a.Columns.Length == b.Columns.Length && a.Columns.Zip(b.Columns).All(p => p.First.Name == p.Second.Name && p.First.Type == p.Second.Type);

    private static string Columns(TableSchema table) => string.Join(", ", table.Columns.Select(c => $"{c.Name} {c.Type}"));
}
