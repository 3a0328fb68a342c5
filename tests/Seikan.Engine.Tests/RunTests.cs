using System.Collections.Immutable;
using Seikan.Core;
using Seikan.Engine.Tests.Toys;
using Seikan.Plugins;
using Seikan.Testing.Steps;

namespace Seikan.Engine.Tests;

public sealed class RunTests
{
    private const string Chain = "env {}, source { Toy {} }, sink { Keep {} }";

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Every_row_arrives_once_and_the_receipt_says_so(int parallelism)
    {
        ToySource? source = null;
        var sink = new ToySink();
        await using var kit = new EngineKit().Source("Toy", c => source = new ToySource { Context = c, Splits = 3 }).Sink("Keep", sink);
        var result = await kit.RunAsync($"env {{ parallelism = {parallelism} }}, source {{ Toy {{}} }}, sink {{ Keep {{}} }}");

        Assert.True(result.Status == JobStatus.Finished, string.Join("\n", result.Diagnostics));
        Assert.Empty(result.Diagnostics);
        Assert.Equal(Enumerable.Range(0, 90).Select(i => $"numbers +I {i}").Order(), sink.Final.Order());
        var line = Assert.Single(result.Receipt.Tables);
        Assert.Equal(("Sink[0]-Keep", "numbers", 90L, 90L, 0L, 0L, 0L, 270L), (line.Sink, line.Table.ToString(), line.Read, line.Written, line.Filtered, line.Rejected, line.Produced, line.Bytes));
        Assert.Equal(90, result.Receipt.RowsRead);
        Assert.True(result.Receipt.PeakMemoryBytes > 0);
        Assert.Equal(["0", "1", "2"], source!.Finished.Order());
        Assert.True(source.IsDisposed);
        Assert.Equal(0, sink.Alive);
        Assert.Equal(1, sink.Log.Count(l => l == "prepare tables"));
        Assert.Equal(1, sink.Log.Count(l => l == "finish"));
    }

    [Fact]
    public async Task Rows_of_a_split_keep_their_order()
    {
        var sink = new ToySink();
        await using var kit = new EngineKit().Source("Toy", c => new ToySource { Context = c, Splits = 1, BatchesPerSplit = 50 }).Sink("Keep", sink);
        await kit.RunAsync(Chain);
        Assert.Equal(Enumerable.Range(0, 500).Select(i => $"numbers +I {i}"), sink.Final);
    }

    [Fact]
    public async Task Readers_without_a_split_end_at_once()
    {
        var sink = new ToySink();
        await using var kit = new EngineKit().Source("Toy", c => new ToySource { Context = c, Splits = 0 }).Sink("Keep", sink);
        var result = await kit.RunAsync("env { parallelism = 8 }, source { Toy {} }, sink { Keep {} }");
        Assert.True(result.Status == JobStatus.Finished, string.Join("\n", result.Diagnostics));
        Assert.Empty(sink.Final);
        Assert.Equal(0, Assert.Single(result.Receipt.Tables).Read);
    }

    [Fact]
    public async Task Dropped_and_multiplied_rows_are_accounted_for()
    {
        var sink = new ToySink();
        var drop = StepTransform.Dropping(static (batch, row) => ((FixedColumn<long>)batch[0]).Values[row] % 3 == 0);
        var explode = StepTransform.Exploding(5);
        await using var kit = new EngineKit().Source("Toy", c => new ToySource { Context = c }).Transform("Drop", _ => drop).Transform("Explode", _ => explode).Sink("Keep", sink);
        var result = await kit.RunAsync("""
            env { parallelism = 2 }
            source { Toy { plugin_output = a } }
            transform { Explode { plugin_input = b, plugin_output = c }, Drop { plugin_input = a, plugin_output = b } }
            sink { Keep { plugin_input = c } }
            """);
        var line = Assert.Single(result.Receipt.Tables);
        Assert.Equal((60, 100, 40, 80), (line.Read, line.Written, line.Filtered, line.Produced));
        Assert.Equal(100, sink.Final.Count);
        Assert.Equal((0, 0), (drop.Alive, explode.Alive));
    }

    [Fact]
    public async Task A_fork_gives_every_branch_all_rows()
    {
        var (first, second) = (new ToySink(), new ToySink());
        await using var kit = new EngineKit().Source("Toy", c => new ToySource { Context = c })
            .Transform("Pass", _ => StepTransform.PassThrough()).Transform("Drop", _ => StepTransform.Dropping(static (_, row) => row < 4))
            .Sink("One", first).Sink("Two", second);
        var result = await kit.RunAsync("""
            env {}
            source { Toy { plugin_output = a } }
            transform { Pass { plugin_input = a, plugin_output = b }, Drop { plugin_input = b, plugin_output = c } }
            sink { One { plugin_input = b }, Two { plugin_input = c } }
            """);
        Assert.True(result.Status == JobStatus.Finished, string.Join("\n", result.Diagnostics));
        Assert.Equal((60, 24), (first.Final.Count, second.Final.Count));
        Assert.Equal([("Sink[0]-One", 60L, 60L, 0L), ("Sink[1]-Two", 60L, 24L, 36L)], result.Receipt.Tables.Select(t => (t.Sink, t.Read, t.Written, t.Filtered)));
        Assert.Equal(60, result.Receipt.RowsRead);
    }

