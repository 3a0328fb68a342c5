using Microsoft.Extensions.Time.Testing;
using Seikan.Core;
using Seikan.Engine.Tests.Toys;
using Seikan.Plugins;

namespace Seikan.Engine.Tests;

public sealed class CancelTests
{
    private const string Chain = "env { parallelism = 2 }\nsource { Toy {} }\nsink { Keep {} }";
    private const string Stream = "env { parallelism = 2, job.mode = STREAMING }\nsource { Toy {} }\nsink { Keep {} }";

    [Fact]
    public async Task A_job_whose_readers_wait_for_ever_ends_at_once()
    {
        var sink = new ToySink { Kind = ToyDelivery.TwoPhase };
        var waiting = new SemaphoreSlim(0);
        await using var kit = new EngineKit(new FakeTimeProvider()).Source("Toy", c => Idle(c, waiting)).Sink("Keep", sink);
        var result = await kit.RunAsync(Chain, async run =>
        {
            await Twice(waiting);
            run.Cancel();
        });
        Assert.Equal((JobStatus.Canceled, 0), (result.Status, result.Diagnostics.Length));
        Assert.Equal((0, 0, 0), (sink.Final.Count, sink.Pending, sink.Alive));
        Assert.Contains("sweep", sink.Log);
    }

    [Fact]
    public async Task A_job_whose_sink_is_stuck_in_a_write_that_listens_ends_at_once()
    {
        var writing = new SemaphoreSlim(0);
        var sink = new ToySink
        {
            Kind = ToyDelivery.TwoPhase,
            BeforeWrite = async token =>
            {
                writing.Release();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            },
        };
        await using var kit = new EngineKit(new FakeTimeProvider()).Source("Toy", c => new ToySource { Context = c, BatchesPerSplit = 100 }).Sink("Keep", sink);
        var result = await kit.RunAsync(Chain, async run =>
        {
            await Twice(writing);
            run.Cancel();
        });
        Assert.Equal(JobStatus.Canceled, result.Status);
        Assert.Equal((0, 0, 0), (sink.Final.Count, sink.Pending, sink.Alive));
    }

    [Fact]
    public async Task A_reader_waiting_for_memory_can_be_cancelled()
    {
        var waiting = new SemaphoreSlim(0);
        await using var kit = new EngineKit(new FakeTimeProvider()).Source("Toy", c => new ToySource
        {
            Context = c, Splits = 0, Reader = r => new ScriptedReader(async token =>
            {
                // Takes tickets until there are none.
                var taken = new List<BatchBuilder>();
                try
                {
                    while (true)
                    {
                        waiting.Release();
                        taken.Add(await c.Memory.BeginBatchAsync(r.Tables[0], token));
                    }
                }
                finally
                {
                    taken.ForEach(b => b.Dispose());
                }
            }),
        }).Sink("Keep", new ToySink());
        var result = await kit.RunAsync("env { job.memory.limit = 1mb }\nsource { Toy {} }\nsink { Keep {} }", async run =>
        {
            await Twice(waiting);
            run.Cancel();
        });
        Assert.Equal(JobStatus.Canceled, result.Status);
    }

