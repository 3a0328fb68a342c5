using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;
using Seikan.Core;
using Seikan.Engine.Execution;
using Seikan.Engine.Tests.Toys;
using Seikan.Plugins;

namespace Seikan.Engine.Tests;

public sealed class FlowTests
{
    private const string Chain = "env {}\nsource { Toy {} }\nsink { Keep {} }";

    [Fact]
    public async Task A_writer_without_work_is_flushed_after_a_tenth_of_a_second_and_only_once()
    {
        var time = new FakeTimeProvider();
        var (written, end) = (new SemaphoreSlim(0), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var sink = new ToySink
        {
            BeforeWrite = _ =>
            {
                written.Release();
                return ValueTask.CompletedTask;
            },
        };
        await using var kit = new EngineKit(time).Source("Toy", c => Script(c, r => ToyRowsThen(c, r, end))).Sink("Keep", sink);
        await kit.RunAsync(Chain, async _ =>
        {
            await written.WaitAsync(TestContext.Current.CancellationToken);
            Assert.Empty(sink.Final);
            while (sink.Final.Count == 0)
            {
                time.Advance(TimeSpan.FromMilliseconds(10));
                await Task.Yield();
            }

            Assert.InRange((time.GetUtcNow() - time.Start).TotalMilliseconds, 100, double.MaxValue);
            for (var i = 0; i < 100; i++)
            {
                time.Advance(TimeSpan.FromSeconds(1));
                await Task.Yield();
            }

            Assert.Equal(1, sink.Log.Count(l => l == "flush"));
            end.SetResult();
        });
        Assert.Equal(10, sink.Final.Count);
        Assert.Equal(2, sink.Log.Count(l => l == "flush"));
    }

    [Theory]
    [InlineData("read_limit.rows_per_second = 100", 10)]
    [InlineData("read_limit.bytes_per_second = 100", 60)]
    public async Task A_read_limit_spreads_the_rows_over_time(string limit, double leastSeconds)
    {
        var time = new FakeTimeProvider();
        var sink = new ToySink();
        await using var kit = new EngineKit(time).Source("Toy", c => new ToySource { Context = c, Splits = 1, BatchesPerSplit = 110 }).Sink("Keep", sink);
        var result = await kit.RunAsync($"env {{ {limit} }}\nsource {{ Toy {{}} }}\nsink {{ Keep {{}} }}", async run =>
        {
            while (!run.Completion.IsCompleted)
            {
                time.Advance(TimeSpan.FromMilliseconds(50));
                await Task.Yield();
            }
        });
        Assert.Equal((JobStatus.Finished, 1100), (result.Status, sink.Final.Count));
        Assert.InRange(result.Receipt.Elapsed.TotalSeconds, leastSeconds, double.MaxValue);
    }

    [Fact]
    public void Idle_time_is_not_saved_up_by_a_read_limit()
    {
        var time = new FakeTimeProvider();
        var limit = new ReadLimit(10, null, time);
        time.Advance(TimeSpan.FromHours(1));
        limit.Add(20, 0);
        var wait = limit.WaitAsync(TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromMilliseconds(1999));
        Assert.False(wait.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(2));
        Assert.True(wait.IsCompleted);
    }

    [Fact]
    public async Task A_full_channel_holds_the_reader_back()
    {
        var (reads, gate) = (new FaultPoints(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var full = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sink = new ToySink { BeforeWrite = async token => await gate.Task.WaitAsync(token) };
        var taps = new Tap();
        await using var kit = new EngineKit { Settings = s => s with { Tap = taps } }.Source("Toy", c => new ToySource { Context = c, Splits = 1, BatchesPerSplit = 50, Faults = reads }).Sink("Keep", sink);
        taps.AfterRead = n =>
        {
            if (n == 4)
            {
                full.SetResult();
            }
        };
        var result = await kit.RunAsync(Chain, async run =>
        {
            // One in the writer, two in the channel, one that waits to get in.
            await full.Task;
            for (var i = 0; i < 100; i++)
            {
                await Task.Yield();
            }

            Assert.Equal(4, reads.CountOf("reader.read"));
            Assert.Equal(40, run.Snapshot().RowsRead);
            gate.SetResult();
        });
        Assert.Equal(JobStatus.Finished, result.Status);
        Assert.Equal((50, 50), (taps.ReadCount, taps.WriteCount));
    }

    [Fact]
    public async Task A_change_of_the_schema_is_refused_and_not_ignored()
    {
        var table = ToySource.Numbers();
        var sink = new ToySink { Kind = ToyDelivery.TwoPhase };
        await using var kit = new EngineKit().Source("Toy", c => Script(c, _ => _ => new(new ReaderOutput.Schema(
            new SchemaChange(table, table with { Version = 2 }, [], "ALTER TABLE numbers ADD x INT"), new SplitPosition("s", new Position(1, JsonState.Empty)))))).Sink("Keep", sink);
        var error = Assert.Single((await kit.RunAsync(Chain)).Diagnostics);
        Assert.Equal(("RUN-0004", "table \"numbers\" changed its columns: ALTER TABLE numbers ADD x INT", "source[0] Toy"), (error.Code.Id, error.Message, error.Path));
        Assert.Empty(sink.Final);
    }

    [Fact]
    public async Task A_truncated_table_is_refused_and_not_ignored()
    {
        await using var kit = new EngineKit().Source("Toy", c => Script(c, _ => _ => new(new ReaderOutput.Table(
            new TableEvent(TableEventKind.Truncated, new TablePath(null, null, "t")), new SplitPosition("s", new Position(1, JsonState.Empty)))))).Sink("Keep", new ToySink());
        Assert.Equal("table \"t\" was truncated", Assert.Single((await kit.RunAsync(Chain)).Diagnostics).Message);
    }

    [Fact]
    public async Task A_reader_that_forgets_a_split_is_a_bug_that_loses_no_rows_silently()
    {
        await using var kit = new EngineKit().Source("Toy", c => new ToySource
        {
            Context = c, Reader = r => new ScriptedReader(async token =>
            {
                await r.Splits.ReadAsync(token);
                return null;
            }),
        }).Sink("Keep", new ToySink());
        var result = await kit.RunAsync(Chain);
        Assert.Equal(("INT-0001", "source[0] Toy"), (Assert.Single(result.Diagnostics).Code.Id, result.Diagnostics[0].Path));
    }

    [Fact]
    public async Task Rows_of_a_table_that_was_not_announced_are_a_bug_and_leak_nothing()
    {
        var other = ToySource.Numbers("other");
        await using var kit = new EngineKit().Source("Toy", c => Script(c, r => async token => new ReaderOutput.Rows(
            [
                await new ToySource { Context = c }.BatchAsync(r.Tables[0], 0, 3, token), await new ToySource { Context = c }.BatchAsync(other, 0, 3, token),
                await new ToySource { Context = c }.BatchAsync(r.Tables[0], 3, 3, token),
            ], []))).Sink("Keep", new ToySink());
        Assert.Contains("\"other\"", Assert.Single((await kit.RunAsync(Chain)).Diagnostics).Message);
    }

    [Fact]
    public async Task Rejected_rows_end_the_job_with_their_cause()
    {
        await using var kit = new EngineKit().Source("Toy", c => Script(c, r => token =>
        {
            c.Errors.Reject(r.Tables[0], "x;y"u8, new Diagnostic(FaultPoints.Broken, "line 7 has 2 fields"));
            return default;
        })).Sink("Keep", new ToySink());
        var error = Assert.Single((await kit.RunAsync(Chain)).Diagnostics);
        Assert.Equal(("line 7 has 2 fields", "source[0] Toy"), (error.Message, error.Path));
    }

    [Fact]
    public async Task A_source_prepares_what_it_owns_before_reading_and_releases_it_at_the_end()
    {
        var log = new List<string>();
        await using var kit = new EngineKit().Source("Toy", c => new OwningSource(new ToySource { Context = c }, log)).Sink("Keep", new ToySink());
        Assert.Equal(JobStatus.Finished, (await kit.RunAsync(Chain)).Status);
        Assert.Equal(["prepare", "read", "release"], log);
    }

    [Fact]
    public async Task A_source_that_waits_for_checkpoints_is_refused_instead_of_waiting_for_ever()
    {
        await using var kit = new EngineKit().Source("Toy", c => new ToySource { Context = c, Enumerator = static () => new FollowingEnumerator() }).Sink("Keep", new ToySink());
        Assert.Equal("RUN-0007", Assert.Single((await kit.RunAsync(Chain)).Diagnostics).Code.Id);
    }

    private static ToySource Script(IPluginContext context, Func<IReaderContext, Func<CancellationToken, ValueTask<ReaderOutput?>>> read) =>
        new() { Context = context, Splits = 0, Reader = r => new ScriptedReader(read(r)) };

    private static Func<CancellationToken, ValueTask<ReaderOutput?>> ToyRowsThen(IPluginContext context, IReaderContext reader, TaskCompletionSource end)
    {
        var isFirst = true;
        return async token =>
        {
            if (!isFirst)
            {
                await end.Task.WaitAsync(token);
                return null;
            }

            isFirst = false;
            return new ReaderOutput.Rows([await new ToySource { Context = context }.BatchAsync(reader.Tables[0], 0, 10, token)], []);
        };
    }

    private sealed class Tap : IBatchTap
    {
        private int _reads;
        private int _writes;

        public Action<int> AfterRead { get; set; } = static _ => { };

        public int ReadCount => _reads;

        public int WriteCount => _writes;

        public void Read((int Pipeline, int Task) task, RowBatch batch) => AfterRead(Interlocked.Increment(ref _reads));

        public void Writing((int Pipeline, int Task) task, int sink, RowBatch batch) => Interlocked.Increment(ref _writes);
    }

    private sealed class FollowingEnumerator : ISplitEnumerator, IFollowsCheckpoints
    {
        public ValueTask<Split?> NextAsync(int reader, CancellationToken cancellationToken) => default;

        public void Finished(string splitId, Position? last)
        {
        }

        public void Returned(ImmutableArray<Split> splits)
        {
        }

        public JsonState Snapshot() => JsonState.Empty;

        public void Completed(long checkpoint, ImmutableArray<SplitPosition> durable)
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class OwningSource(ToySource inner, List<string> log) : ISource, IOwnsSourceResources
    {
        public bool IsBounded => true;

        public int SplitsPerReader => 1;

        public int BlockingThreads => 0;

        public ValueTask<ImmutableArray<SourceTable>> DiscoverAsync(CancellationToken cancellationToken) => inner.DiscoverAsync(cancellationToken);

        public ISplitEnumerator CreateEnumerator(EnumeratorContext context) => inner.CreateEnumerator(context);

        public ISourceReader CreateReader(IReaderContext context)
        {
            log.Add("read");
            return inner.CreateReader(context);
        }

        public ValueTask<ImmutableArray<Diagnostic>> ProbeAsync(CancellationToken cancellationToken) => inner.ProbeAsync(cancellationToken);

        public ValueTask PrepareAsync(CancellationToken cancellationToken)
        {
            log.Add("prepare");
            return ValueTask.CompletedTask;
        }

        public ValueTask ReleaseAsync(CancellationToken cancellationToken)
        {
            log.Add("release");
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
