using Seikan.Testing;

namespace Seikan.Core.Tests;

public sealed class MemoryBudgetTests : IDisposable
{
    private const long MiB = 1 << 20;
    private const long KiB = 1 << 10;
    private static readonly TableSchema Table = TestMemory.Table(("a", DataType.Int));
    private readonly TestMemory _memory = new(limitBytes: 16 * MiB);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _memory.Dispose();

    [Fact]
    public async Task Scarce_memory_makes_batches_smaller_before_anyone_waits()
    {
        var sizes = new List<long>();
        var builders = new List<BatchBuilder>();
        for (var next = _memory.Job.BeginBatchAsync(Table, Cancel); next.IsCompleted; next = _memory.Job.BeginBatchAsync(Table, CancelledLater))
        {
            builders.Add(await next);
            sizes.Add(builders[^1].TargetBytes);
        }

        Assert.Equal(2 * MiB, sizes[0]);
        Assert.Equal(64 * KiB, sizes[^1]);
        Assert.Equal(sizes.OrderDescending(), sizes);
        Assert.True(_memory.Budget.HeldBytes <= 16 * MiB);
        Assert.True(_memory.Budget.HeldBytes > (16 * MiB) - (64 * KiB));
        Assert.Equal(1, _memory.Budget.WaitingReaders);
        await _later.CancelAsync();
        builders.ForEach(b => b.Dispose());
    }

    [Fact]
    public async Task Those_who_wait_are_served_in_order()
    {
        var held = await FillAsync(_memory.Job);
        var first = _memory.Job.BeginBatchAsync(Table, Cancel).AsTask();
        var second = _memory.Job.BeginBatchAsync(Table, Cancel).AsTask();
        Assert.False(first.IsCompleted || second.IsCompleted);

        held[^1].Dispose();
        (await first).Dispose();
        Assert.False(second.IsCompleted && !first.IsCompletedSuccessfully);

        (await second).Dispose();
        held.SkipLast(1).ToList().ForEach(b => b.Dispose());
    }

    [Fact]
    public async Task A_job_that_holds_nothing_is_not_starved_by_one_that_holds_all()
    {
        var held = await FillAsync(_memory.Job);
        var waiting = _memory.Job.BeginBatchAsync(Table, Cancel).AsTask();

        var other = _memory.Budget.OpenJob().BeginBatchAsync(Table, Cancel);

        Assert.True(other.IsCompletedSuccessfully);
        (await other).Dispose();
        held.ForEach(b => b.Dispose());
        (await waiting).Dispose();
    }

    [Fact]
    public async Task Encoders_that_hold_everything_do_not_stop_the_reader_that_feeds_them()
    {
        _memory.Job.Account(100 * MiB);

        var first = await _memory.Job.BeginBatchAsync(Table, Cancel);
        var second = _memory.Job.BeginBatchAsync(Table, Cancel).AsTask();
        Assert.Equal(64 * KiB, first.TargetBytes);
        Assert.False(second.IsCompleted);
        first.Dispose();

        (await second).Dispose();
        _memory.Job.Account(-100 * MiB);
    }

    [Fact]
    public async Task The_reader_of_a_job_without_tickets_goes_before_those_that_wait_longer()
    {
        var held = await FillAsync(_memory.Job);
        var other = _memory.Budget.OpenJob();
        var ticket = await other.BeginBatchAsync(Table, Cancel);
        var earlier = _memory.Job.BeginBatchAsync(Table, Cancel).AsTask();
        var later = other.BeginBatchAsync(Table, Cancel).AsTask();
        _memory.Job.Account(10 * MiB);

        ticket.Dispose();

        (await later).Dispose();
        Assert.False(earlier.IsCompleted);
        _memory.Job.Account(-10 * MiB);
        held.ForEach(b => b.Dispose());
        (await earlier).Dispose();
    }

