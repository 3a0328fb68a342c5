namespace Seikan.Core;

/// <summary>
/// The memory that all jobs of a process may hold in batches and encoders. Grants are first come, first served among those whose job has room; a job
/// that holds no ticket always gets the smallest one, so that encoders holding the whole budget cannot stop the readers that would let them finish.
/// Thread-safe.
/// </summary>
public sealed class MemoryBudget
{
    private readonly Lock _lock = new(); // guards _held, _waiting and the figures of all jobs
    private readonly LinkedList<Waiter> _waiting = [];
    private long _held;

    /// <summary>Makes the budget of a process.</summary>
    /// <param name="limitBytes">All jobs together; at least 64 MiB unless tests ask for less.</param>
    /// <param name="pool">Where buffers come from.</param>
    /// <param name="time">The clock for the age of batches.</param>
    /// <param name="limits">Size, age and value limits of batches.</param>
    public MemoryBudget(long limitBytes, BufferPool pool, TimeProvider time, BatchLimits? limits = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limitBytes, 1);
        (LimitBytes, Pool, Time, Limits) = (limitBytes, pool, time, limits ?? BatchLimits.Default);
    }

    /// <summary>All jobs together.</summary>
    public long LimitBytes { get; }

    /// <summary>Where buffers come from.</summary>
    public BufferPool Pool { get; }

    /// <summary>Bytes held now; may pass the limit by what writers reported, and by one smallest ticket a job.</summary>
    public long HeldBytes
    {
        get
        {
            lock (_lock)
            {
                return _held;
            }
        }
    }

    /// <summary>Readers that wait for memory now.</summary>
    public int WaitingReaders
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    internal TimeProvider Time { get; }

    internal BatchLimits Limits { get; }

    /// <summary>A quarter of the memory that the process may use, at least 64 MiB (decisions 10).</summary>
    public static long DefaultLimitBytes() => Math.Max(64L << 20, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4);

    /// <summary>Opens the share of a job.</summary>
    /// <param name="limitBytes">The job's own limit (<c>job.memory.limit</c>); null means only the process limit.</param>
    public JobMemory OpenJob(long? limitBytes = null) => new(this, limitBytes ?? LimitBytes);

    internal ValueTask<long> ReserveAsync(JobMemory job, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<long>(cancellationToken);
        }

        Waiter waiter;
        lock (_lock)
        {
            // Nobody is overtaken: whoever waits while there is room waits for the limit of its own job.
            if (TryGrant(job) is { } granted)
            {
                return new ValueTask<long>(granted);
            }

            waiter = new Waiter(job);
            waiter.Node = _waiting.AddLast(waiter);
            job.Waiting.Enqueue(waiter);
        }

        return AwaitGrantAsync(waiter, cancellationToken);
    }

    internal void Change(JobMemory job, long deltaBytes)
    {
        List<Waiter>? served = null;
        lock (_lock)
        {
            _held += deltaBytes;
            job.HeldBytes += deltaBytes;
            if (deltaBytes < 0)
            {
                Serve(ref served);
            }
        }

        Complete(served);
    }

    internal void OpenTicket(JobMemory job)
    {
        lock (_lock)
        {
            job.Tickets++;
        }
    }

    internal void GiveBackTicket(JobMemory job, long bytes)
    {
        List<Waiter>? served = null;
        lock (_lock)
        {
            _held -= bytes;
            job.HeldBytes -= bytes;
            job.Tickets--;
            ServeTicketless(job, ref served);
            Serve(ref served);
        }

        Complete(served);
    }

    private async ValueTask<long> AwaitGrantAsync(Waiter waiter, CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.UnsafeRegister(
            static (state, token) =>
            {
                var (budget, waiter) = ((MemoryBudget, Waiter))state!;
                bool removed;
                lock (budget._lock)
                {
                    removed = budget.Forget(waiter);
                }

                if (removed)
                {
                    waiter.Granted.TrySetCanceled(token);
                }
            },
            (this, waiter));
        return await waiter.Granted.Task;
    }

    // False when it was granted or forgotten before.
    private bool Forget(Waiter waiter)
    {
        if (waiter.Node is not { } node)
        {
            return false;
        }

        _waiting.Remove(node);
        waiter.Node = null;
        while (waiter.Job.Waiting.TryPeek(out var first) && first.Node is null)
        {
            waiter.Job.Waiting.Dequeue();
        }

        return true;
    }

    // A job that has just given back its last ticket must not wait, whoever waits before it.
    private void ServeTicketless(JobMemory job, ref List<Waiter>? served)
    {
        if (job.HoldsNoTicket && job.Waiting.TryPeek(out var first))
        {
            Grant(first, ref served);
        }
    }

    // Only jobs at their own limit are passed over; once the process has no room, nobody behind can have any.
    private void Serve(ref List<Waiter>? served)
    {
        for (var node = _waiting.First; node is not null && HasRoom;)
        {
            var next = node.Next;
            Grant(node.Value, ref served);
            node = next;
        }
    }

    private void Grant(Waiter waiter, ref List<Waiter>? served)
    {
        if (TryGrant(waiter.Job) is { } bytes)
        {
            Forget(waiter);
            waiter.Bytes = bytes;
            (served ??= []).Add(waiter);
        }
    }

    private static void Complete(List<Waiter>? served)
    {
        if (served is not null)
        {
            foreach (var waiter in served)
            {
                waiter.Granted.TrySetResult(waiter.Bytes);
            }
        }
    }

    private bool HasRoom => LimitBytes - _held >= Limits.SmallestBytes;

    // Scarce memory makes batches smaller before it makes readers wait: an eighth of what is left, between the smallest and the full size.
    private long? TryGrant(JobMemory job)
    {
        var free = Math.Min(LimitBytes - _held, job.LimitBytes - job.HeldBytes);
        if (free < Limits.SmallestBytes && !job.HoldsNoTicket)
        {
            return null;
        }

        var bytes = Math.Clamp(free / 8, Limits.SmallestBytes, Limits.TargetBytes);
        _held += bytes;
        job.HeldBytes += bytes;
        job.Tickets++;
        return bytes;
    }

    /// <summary>A reader that waits for a ticket.</summary>
    /// <param name="job">Whose share it comes from.</param>
    internal sealed class Waiter(JobMemory job)
    {
        public JobMemory Job { get; } = job;

        public TaskCompletionSource<long> Granted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public LinkedListNode<Waiter>? Node { get; set; }

        public long Bytes { get; set; }
    }
}
