namespace Seikan.Engine.Execution;

/// <summary>Names the stage that the others wait for.</summary>
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
}
