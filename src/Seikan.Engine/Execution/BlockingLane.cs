using System.Collections.Concurrent;

namespace Seikan.Engine.Execution;

/// <summary>A thread of its own for a connector that blocks: everything started on it runs there, one after the other.</summary>
internal sealed class BlockingLane : TaskScheduler, IDisposable
{
    private readonly BlockingCollection<Task> _queue = [];

    /// <summary>Starts the thread.</summary>
    public BlockingLane(string name)
    {
        var thread = new Thread(Run) { IsBackground = true, Name = name };
        thread.Start();
    }

    /// <inheritdoc/>
    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Ends the thread once what was started is done.</summary>
    public void Dispose() => _queue.CompleteAdding();

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks() => _queue;

    /// <inheritdoc/>
    protected override void QueueTask(Task task) => _queue.Add(task);

    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    private void Run()
    {
        foreach (var task in _queue.GetConsumingEnumerable())
        {
            TryExecuteTask(task);
        }
    }
}
