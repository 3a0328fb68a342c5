using Microsoft.Extensions.Time.Testing;
using Seikan.Core;
using Seikan.Engine.Tests.Toys;
using Seikan.Plugins;

namespace Seikan.Engine.Tests;

public sealed class CommitTests
{
    private const string TwoSinks = "env { parallelism = 2 }\nsource { Toy { plugin_output = a } }\nsink { One { plugin_input = a }, Two { plugin_input = a } }";

    [Fact]
    public async Task Commits_come_after_everything_of_all_pipelines_is_prepared()
    {
        var sink = new ToySink { Kind = ToyDelivery.TwoPhase };
        await using var kit = new EngineKit().Source("Toy", c => new ToySource { Context = c }).Sink("Keep", sink);
        var result = await kit.RunAsync("env { parallelism = 2 }\nsource { Toy { plugin_output = a }, Toy { plugin_output = b } }\nsink { Keep { plugin_input = [a, b] } }");
        Assert.Equal(JobStatus.Finished, result.Status);
        var log = sink.Log.Where(l => !l.StartsWith("flush")).ToList();
        Assert.Equal("prepare tables", log[0]);
        Assert.All(log[1..5], l => Assert.StartsWith("prepare ", l));
        Assert.All(log[5..9], l => Assert.EndsWith(": Committed", l));
        Assert.Equal(["finish", "sweep", "sweep"], log[9..]);
        Assert.Equal((120, 0), (sink.Final.Count, sink.Pending));
    }

    [Fact]
    public async Task A_commit_is_tried_again_until_it_succeeds()
    {
        var time = new FakeTimeProvider();
        var left = 5;
        var sink = new ToySink
        {
            Kind = ToyDelivery.TwoPhase,
            CommitAnswer = _ => left-- > 0 ? new CommitResult(CommitOutcome.Retry, new Diagnostic(FaultPoints.Broken, "busy")) : new CommitResult(CommitOutcome.Committed),
        };
        await using var kit = new EngineKit(time) { Settings = s => s with { CommitTimeout = TimeSpan.FromDays(1000) } }.Source("Toy", c => new ToySource { Context = c }).Sink("Keep", sink);
        var result = await kit.RunAsync("env {}\nsource { Toy {} }\nsink { Keep {} }", run => AdvanceAsync(time, run));
        Assert.Equal((JobStatus.Finished, 60), (result.Status, sink.Final.Count));
        Assert.Equal(5, sink.Log.Count(l => l.EndsWith(": Retry")));
        Assert.DoesNotContain(sink.Log, l => l.StartsWith("abort"));
    }

    [Fact]
    public async Task A_commit_that_does_not_succeed_in_time_fails_the_job()
    {
        var time = new FakeTimeProvider();
        var sink = new ToySink { Kind = ToyDelivery.TwoPhase, CommitAnswer = _ => new CommitResult(CommitOutcome.Retry, new Diagnostic(FaultPoints.Broken, "busy")) };
        await using var kit = new EngineKit(time) { Settings = s => s with { CommitTimeout = TimeSpan.FromSeconds(90) } }.Source("Toy", c => new ToySource { Context = c }).Sink("Keep", sink);
        var result = await kit.RunAsync("env {}\nsource { Toy {} }\nsink { Keep {} }", run => AdvanceAsync(time, run));
        Assert.Equal(("RUN-0003", "60 rows of table \"t\" were not committed within 1.5 minutes: busy", "sink[0] Keep"), (result.Diagnostics[0].Code.Id, result.Diagnostics[0].Message, result.Diagnostics[0].Path));
        Assert.Equal((0, 0), (sink.Final.Count, sink.Pending));
        Assert.Contains("abort 1.0.0", sink.Log);
    }