    [Fact]
    public async Task A_union_is_a_pipeline_for_each_source_into_one_sink()
    {
        var sink = new ToySink { Kind = ToyDelivery.TwoPhase };
        await using var kit = new EngineKit().Source("Toy", c => new ToySource { Context = c }).Sink("Keep", sink);
        var result = await kit.RunAsync("""
            env {}
            source { Toy { plugin_output = a }, Toy { plugin_output = b, parallelism = 2 } }
            sink { Keep { plugin_input = [a, b] } }
            """);
        Assert.True(result.Status == JobStatus.Finished, string.Join("\n", result.Diagnostics));
        Assert.Equal(120, sink.Final.Count);
        Assert.Equal([(1, 0, 0), (2, 0, 0), (2, 1, 0)], sink.Writers.Order());
        Assert.Equal(1, sink.Log.Count(l => l == "prepare tables"));
        Assert.Equal(1, sink.Log.Count(l => l == "finish"));
        Assert.Equal(120, Assert.Single(result.Receipt.Tables).Written);
    }

    [Fact]
    public async Task A_sink_reached_on_two_ways_has_a_writer_on_each()
    {
        var sink = new ToySink { Kind = ToyDelivery.TwoPhase };
        await using var kit = new EngineKit().Source("Toy", c => new ToySource { Context = c })
            .Transform("Pass", _ => StepTransform.PassThrough()).Transform("Drop", _ => StepTransform.Dropping(static (_, row) => row == 0)).Sink("Keep", sink);
        var result = await kit.RunAsync("""
            env {}
            source { Toy { plugin_output = a } }
            transform { Pass { plugin_input = a, plugin_output = b }, Drop { plugin_input = a, plugin_output = c } }
            sink { Keep { plugin_input = [b, c] } }
            """);
        Assert.True(result.Status == JobStatus.Finished, string.Join("\n", result.Diagnostics));
        Assert.Equal([(1, 0, 0), (1, 0, 1)], sink.Writers.Order());
        var line = Assert.Single(result.Receipt.Tables);
        Assert.Equal((120, 66, 54), (line.Read, line.Written, line.Filtered));
        Assert.Equal(66, sink.Final.Count);
    }

    [Fact]
    public async Task Each_table_of_a_source_has_a_line_and_its_own_step()
    {
        var sink = new ToySink();
        ImmutableArray<SourceTable> tables = [new(ToySource.Numbers("db.a")), new(ToySource.Numbers("db.b", new ColumnDef("more", DataType.BigInt)))];
        await using var kit = new EngineKit().Source("Toy", c => new ToySource { Context = c, Tables = tables })
            .Transform("Drop", _ => StepTransform.Dropping(static (batch, _) => batch.Schema.Path.Table == "a")).Sink("Keep", sink);
        var result = await kit.RunAsync("env {}, source { Toy {} }, transform { Drop {} }, sink { Keep {} }");
        Assert.Equal([("db.a", 60L, 60L, 0L), ("db.b", 60L, 0L, 60L)], result.Receipt.Tables.Select(t => (t.Table.ToString(), t.Read, t.Written, t.Filtered)));
        Assert.Equal(["db.a", "db.b"], Assert.Single(sink.PreparedTables).Select(t => t.Path.ToString()));
    }

    [Fact]
    public async Task A_table_that_a_step_plans_away_counts_as_filtered()
    {
        var sink = new ToySink();
        ImmutableArray<SourceTable> tables = [new(ToySource.Numbers("a")), new(ToySource.Numbers("b"))];
        await using var kit = new EngineKit().Source("Toy", c => new ToySource { Context = c, Tables = tables }).Transform("Only", _ => new OnlyTable("b")).Sink("Keep", sink);
        var result = await kit.RunAsync("env {}, source { Toy {} }, transform { Only {} }, sink { Keep {} }");
        Assert.Equal([("a", 0L, 60L), ("b", 60L, 0L)], result.Receipt.Tables.Select(t => (t.Table.ToString(), t.Written, t.Filtered)));
        Assert.True(result.Receipt.IsBalanced);
    }

    [Fact]
    public async Task A_step_that_loses_rows_without_counting_them_fails_the_job_before_the_commit()
    {
        var sink = new ToySink { Kind = ToyDelivery.TwoPhase };
        await using var kit = new EngineKit().Source("Toy", c => new ToySource { Context = c }).Transform("Lose", _ => new LosingTransform()).Sink("Keep", sink);
        var result = await kit.RunAsync("env {}, source { Toy {} }, transform { Lose {} }, sink { Keep {} }");
        Assert.Equal(JobStatus.Failed, result.Status);
        Assert.Equal("RUN-0006", Assert.Single(result.Diagnostics).Code.Id);
        Assert.Empty(sink.Final);
        Assert.Equal(0, sink.Pending);
    }

