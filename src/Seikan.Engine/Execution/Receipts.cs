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

        using var process = Process.GetCurrentProcess();
        return new JobReceipt(
            plan.Job.JobId, plan.Job.JobName, [.. lines.Values.OrderBy(l => l.Sink, StringComparer.Ordinal).ThenBy(l => l.Table.ToString(), StringComparer.Ordinal)], elapsed,
            process.PeakWorkingSet64)
        {
            RowsRead = pipelines.Sum(p => p.RowsRead),
        };
    }

    private static void Add(
        Dictionary<(string Sink, TablePath Table), TableReceipt> lines, PipelineRun pipeline, DataTask task, WriterStage writer, ImmutableArray<StepInstance> path)
    {
        var sources = pipeline.Pipeline.Tree.Outputs;
        for (var i = 0; i < sources.Length; i++)
        {
            // Where steps make one table of one, the line is called as the sink sees it; else as the source does.
            var table = writer.Node.Outputs.Length == sources.Length ? writer.Node.Outputs[i].Schema.Path : sources[i].Schema.Path;
            var line = new TableReceipt(
                writer.Node.Vertex.Name, table, task.Read[i].Rows, writer.Counters[i].Rows, path.Sum(s => s.Counters[i].Filtered), 0,
                path.Sum(s => s.Counters[i].Produced), writer.Context.BytesOf(table) ?? writer.Counters[i].Bytes);
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
}