    [Fact]
    public async Task A_connector_that_does_not_listen_is_left_behind_within_a_second_and_named()
    {
        var time = new FakeTimeProvider();
        var (writing, release) = (new SemaphoreSlim(0), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var sink = new ToySink
        {
            Kind = ToyDelivery.TwoPhase,
            BeforeWrite = async _ =>
            {
                writing.Release();
                await release.Task;
            },
        };
        var faults = new FaultPoints();
        await using var kit = new EngineKit(time).Source("Toy", c => new ToySource { Context = c, BatchesPerSplit = 100, Faults = faults }).Sink("Keep", sink);
        JobResult? seen = null;
        await kit.RunAsync("env {}\nsource { Toy {} }\nsink { Keep {} }", async run =>
        {
            await writing.WaitAsync(TestContext.Current.CancellationToken);
            run.Cancel();
            while (faults.CountOf("reader.dispose") == 0)
            {
                await Task.Yield();
            }

            var start = time.GetUtcNow();
            while (!run.Completion.IsCompleted)
            {
                time.Advance(TimeSpan.FromMilliseconds(10));
                await Task.Yield();
                Assert.True(time.GetUtcNow() - start < TimeSpan.FromHours(1), "the job does not end");
            }

            seen = await run.Completion;

            // It comes back at last: what it held is given back.
            release.SetResult();
        });
        Assert.Equal(JobStatus.Canceled, seen!.Status);
        var warning = Assert.Single(seen.Diagnostics);
        Assert.Equal(("RUN-0005", Severity.Warning), (warning.Code.Id, warning.Severity));
        Assert.Matches(@"pipeline-1 \[Source\[0\]-Toy\] task 0: Sink\[0\]-Keep did not stop; [1-9]\d* bytes of batches are left with it$", warning.Message);
        Assert.Equal(0, sink.Alive);
        Assert.Empty(sink.Final);
    }

    [Fact]
    public async Task A_blocking_connector_that_hangs_in_its_probe_does_not_keep_the_job()
    {
        var time = new FakeTimeProvider();
        var (probing, release) = (new SemaphoreSlim(0), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await using var kit = new EngineKit(time).Source("Toy", c => new ToySource
        {
            Context = c,
            Probe = async _ =>
            {
                probing.Release();
                await release.Task;
                return [];
            },
        }).Sink("Keep", new ToySink());
        var result = await kit.RunAsync(Chain, async run =>
        {
            await probing.WaitAsync(TestContext.Current.CancellationToken);
            run.Cancel();
            while (!run.Completion.IsCompleted)
            {
                time.Advance(TimeSpan.FromMilliseconds(100));
                await Task.Yield();
            }

            release.SetResult();
        });
        Assert.Equal((JobStatus.Canceled, "RUN-0005"), (result.Status, Assert.Single(result.Diagnostics).Code.Id));
    }

    [Fact]
    public async Task A_streaming_job_delivers_what_it_has_read_before_it_ends()
    {
        var sink = new ToySink { Kind = ToyDelivery.TwoPhase };
        var waiting = new SemaphoreSlim(0);
        await using var kit = new EngineKit(new FakeTimeProvider()).Source("Toy", c => Idle(c, waiting, isBounded: false)).Sink("Keep", sink);
        var result = await kit.RunAsync(Stream, async run =>
        {
            await Twice(waiting);
            run.Cancel();
        });
        Assert.Equal((JobStatus.Canceled, 0), (result.Status, result.Diagnostics.Length));
        Assert.Equal((20, 0, 0), (sink.Final.Count, sink.Pending, sink.Alive));
        Assert.Contains("finish", sink.Log);
        Assert.True(result.Receipt.IsBalanced);
    }

    [Fact]
    public async Task A_second_cancel_rolls_a_streaming_job_back()
    {
        var (waiting, writing) = (new SemaphoreSlim(0), new SemaphoreSlim(0));
        var sink = new ToySink
        {
            Kind = ToyDelivery.TwoPhase,
            BeforeWrite = async token =>
            {
                writing.Release();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            },
        };
        await using var kit = new EngineKit(new FakeTimeProvider()).Source("Toy", c => Idle(c, waiting, isBounded: false)).Sink("Keep", sink);
        var result = await kit.RunAsync(Stream, async run =>
        {
            await Twice(writing);
            run.Cancel();
            Assert.False(run.Completion.IsCompleted);
            run.Cancel();
        });
        Assert.Equal((JobStatus.Canceled, 0, 0), (result.Status, sink.Final.Count, sink.Pending));
    }

    [Fact]
    public async Task A_cancel_during_the_wait_for_a_commit_undoes_what_is_left()
    {
        var retrying = new SemaphoreSlim(0);
        var sink = new ToySink
        {
            Kind = ToyDelivery.TwoPhase,
            CommitAnswer = item =>
            {
                if (item.Id == "1.0.0")
                {
                    return new CommitResult(CommitOutcome.Committed);
                }

                retrying.Release();
                return new CommitResult(CommitOutcome.Retry);
            },
        };
        await using var kit = new EngineKit(new FakeTimeProvider()).Source("Toy", c => new ToySource { Context = c }).Sink("Keep", sink);
        var result = await kit.RunAsync(Chain, async run =>
        {
            await retrying.WaitAsync(TestContext.Current.CancellationToken);
            run.Cancel();
        });
        Assert.Equal((JobStatus.Canceled, "RUN-0008"), (result.Status, Assert.Single(result.Diagnostics).Code.Id));
        Assert.Equal(["abort 1.1.0"], sink.Log.Where(l => l.StartsWith("abort")));
        Assert.Equal(0, sink.Pending);
    }

    [Fact]
    public async Task A_cancel_after_the_end_changes_nothing()
    {
        var sink = new ToySink();
        await using var kit = new EngineKit().Source("Toy", c => new ToySource { Context = c }).Sink("Keep", sink);
        var result = await kit.RunAsync(Chain, async run =>
        {
            await run.Completion;
            run.Cancel();
        });
        Assert.Equal(JobStatus.Finished, result.Status);
    }

    // Ten rows from each reader, then nothing for ever.
    private static ToySource Idle(IPluginContext context, SemaphoreSlim waiting, bool isBounded = true) => new()
    {
        Context = context, Splits = 0, IsBounded = isBounded, Reader = r =>
        {
            var isFirst = true;
            return new ScriptedReader(async token =>
            {
                if (isFirst)
                {
                    isFirst = false;
                    return new ReaderOutput.Rows([await new ToySource { Context = context }.BatchAsync(r.Tables[0], 0, 10, token)], []);
                }

                waiting.Release();
                await Task.Delay(Timeout.InfiniteTimeSpan, context.Time, token);
                return null;
            });
        },
    };

    private static async Task Twice(SemaphoreSlim signal)
    {
        await signal.WaitAsync(TestContext.Current.CancellationToken);
        await signal.WaitAsync(TestContext.Current.CancellationToken);
    }
}