    [Fact]
    public async Task Update_pairs_become_upserts_for_a_sink_that_takes_keys_only()
    {
        var sink = new ToySink { Mode = ChangelogMode.Upsert };
        var table = new TableSchema(new TablePath(null, null, "t"), [new ColumnDef("id", DataType.BigInt), new ColumnDef("v", DataType.BigInt)])
        {
            Keys = [new TableKey(null, KeyKind.Primary, [new KeyColumn("id")])],
        };
        await using var kit = new EngineKit().Source("Toy", c => new ToySource
        {
            Context = c, Tables = [new SourceTable(table, ChangelogMode.Full)], Splits = 0,
            Reader = r => Once(async token => await ChangesAsync(c, r.Tables[0], [(1, 10, 1, 11), (2, 20, 3, 20)], token)),
        }).Sink("Keep", sink);
        var result = await kit.RunAsync(Chain);
        Assert.Equal(["t +U 1", "t -D 2", "t +U 3"], sink.Final);
        Assert.Equal((4, 4), (result.Receipt.Tables[0].Read, result.Receipt.Tables[0].Written));
    }

    [Fact]
    public async Task Blocking_connectors_meet_only_a_thread_of_their_own()
    {
        var threads = new System.Collections.Concurrent.ConcurrentBag<string?>();
        var sink = new ToySink { BlockingThreads = 1 };
        await using var kit = new EngineKit().Source("Toy", c => new ToySource
        {
            Context = c, BlockingThreads = 1, Splits = 0,
            Reader = r => Once(async token =>
            {
                threads.Add(Thread.CurrentThread.Name);
                await Task.Yield();
                threads.Add(Thread.CurrentThread.Name);
                return await new ToySource { Context = c }.BatchAsync(r.Tables[0], 0, 5, token);
            }),
        }).Sink("Keep", sink);
        var result = await kit.RunAsync(Chain);
        Assert.True(result.Status == JobStatus.Finished, string.Join("\n", result.Diagnostics));
        Assert.Equal(["seikan reader 1.0"], threads.Distinct());
        Assert.Equal(["seikan writer 0 1.0"], sink.Threads.Distinct());
    }

    [Fact]
    public async Task Progress_tells_rows_fraction_and_stages()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sink = new ToySink
        {
            BeforeWrite = async token =>
            {
                reached.TrySetResult();
                await gate.Task.WaitAsync(token);
            },
        };
        await using var kit = new EngineKit().Source("Toy", c => new ToySource { Context = c, Splits = 1, BatchesPerSplit = 10 }).Sink("Keep", sink);
        var result = await kit.RunAsync(Chain, async run =>
        {
            await reached.Task;
            var progress = run.Snapshot();
            Assert.InRange(progress.RowsRead, 10, 40);
            Assert.Equal(0, progress.RowsWritten);
            Assert.True(progress.HeldBytes > 0);
            Assert.True(progress.BytesRead > 0);
            Assert.Equal(["Source[0]-Toy", "Sink[0]-Keep"], progress.Stages.Select(s => s.Name));
            gate.SetResult();
            await run.Completion;
            Assert.Equal((100, 100, 1.0, 0), (run.Snapshot().RowsRead, run.Snapshot().RowsWritten, run.Snapshot().Fraction, run.Snapshot().HeldBytes));
            Assert.Equal(100, Assert.Single(run.Tables()).Written);
        });
        Assert.True(result.Status == JobStatus.Finished, string.Join("\n", result.Diagnostics));
    }

    private static ScriptedReader Once(Func<CancellationToken, Task<RowBatch>> make)
    {
        var isDone = false;
        return new ScriptedReader(async token =>
        {
            if (isDone)
            {
                return null;
            }

            isDone = true;
            return new ReaderOutput.Rows([await make(token)], []);
        });
    }

    private static async Task<RowBatch> ChangesAsync(IPluginContext context, TableSchema table, (long, long, long, long)[] updates, CancellationToken token)
    {
        using var builder = await context.Memory.BeginBatchAsync(table, token);
        foreach (var (id, v, newId, newV) in updates)
        {
            var (ids, values) = ((FixedBuilder<long>)builder.Columns[0], (FixedBuilder<long>)builder.Columns[1]);
            ids.Append(id);
            values.Append(v);
            ids.Append(newId);
            values.Append(newV);
            builder.EndUpdate();
        }

        return builder.Build();
    }

    private sealed class OnlyTable(string table) : ITransform
    {
        public StepPlan Plan(TableSchema input, ChangelogMode mode) => input.Path.Table == table
            ? StepTransform.PassThrough().Plan(input, mode)
            : new StepPlan([], static _ => throw new InvalidOperationException("a step of a table without output must not be made"));
    }

    private sealed class LosingTransform : ITransform
    {
        public StepPlan Plan(TableSchema input, ChangelogMode mode) => new([new SourceTable(input, mode)], static _ => new Step());

        private sealed class Step : IStep, ICountsRows
        {
            public long Filtered => 0;

            public long Produced => 0;

            public ValueTask ProcessAsync(RowBatch input, Func<RowBatch, CancellationToken, ValueTask> emit, CancellationToken cancellationToken)
            {
                input.Dispose();
                return ValueTask.CompletedTask;
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
