using System.Collections.Immutable;
using Seikan.Config;
using Seikan.Core;

namespace Seikan.Engine;

/// <summary>The graph of a job as REST and logs show it (engine.md D.1): numbered vertices of all pipelines, consecutive transforms as one.</summary>
/// <param name="Vertices">By id, from 1 without holes: by pipeline, then along the flow.</param>
/// <param name="Edges">In the order of the vertices.</param>
public sealed record PlanGraph(ImmutableArray<GraphVertexInfo> Vertices, ImmutableArray<GraphEdge> Edges)
{
    internal static PlanGraph Of(ImmutableArray<PipelinePlan> pipelines)
    {
        var vertices = ImmutableArray.CreateBuilder<GraphVertexInfo>();
        var edges = ImmutableArray.CreateBuilder<GraphEdge>();
        foreach (var pipeline in pipelines)
        {
            var sinks = new Dictionary<PlanVertex, int>();
            var (source, sourceId) = (pipeline.Tree, vertices.Count + 1);
            vertices.Add(new GraphVertexInfo(sourceId, pipeline.Number, source.Vertex.Role, Named(pipeline, source.Vertex.Name), Paths(source)) { Parallelism = pipeline.Parallelism });
            foreach (var child in source.Children)
            {
                Add(pipeline, child, sourceId);
            }

            // Ids rise along the flow, edge by edge.
            void Add(PipelinePlan pipeline, PlanNode node, int from)
            {
                if (node.Vertex.Role == PluginRole.Sink)
                {
                    AddSink(node, from);
                    return;
                }

                var (chain, last) = (new List<string> { node.Vertex.Name }, node);
                while (last.Children is [{ Vertex: { Role: PluginRole.Transform, Inputs.Count: 1 } } only])
                {
                    chain.Add(only.Vertex.Name);
                    last = only;
                }

                var id = vertices.Count + 1;
                vertices.Add(new GraphVertexInfo(id, pipeline.Number, PluginRole.Transform, Named(pipeline, $"TransformChain[{string.Join("->", chain)}]"), []) { Parallelism = pipeline.Parallelism });
                edges.Add(new GraphEdge(pipeline.Number, from, id));
                foreach (var child in last.Children)
                {
                    Add(pipeline, child, id);
                }
            }

            void AddSink(PlanNode node, int from)
            {
                if (!sinks.TryGetValue(node.Vertex, out var id))
                {
                    id = vertices.Count + 1;
                    sinks.Add(node.Vertex, id);
                    vertices.Add(new GraphVertexInfo(id, pipeline.Number, PluginRole.Sink, Named(pipeline, $"{node.Vertex.Name}-MultiTableSink"), Paths(node)) { Parallelism = pipeline.Parallelism });
                }

                edges.Add(new GraphEdge(pipeline.Number, from, id));
            }
        }

        return new PlanGraph(vertices.ToImmutable(), edges.ToImmutable());
    }

    private static string Named(PipelinePlan pipeline, string action) => $"pipeline-{pipeline.Number} [{action}]";

    private static ImmutableArray<TablePath> Paths(PlanNode node) => [.. node.Outputs.Select(t => t.Schema.Path).Distinct()];
}

/// <summary>A vertex of a <see cref="PlanGraph"/>.</summary>
/// <param name="Id">From 1, unique in the job.</param>
/// <param name="Pipeline">From 1.</param>
/// <param name="Role">Source, transform or sink.</param>
/// <param name="Name">Such as <c>pipeline-1 [Source[0]-FakeSource]</c>.</param>
/// <param name="Tables">Its tables; empty for transforms.</param>
public sealed record GraphVertexInfo(int Id, int Pipeline, PluginRole Role, string Name, ImmutableArray<TablePath> Tables)
{
    /// <summary>Its parallelism: that of the source.</summary>
    public int Parallelism { get; init; } = 1;
}

/// <summary>An edge of a <see cref="PlanGraph"/>.</summary>
/// <param name="Pipeline">From 1.</param>
/// <param name="From">Id of the vertex that rows leave.</param>
/// <param name="To">Id of the vertex that takes them.</param>
public readonly record struct GraphEdge(int Pipeline, int From, int To);
