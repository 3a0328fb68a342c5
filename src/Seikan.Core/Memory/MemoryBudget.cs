namespace Seikan.Core;

/// <summary>
/// The memory that all jobs of a process may hold in batches and encoders. Grants are first come, first served; a job that holds nothing always
/// gets the smallest ticket, so that encoders holding the whole budget cannot stop the readers that would let them finish. Thread-safe.
/// </summary>
public sealed class MemoryBudget
{
    private readonly Lock _lock = new(); // guards _held and _waiting
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

    /// <summary>Bytes held now; may pass the limit by what writers reported.</summary>
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

    internal TimeProvider Time { get; }

    internal BatchLimits Limits { get; }

    /// <summary>A quarter of the memory that the process may use, at least 64 MiB (decisions 10).</summary>
    public static long DefaultLimitBytes() => Math.Max(64L << 20, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4);

    /// <summary>Opens the share of a job.</summary>
    /// <param name="limitBytes">The job's own limit (<c>job.memory.limit</c>); null means only the process limit.</param>
    public JobMemory OpenJob(long? limitBytes = null) => new(this, limitBytes ?? LimitBytes);

    internal ValueTask<long> ReserveAsync(JobMemory job, CancellationToken cancellationToken)
    {
        Waiter waiter;
        lock (_lock)
        {
            if (_waiting.Count == 0 || job.HoldsNoTicket)
            {
                if (TryGrant(job) is { } granted)
                {
                    return new ValueTask<long>(granted);
                }
            }

            waiter = new Waiter(job);
            waiter.Node = _waiting.AddLast(waiter);
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
            Serve(ref served);
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
                    removed = waiter.Node is not null;
                    budget.Forget(waiter);
                }

                if (removed)
                {
                    waiter.Granted.TrySetCanceled(token);
                }
            },
            (this, waiter));
        return await waiter.Granted.Task;
    }

    private void Forget(Waiter waiter)
    {
        if (waiter.Node is { } node)
        {
            _waiting.Remove(node);
            waiter.Node = null;
        }
    }

    private void Serve(ref List<Waiter>? served)
    {
        for (var node = _waiting.First; node is not null;)
        {
            var next = node.Next;
            if (TryGrant(node.Value.Job) is { } bytes)
            {
                var waiter = node.Value;
                Forget(waiter);
                waiter.Bytes = bytes;
                (served ??= []).Add(waiter);
            }

            node = next;
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

    private sealed class Waiter(JobMemory job)
    {
        public JobMemory Job { get; } = job;

        public TaskCompletionSource<long> Granted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public LinkedListNode<Waiter>? Node { get; set; }

        public long Bytes { get; set; }
    }
}
