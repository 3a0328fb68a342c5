namespace Seikan.Engine.Execution;

/// <summary>A running loop of a task. Its task never fails: failures end the job.</summary>
/// <param name="Name">What it does, for a report of loops that do not end.</param>
/// <param name="Task">Completes when the loop has ended, however.</param>
internal sealed record TaskLoop(string Name, Task Task)
{
    /// <summary>Starts a loop.</summary>
    /// <param name="name">What it does.</param>
    /// <param name="place">The plug-in that a failure is put down to, unless a closer one is known.</param>
    /// <param name="body">The loop.</param>
    /// <param name="scheduler">Where it runs.</param>
    /// <param name="stop">Ends the job when the loop fails.</param>
    public static TaskLoop Start(string name, string place, Func<Task> body, TaskScheduler scheduler, JobStop stop) =>
        new(name, System.Threading.Tasks.Task.Factory.StartNew(
            () => GuardAsync(body, place, stop), CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler).Unwrap());

    /// <summary>Runs a body; its failure ends the job.</summary>
    public static async Task GuardAsync(Func<Task> body, string? place, JobStop stop)
    {
        try
        {
            await body();
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            // Asked for.
        }
        catch (Exception e)
        {
            if (place is not null)
            {
                Blame.Mark(e, place);
            }

            stop.Fail(e);
        }
    }
}
