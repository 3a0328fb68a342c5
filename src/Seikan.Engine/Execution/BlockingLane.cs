using System.Collections.Concurrent;

namespace Seikan.Engine.Execution;

/// <summary>A thread of its own for a connector that blocks: everything started on it runs there, one after the other.</summary>
internal sealed class BlockingLane : TaskScheduler, IDisposable
{
    private readonly BlockingCollection<Task> _queue = [];
    private readonly string _name;
    private Thread? _thread;

    /// <summary>Makes a lane; its thread starts with the first work.</summary>
    /// <param name="name">Name of the thread.</param>
    public BlockingLane(string name) => _name = name;

    /// <inheritdoc/>
    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Ends the thread once what was started is done. What is started later, by a call that came back too late, runs on the pool.</summary>
    public void Dispose() => _queue.CompleteAdding();

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks() => _queue;

    /// <inheritdoc/>
    protected override void QueueTask(Task task)
    {
        try
        {
            _queue.Add(task);
        }
        catch (InvalidOperationException)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static t => t.Lane.TryExecuteTask(t.Task), (Lane: this, Task: task), preferLocal: false);
            return;
        }

        if (_thread is null)
        {
            var thread = new Thread(Run) { IsBackground = true, Name = _name };
            if (Interlocked.CompareExchange(ref _thread, thread, null) is null)
            {
                thread.Start();
            }
        }
    }

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
