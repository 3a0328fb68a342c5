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
            var node = new PlanNode(source, found, Children(source, found));
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

    private ImmutableArray<PlanNode> Children(PlanVertex parent, ImmutableArray<SourceTable> tables) =>
        [.. vertices.Where(v => v.Inputs.Contains(parent)).Select(child => child.Role == PluginRole.Sink ? SinkNode(child, parent, tables) : StepNode(child, parent, tables))];

    private PlanNode StepNode(PlanVertex vertex, PlanVertex from, ImmutableArray<SourceTable> tables)
    {
        var transform = (ITransform)vertex.Plugin;
        var steps = ImmutableArray.CreateBuilder<(TableSchema, StepPlan)>();
        foreach (var table in tables)
        {
            Arrive(vertex, from, table.Schema);
            try
            {
                steps.Add((table.Schema, transform.Plan(table.Schema, table.Mode)));
            }
            catch (SeikanException e)
            {
                foreach (var diagnostic in e.Diagnostics)
                {
                    problems.Add(diagnostic with { Path = diagnostic.Path ?? vertex.Block.Path, Span = diagnostic.Span.IsKnown ? diagnostic.Span : vertex.Block.NameSpan });
                }
            }
        }

        ImmutableArray<SourceTable> outputs = [.. steps.SelectMany(s => s.Item2.Outputs)];
        return new PlanNode(vertex, outputs, Children(vertex, outputs)) { Steps = steps.ToImmutable() };
    }

    private PlanNode SinkNode(PlanVertex vertex, PlanVertex from, ImmutableArray<SourceTable> tables)
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

            problems.Add(new Diagnostic(PlanErrors.ChangelogRefused, $"table \"{table.Schema.Path}\" carries changes ({table.Mode}), the sink takes {accepted} only")
            {
                Span = vertex.Block.NameSpan, Path = vertex.Block.Path,
                Fix = accepted == ChangelogMode.Upsert ? "give the table a primary key" : null,
            });
        }

        return new PlanNode(vertex, tables, []) { Normalised = normalised.ToImmutable() };
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
        if (!_arrivals.TryGetValue(vertex, out var arrivals) || vertex.Inputs.Count < 2)
        {
            return;
        }

        var first = arrivals[0];
        var other = arrivals.FirstOrDefault(a => a.From != first.From && !SameColumns(a.Table, first.Table));
        if (other.From is not null)
        {
            problems.Add(new Diagnostic(
                PlanErrors.TwoStructures,
                $"\"{first.Table.Path}\" has ({Columns(first.Table)}) and \"{other.Table.Path}\" has ({Columns(other.Table)}) (Transform/Sink don't support processing data with two different structures.)")
            {
                Span = vertex.Block.NameSpan, Path = vertex.Block.Path,
            });
        }
    }

    private void CheckSink(PlanVertex vertex)
    {
        if (!_arrivals.TryGetValue(vertex, out var arrivals))
        {
            return;
        }

        foreach (var diagnostic in ((ISink)vertex.Plugin).CheckTables([.. arrivals.Select(a => a.Table).Distinct()]))
        {
            problems.Add(diagnostic with { Path = diagnostic.Path ?? vertex.Block.Path, Span = diagnostic.Span.IsKnown ? diagnostic.Span : vertex.Block.NameSpan });
        }
    }

    private void CheckPositionedSinks(PipelinePlan pipeline)
    {
        var sinks = Sinks(pipeline.Tree).ToList();
        var positioned = sinks.FirstOrDefault(s => ((ISink)s.Vertex.Plugin).Delivery is Delivery.TransactionalWithPositions);
        if (positioned is not null && sinks.Count > 1)
        {
            problems.Add(new Diagnostic(PlanErrors.PositionedSinkNotAlone, $"{positioned.Vertex.Name} shares pipeline {pipeline.Number} with other sinks")
            {
                Span = positioned.Vertex.Block.NameSpan, Path = positioned.Vertex.Block.Path,
            });
        }
    }

    private static bool ReachesSink(PlanNode node) => Sinks(node).Any(s => !s.Outputs.IsEmpty);

    private static bool SameColumns(TableSchema a, TableSchema b) =>
        a.Columns.Length == b.Columns.Length && a.Columns.Zip(b.Columns).All(p => p.First.Name == p.Second.Name && p.First.Type == p.Second.Type);

    private static string Columns(TableSchema table) => string.Join(", ", table.Columns.Select(c => $"{c.Name} {c.Type}"));
}