    [Fact]
    public async Task A_job_at_its_own_limit_does_not_hold_up_others()
    {
        var small = _memory.Budget.OpenJob(256 * KiB);
        var held = await FillAsync(small);
        var waiting = small.BeginBatchAsync(Table, Cancel).AsTask();
        var mine = await _memory.Job.BeginBatchAsync(Table, Cancel);

        var another = _memory.Job.BeginBatchAsync(Table, Cancel);

        Assert.True(another.IsCompletedSuccessfully);
        Assert.False(waiting.IsCompleted);
        (await another).Dispose();
        mine.Dispose();
        held.ForEach(b => b.Dispose());
        (await waiting).Dispose();
    }

    [Fact]
    public async Task A_cancelled_wait_ends_and_takes_nothing()
    {
        var held = await FillAsync(_memory.Job);
        using var source = new CancellationTokenSource();
        var cancelled = _memory.Job.BeginBatchAsync(Table, source.Token).AsTask();
        var next = _memory.Job.BeginBatchAsync(Table, Cancel).AsTask();

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.Equal(1, _memory.Budget.WaitingReaders);
        held.ForEach(b => b.Dispose());
        (await next).Dispose();
    }

    [Fact]
    public async Task A_cancelled_token_takes_no_ticket()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await _memory.Job.BeginBatchAsync(Table, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Ten_thousand_readers_all_get_their_turn_within_the_budget()
    {
        var jobs = Enumerable.Range(0, 20).Select(_ => _memory.Budget.OpenJob()).ToArray();
        var done = 0;
        async Task ReadAsync(JobMemory job)
        {
            for (var i = 0; i < 2; i++)
            {
                using var builder = await job.BeginBatchAsync(Table, Cancel);
                Assert.True(_memory.Budget.HeldBytes <= (16 * MiB) + (jobs.Length * 64 * KiB));
                ((FixedBuilder<int>)builder.Columns[0]).Append(i);
                builder.EndRow();
                await Task.Yield();
                builder.Build().Dispose();
            }

            Interlocked.Increment(ref done);
        }

        await Task.WhenAll(Enumerable.Range(0, 10_000).Select(i => Task.Run(() => ReadAsync(jobs[i % jobs.Length]), Cancel)));

        Assert.Equal(10_000, done);
        Assert.Equal(0, _memory.Budget.WaitingReaders);
    }

    [Fact]
    public async Task Readers_cancelled_at_random_lose_no_memory()
    {
        var tasks = Enumerable.Range(0, 2000).Select(i => Task.Run(
            async () =>
            {
                using var source = new CancellationTokenSource();
                var wait = _memory.Job.BeginBatchAsync(Table, source.Token);
                if (i % 3 == 0)
                {
                    await source.CancelAsync();
                }

                try
                {
                    using var builder = await wait;
                    await Task.Yield();
                }
                catch (OperationCanceledException)
                {
                    // It was waiting when it was cancelled.
                }
            },
            Cancel));

        await Task.WhenAll(tasks);

        _memory.CheckNothingHeld();
        Assert.Equal(0, _memory.Budget.WaitingReaders);
    }

    [Fact]
    public async Task A_built_batch_counts_what_it_uses()
    {
        using var builder = await _memory.Job.BeginBatchAsync(Table, Cancel);
        Assert.Equal(2 * MiB, _memory.Job.HeldBytes);
        ((FixedBuilder<int>)builder.Columns[0]).Append(1);
        builder.EndRow();

        using var batch = builder.Build();

        Assert.Equal(batch.SizeBytes, _memory.Job.HeldBytes);
        Assert.Equal(4, batch.SizeBytes);
    }

    private readonly CancellationTokenSource _later = new();

    private CancellationToken CancelledLater => _later.Token;

    // Takes tickets until the next reader would wait.
    private static async Task<List<BatchBuilder>> FillAsync(JobMemory job)
    {
        var builders = new List<BatchBuilder>();
        using var source = new CancellationTokenSource();
        while (true)
        {
            var next = job.BeginBatchAsync(Table, source.Token);
            if (!next.IsCompleted)
            {
                await source.CancelAsync();
                await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
                return builders;
            }

            builders.Add(await next);
        }
    }
}
