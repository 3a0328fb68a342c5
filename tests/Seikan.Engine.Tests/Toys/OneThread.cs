namespace Seikan.Engine.Tests.Toys;

/// <summary>A scheduler that runs everything on the thread that asks it to, in an order that a seed decides.</summary>
internal sealed class OneThread(int seed) : TaskScheduler
{
    private readonly Lock _gate = new(); // guards the lists: .NET's channels cancel their waits from a thread of the pool
    private readonly List<Task> _ready = [];
    private readonly Random _random = new(seed);

    /// <summary>Threads that ran anything.</summary>
    public HashSet<int> Threads { get; } = [];

    public int Steps { get; private set; }

    /// <summary>Runs what is ready, one at a time, until nothing is; then lets the clock go on, until the work has ended.</summary>
    /// <param name="work">What is to end.</param>
    /// <param name="idle">Makes something happen; false = nothing can.</param>
    public void RunUntil(Task work, Func<bool> idle)
    {
        while (!work.IsCompleted)
        {
            if (Next() is not { } task)
            {
                Assert.True(idle(), "nothing is ready, and the work has not ended");
                continue;
            }

            Steps++;
            TryExecuteTask(task);
        }
    }

    protected override IEnumerable<Task> GetScheduledTasks() => _ready;

    protected override void QueueTask(Task task)
    {
        lock (_gate)
        {
            Threads.Add(Environment.CurrentManagedThreadId);
            _ready.Add(task);
        }
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    private Task? Next()
    {
        lock (_gate)
        {
            if (_ready.Count == 0)
            {
                return null;
            }

            var next = _random.Next(_ready.Count);
            var task = _ready[next];
            _ready.RemoveAt(next);
            return task;
        }
    }
}
