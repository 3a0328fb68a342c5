using System.Collections.Immutable;

namespace Seikan.Engine.Execution;

/// <summary>Where the time of a job goes, and the stage that the others wait for.</summary>
internal static class Bottleneck
{
    private const double Clear = 0.5;

    /// <summary>The stage, such as <c>source</c> or <c>Sink[0]-LocalFile</c>; null when none stands out.</summary>
    public static string? Of(IReadOnlyList<DataTask> tasks)
    {
        var reading = tasks.Sum(t => t.Times.Busy);
        var blocked = tasks.Sum(t => t.Times.Blocked);
        if (blocked > (reading + blocked) * Clear)
        {
            return tasks.SelectMany(t => t.Branches).Where(b => b.Chain.Writer is not null).MaxBy(b => b.Times.Busy)?.Chain.Writer!.Node.Vertex.Name;
        }

        var waiting = tasks.Sum(t => t.Branches.Sum(b => b.Times.Waiting));
        var writing = tasks.Sum(t => t.Branches.Sum(b => b.Times.Busy));
        return waiting > (waiting + writing) * Clear ? "source" : null;
    }

    /// <summary>The times of every source and sink, over all tasks.</summary>
    public static ImmutableArray<StageProgress> Stages(ImmutableArray<PipelineRun> pipelines, TimeProvider time)
    {
        var stages = ImmutableArray.CreateBuilder<StageProgress>();
        foreach (var pipeline in pipelines)
        {
            stages.Add(Sum(pipeline, pipeline.Pipeline.Source.Name, pipeline.Tasks.Select(t => t.Times), time));
            foreach (var branches in pipeline.Tasks.SelectMany(t => t.Branches).Where(b => b.Chain.Writer is not null).GroupBy(b => b.Chain.Writer!.Node.Vertex.Name))
            {
                stages.Add(Sum(pipeline, branches.Key, branches.Select(b => b.Times), time));
            }
        }

        return stages.ToImmutable();
    }

    private static StageProgress Sum(PipelineRun pipeline, string name, IEnumerable<StageTimes> times, TimeProvider time)
    {
        var (busy, blocked, waiting) = (0L, 0L, 0L);
        foreach (var t in times)
        {
            (busy, blocked, waiting) = (busy + t.Busy, blocked + t.Blocked, waiting + t.Waiting);
        }

        return new StageProgress(
            pipeline.Pipeline.Number, name, time.GetElapsedTime(0, busy), time.GetElapsedTime(0, blocked), time.GetElapsedTime(0, waiting));
    }
}