    [Fact]
    public async Task Lost_work_fails_the_job_names_the_rows_and_undoes_only_what_is_not_committed()
    {
        var first = new ToySink { Kind = ToyDelivery.TwoPhase };
        var second = new ToySink { Kind = ToyDelivery.TwoPhase, CommitAnswer = item => new CommitResult(CommitOutcome.Lost, new Diagnostic(FaultPoints.Broken, $"{item.Id} is gone")) };
        await using var kit = new EngineKit().Source("Toy", c => new ToySource { Context = c }).Sink("One", first).Sink("Two", second);
        var result = await kit.RunAsync(TwoSinks);
        Assert.Equal(JobStatus.Failed, result.Status);
        Assert.Equal(["RUN-0002", "RUN-0008"], result.Diagnostics.Select(d => d.Code.Id));
        Assert.Matches("^\\d+ rows of table \"t\" cannot be committed: 1.0.0 is gone$", result.Diagnostics[0].Message);
        Assert.Equal("1 of 4 prepared items were committed before the job ended", result.Diagnostics[1].Message);
        Assert.Equal(["commit 1.0.0: Committed", "abort 1.1.0"], first.Log.Where(l => l.StartsWith("commit") || l.StartsWith("abort")));
        Assert.Equal(["commit 1.0.0: Lost", "abort 1.0.0", "abort 1.1.0"], second.Log.Where(l => l.StartsWith("commit") || l.StartsWith("abort")));
        Assert.Equal((0, 0), (first.Pending, second.Pending));
    }

    [Fact]
    public async Task A_check_that_fails_at_the_end_keeps_other_sinks_from_committing()
    {
        var files = new ToySink { Kind = ToyDelivery.TwoPhase };
        var check = new ToySink { FinishCheck = static () => throw new SeikanException(new Diagnostic(FaultPoints.Broken, "too few rows")) };
        await using var kit = new EngineKit().Source("Toy", c => new ToySource { Context = c }).Sink("One", files).Sink("Two", check);
        var result = await kit.RunAsync(TwoSinks);
        Assert.Equal((JobStatus.Failed, "too few rows", "sink[1] Two"), (result.Status, result.Diagnostics[0].Message, result.Diagnostics[0].Path));
        Assert.Equal((0, 0), (files.Final.Count, files.Pending));
    }

    [Fact]
    public async Task Positions_are_committed_with_the_rows_before_them_and_never_ahead()
    {
        var time = new FakeTimeProvider();
        var gate = new SemaphoreSlim(0);
        var committed = new SemaphoreSlim(0);
        var sink = new ToySink { Kind = ToyDelivery.Positioned, OnFlush = () => committed.Release() };
        await using var kit = new EngineKit(time).Source("Toy", c => new ToySource
        {
            Context = c, Splits = 0, Reader = r =>
            {
                var next = 0L;
                return new ScriptedReader(async token =>
                {
                    await gate.WaitAsync(token);
                    if (next == 30)
                    {
                        return null;
                    }

                    var batch = await new ToySource { Context = c }.BatchAsync(r.Tables[0], next, 10, token);
                    next += 10;
                    return new ReaderOutput.Rows([batch], [new SplitPosition("s", new Position(next, JsonState.Empty))]);
                });
            },
        }).Sink("Exact", sink);
        var result = await kit.RunAsync("env {}\nsource { Toy {} }\nsink { Exact {} }", async run =>
        {
            for (var i = 0; i < 3; i++)
            {
                gate.Release();
                while (!await committed.WaitAsync(0, TestContext.Current.CancellationToken))
                {
                    time.Advance(TimeSpan.FromMilliseconds(20));
                    await Task.Yield();
                }
            }

            gate.Release();
        });
        Assert.Equal(JobStatus.Finished, result.Status);
        Assert.Equal("recover", sink.Log.First(l => l is "recover" or "flush"));
        Assert.Equal([(10, 10L), (20, 20L), (30, 30L), (30, 30L)], sink.PositionedCommits);
        Assert.Equal("s", Assert.Single(sink.LastPositions).SplitId);
    }

    [Fact]
    public async Task Positions_of_every_split_reach_the_sink_that_keeps_them()
    {
        var sink = new ToySink { Kind = ToyDelivery.Positioned };
        await using var kit = new EngineKit().Source("Toy", c => new ToySource { Context = c, Splits = 3 }).Sink("Exact", sink);
        var result = await kit.RunAsync("env {}\nsource { Toy {} }\nsink { Exact {} }");
        Assert.Equal(JobStatus.Finished, result.Status);
        Assert.Equal([("0", 30L), ("1", 30L), ("2", 30L)], sink.LastPositions.Select(p => (p.SplitId, p.Position.Sequence)).Order());
        Assert.Equal(90, sink.Final.Count);
    }

    private static async Task AdvanceAsync(FakeTimeProvider time, JobRun run)
    {
        while (!run.Completion.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }
    }
}
