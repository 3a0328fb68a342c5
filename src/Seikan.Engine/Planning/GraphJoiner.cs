using Seikan.Config;
using Seikan.Core;

namespace Seikan.Engine.Planning;

/// <summary>Joins blocks by their names (engine.md C.6) and reports every mistake of C.9 that belongs to the graph.</summary>
internal sealed class GraphJoiner(DiagnosticBag problems)
{
    /// <summary>Sets the inputs of every vertex; false after an error.</summary>
    public bool Join(List<GraphVertex> graph)
    {
        var before = problems.ErrorCount;
        var sources = graph.Where(v => v.Block.Role == PluginRole.Source).ToList();
        var transforms = graph.Where(v => v.Block.Role == PluginRole.Transform).ToList();
        var sinks = graph.Where(v => v.Block.Role == PluginRole.Sink).ToList();
        if (sources.Count == 1 && transforms.Count <= 1 && sinks.Count == 1)
        {
            JoinChain([.. sources, .. transforms, .. sinks]);
            return true;
        }

        var outputs = new Dictionary<string, GraphVertex>(StringComparer.Ordinal);
        foreach (var vertex in graph)
        {
            CheckNames(vertex, outputs);
        }

        foreach (var vertex in graph)
        {
            JoinInputs(vertex, outputs);
        }

        foreach (var vertex in graph.Where(v => v.Output is not null && !graph.Any(g => g.Inputs.Contains(v)) && outputs.GetValueOrDefault(v.Output.Value.Name) == v))
        {
            var (name, span) = vertex.Output!.Value;
            Error(
                PlanErrors.UnusedOutput,
                $"nothing takes \"{name}\" (The 'plugin_output' option configured is incorrect, this table({name}) belonging to source/transform({vertex.Block.Name}) is not used.)",
                span, vertex, null);
        }

        FindCycle(transforms);
        return problems.ErrorCount == before;
    }

    // One chain: names may be left out, or be wrong.
    private void JoinChain(List<GraphVertex> chain)
    {
        for (var i = 1; i < chain.Count; i++)
        {
            var (from, to) = (chain[i - 1], chain[i]);
            to.Inputs.Add(from);
            if (to.InputNames.Count > 0 && from.Output is { } output && to.InputNames.All(n => n.Name != output.Name))
            {
                problems.Add(new Diagnostic(PlanErrors.WrongNames, $"\"{to.InputNames[0].Name}\" is no output; the rows of \"{output.Name}\" are taken")
                {
                    Severity = Severity.Warning, Span = to.InputNames[0].Span, Path = to.Block.Path, Fix = $"write plugin_input = \"{output.Name}\", or leave the names out",
                });
            }
        }
    }

    private void CheckNames(GraphVertex vertex, Dictionary<string, GraphVertex> outputs)
    {
        if (vertex.Block.Role != PluginRole.Sink)
        {
            if (vertex.Output is not { } output)
            {
                Error(PlanErrors.OutputMissing, $"the output has no name (The source({vertex.Block.Name}) is not configured with 'plugin_output' option)", vertex.Block.NameSpan, vertex, null);
            }
            else if (!outputs.TryAdd(output.Name, vertex))
            {
                var other = outputs[output.Name];
                Error(
                    PlanErrors.DuplicateOutput,
                    $"\"{output.Name}\" is already the output of {other.Block.Path} at {other.Output!.Value.Span} (The value of the 'plugin_output' option of the ({other.Block.Name} and {vertex.Block.Name}) plugins is both '{output.Name}', and they must be different.)",
                    output.Span, vertex, null);
            }
        }

        if (vertex.Block.Role != PluginRole.Source && vertex.InputNames.Count == 0)
        {
            Error(PlanErrors.InputMissing, $"the input has no name (The {vertex.Block.Role.ToString().ToLowerInvariant()}({vertex.Block.Name}) is not configured with 'plugin_input' option)", vertex.Block.NameSpan, vertex, null);
        }
    }

    private void JoinInputs(GraphVertex vertex, Dictionary<string, GraphVertex> outputs)
    {
        foreach (var (name, span) in vertex.InputNames)
        {
            if (outputs.TryGetValue(name, out var from))
            {
                if (!vertex.Inputs.Contains(from))
                {
                    vertex.Inputs.Add(from);
                }

                continue;
            }

            problems.Add(new Diagnostic(
                PlanErrors.UnknownInput,
                $"nothing produces \"{name}\" (The 'plugin_input' option configured in [{vertex.Block.Name}] is incorrect, and the source/transform[{name}] is not found.)")
            {
                Span = span, Path = vertex.Block.Path, Candidates = NearestNames.Find(name, outputs.Keys),
            });
        }
    }

    private void FindCycle(List<GraphVertex> transforms)
    {
        var done = new HashSet<GraphVertex>();
        foreach (var start in transforms)
        {
            var path = new List<GraphVertex>();
            if (Visit(start, path, done))
            {
                var cycle = path.SkipWhile(v => v != path[^1]).ToList();
                Error(PlanErrors.Cycle, $"transforms feed each other: {string.Join(" -> ", cycle.Select(v => v.Block.Path))}", cycle[0].Block.NameSpan, cycle[0], null);
                return;
            }
        }
    }

    private static bool Visit(GraphVertex vertex, List<GraphVertex> path, HashSet<GraphVertex> done)
    {
        if (path.Contains(vertex))
        {
            path.Add(vertex);
            return true;
        }

        if (done.Contains(vertex))
        {
            return false;
        }

        path.Add(vertex);
        foreach (var input in vertex.Inputs.Where(i => i.Block.Role == PluginRole.Transform))
        {
            if (Visit(input, path, done))
            {
                return true;
            }
        }

        path.RemoveAt(path.Count - 1);
        done.Add(vertex);
        return false;
    }

    private void Error(ErrorCode code, string message, SourceSpan span, GraphVertex vertex, string? fix) =>
        problems.Add(new Diagnostic(code, message) { Span = span, Path = vertex.Block.Path, Fix = fix });
}
