using System.Collections.Immutable;
using System.Diagnostics;
using Seikan.Core;

namespace Seikan.Engine.Execution;

/// <summary>Adds up what became of every row.</summary>
internal static class Receipts
{
    /// <summary>The receipt of a job that has ended.</summary>
    public static JobReceipt Make(JobPlan plan, ImmutableArray<PipelineRun> pipelines, TimeSpan elapsed)
    {
        using var process = Process.GetCurrentProcess();
        return new JobReceipt(plan.Job.JobId, plan.Job.JobName, Lines(pipelines), elapsed, process.PeakWorkingSet64) { RowsRead = pipelines.Sum(p => p.RowsRead) };
    }

    /// <summary>A line for each sink and table.</summary>
    public static ImmutableArray<TableReceipt> Lines(ImmutableArray<PipelineRun> pipelines)
    {
        var lines = new Dictionary<(string Sink, TablePath Table), TableReceipt>();
        foreach (var pipeline in pipelines)
        {
            foreach (var task in pipeline.Tasks)
            {
                foreach (var (writer, path) in task.Writers)
                {
                    Add(lines, pipeline, task, writer, path);
                }
            }
        }

        return [.. lines.Values.OrderBy(l => l.Sink, StringComparer.Ordinal).ThenBy(l => l.Table.ToString(), StringComparer.Ordinal)];
    }

    /// <summary>True when on every way to every sink each row is accounted for.</summary>
    public static bool IsBalanced(ImmutableArray<PipelineRun> pipelines) => Lines(pipelines).All(l => l.IsBalanced);

    private static void Add(
        Dictionary<(string Sink, TablePath Table), TableReceipt> lines, PipelineRun pipeline, DataTask task, WriterStage writer, ImmutableArray<StepInstance> path)
    {
        var sources = pipeline.Pipeline.Tree.Outputs;
        var counted = new HashSet<TablePath>();
        for (var i = 0; i < sources.Length; i++)
        {
            // A table that became one table is called as the sink sees it; one that became none or several as the source does.
            var made = writer.Node.TablesFrom(i);
            var table = made.Length == 1 ? made[0] : sources[i].Schema.Path;
            var line = new TableReceipt(
                writer.Node.Vertex.Name, table, task.Read[i].Rows, writer.Counters[i].Rows, path.Sum(s => s.Counters[i].Filtered), 0,
                path.Sum(s => s.Counters[i].Produced), Bytes(writer, made, counted) ?? writer.Counters[i].Bytes);
            var key = (line.Sink, line.Table);
            lines[key] = lines.TryGetValue(key, out var sum)
                ? sum with
                {
                    Read = sum.Read + line.Read, Written = sum.Written + line.Written, Filtered = sum.Filtered + line.Filtered,
                    Produced = sum.Produced + line.Produced, Bytes = sum.Bytes + line.Bytes,
                }
                : line;
        }
    }

    // What the writer reported for the tables; null when it reports nothing. Tables that several source tables flow into count once.
    private static long? Bytes(WriterStage writer, ImmutableArray<TablePath> tables, HashSet<TablePath> counted)
    {
        long? bytes = null;
        foreach (var table in tables)
        {
            if (writer.Context.BytesOf(table) is { } reported)
            {
                bytes = (bytes ?? 0) + (counted.Add(table) ? reported : 0);
            }
        }

        return bytes;
    }
}
