using System.Collections.Immutable;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Testing;

/// <summary>What every sink must do, whatever it writes to (design 4): one call runs all checks.</summary>
public sealed class SinkConformance
{
    /// <summary>Makes the sink under test on an empty target; called anew for each check.</summary>
    public required Func<IPluginContext, ISink> Make { get; init; }

    /// <summary>Rows that the target shows after a check; null when the target cannot be looked at (Console, BlackHole).</summary>
    public Func<Task<long>>? CountRowsAsync { get; init; }

    /// <summary>Makes a batch of the table under test with so many rows.</summary>
    public required Func<TestMemory, int, RowBatch> MakeBatch { get; init; }

    /// <summary>Whether the sink takes any table; false for one whose options ask for certain columns.</summary>
    public bool TakesAnyTable { get; init; } = true;

    /// <summary>Runs every check; the first that fails is named in the exception.</summary>
    /// <param name="cancellationToken">Ends the checks.</param>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        await RunAsync("rows are written, flushed and visible after the commit", WriteAndCommitAsync, cancellationToken);
        await RunAsync("no rows at all are no problem", WriteNothingAsync, cancellationToken);
        await RunAsync("a cancelled write gives its batch back", CancelledWriteAsync, cancellationToken);
        await RunAsync("a writer that is left holds nothing and leaves nothing", LeaveWriterAsync, cancellationToken);
        await RunAsync("aborted work is never visible, and may be aborted twice", AbortAsync, cancellationToken);
        await RunAsync("a commit may be repeated, also by another committer", RepeatCommitAsync, cancellationToken);
        await RunAsync("two tasks do not disturb each other", TwoTasksAsync, cancellationToken);
        if (TakesAnyTable)
        {
            await RunAsync("every type is written: nulls, extreme values, unicode", EveryTypeAsync, cancellationToken);
            await RunAsync("each row kind the sink accepts is written", EveryKindAsync, cancellationToken);
            await RunAsync("wide rows are written", WideRowsAsync, cancellationToken);
            await RunAsync("a large value is written", LargeValueAsync, cancellationToken);
        }
    }

    private async Task RunAsync(string check, Func<ISink, TestMemory, CancellationToken, Task> body, CancellationToken cancellationToken)
    {
        var memory = new TestMemory();
        var context = new TestPluginContext(memory, "sink[0] Test");
        try
        {
            await using (var sink = Make(context))
            {
                context.Diagnostics.ThrowIfErrors();
                using (var sample = MakeBatch(memory, 1))
                {
                    Require(sink.CheckTables([sample.Schema]).All(d => d.Severity != Severity.Error), "the table is refused");
                    Require((await sink.ProbeAsync(cancellationToken)).All(d => d.Severity != Severity.Error), "the probe found an error");
                    await sink.PrepareTablesAsync([sample.Schema], cancellationToken);
                }

                await body(sink, memory, cancellationToken);
            }

            memory.CheckNothingHeld();
        }
        catch (Exception e) when (e is not CheckFailedException { InnerException: not null })
        {
            throw new CheckFailedException($"sink conformance: {check}: {e.Message}", e);
        }
    }

    private async Task WriteAndCommitAsync(ISink sink, TestMemory memory, CancellationToken cancellationToken)
    {
        var items = await WriteAsync(sink, memory, 0, [3, 4], cancellationToken);
        await ExpectAsync(sink.Delivery is Delivery.TwoPhase ? 0 : 7, "before the commit");
        await CommitAsync(sink, items, CommitOutcome.Committed, cancellationToken);
        await sink.FinishAsync(cancellationToken);
        await ExpectAsync(7, "after the commit");
    }

    private async Task WriteNothingAsync(ISink sink, TestMemory memory, CancellationToken cancellationToken)
    {
        var items = await WriteAsync(sink, memory, 0, [], cancellationToken);
        await CommitAsync(sink, items, CommitOutcome.Committed, cancellationToken);
        await ExpectAsync(0, "after nothing was written");
    }

    private async Task CancelledWriteAsync(ISink sink, TestMemory memory, CancellationToken cancellationToken)
    {
        await using var writer = MakeWriter(sink, 0);
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        try
        {
            await writer.WriteAsync(MakeBatch(memory, 5), stop.Token);
        }
        catch (OperationCanceledException)
        {
            // it may or may not listen so early; the batch is given back either way
        }
    }

    private async Task LeaveWriterAsync(ISink sink, TestMemory memory, CancellationToken cancellationToken)
    {
        await using (var writer = MakeWriter(sink, 0))
        {
            await writer.WriteAsync(MakeBatch(memory, 5), cancellationToken);
        }

        await SweepAsync(sink, [], cancellationToken);
        await ExpectAsync(sink.Delivery is Delivery.TwoPhase ? 0 : null, "after a writer was left");
    }

    private async Task AbortAsync(ISink sink, TestMemory memory, CancellationToken cancellationToken)
    {
        if (sink.Delivery is not Delivery.TwoPhase twoPhase)
        {
            return;
        }

        var items = await WriteAsync(sink, memory, 0, [5], cancellationToken);
        await using var committer = twoPhase.Committer(new CommitterContext(1, 1, 0, 1));
        foreach (var item in items)
        {
            await committer.AbortAsync(item, cancellationToken);
            await committer.AbortAsync(item, cancellationToken);
            Require((await committer.CommitAsync(item, cancellationToken)).Outcome == CommitOutcome.Lost, "work that was aborted could be committed");
        }

        await committer.SweepAsync([], cancellationToken);
        await ExpectAsync(0, "after the abort");
    }

    private async Task RepeatCommitAsync(ISink sink, TestMemory memory, CancellationToken cancellationToken)
    {
        if (sink.Delivery is not Delivery.TwoPhase)
        {
            return;
        }

        var items = await WriteAsync(sink, memory, 0, [5], cancellationToken);
        await CommitAsync(sink, items, CommitOutcome.Committed, cancellationToken);
        await CommitAsync(sink, items, CommitOutcome.AlreadyCommitted, cancellationToken);
        await SweepAsync(sink, items, cancellationToken);
        await ExpectAsync(5, "after a second commit");
    }

    private async Task TwoTasksAsync(ISink sink, TestMemory memory, CancellationToken cancellationToken)
    {
        var items = await WriteAsync(sink, memory, 0, [2], cancellationToken);
        items = items.AddRange(await WriteAsync(sink, memory, 1, [3], cancellationToken));
        await CommitAsync(sink, items, CommitOutcome.Committed, cancellationToken);
        await ExpectAsync(5, "after two tasks wrote");
    }

    private static Task EveryTypeAsync(ISink sink, TestMemory memory, CancellationToken cancellationToken)
    {
        DataType[] types =
        [
            DataType.Boolean, DataType.TinyInt, DataType.SmallInt, DataType.Int, DataType.BigInt, DataType.Float, DataType.Double, new DecimalType(38, 9),
            new DecimalType(76, 20), DataType.String, DataType.Bytes, DataType.Date, DataType.Time, DataType.Timestamp, new TimestampType(9), DataType.TimestampTz,
            new ArrayType(DataType.Int), new MapType(DataType.String, DataType.BigInt), new RowType([new RowField("a", DataType.Int), new RowField("b", DataType.String)]),
            new VectorType(TypeKind.FloatVector, 3),
        ];
        return WriteTableAsync(sink, memory, Table(types), ChangelogMode.InsertOnly, 200, cancellationToken);
    }

    private static Task EveryKindAsync(ISink sink, TestMemory memory, CancellationToken cancellationToken)
    {
        var table = TestMemory.KeyedTable(["c0"], ("c0", DataType.BigInt), ("c1", DataType.String));
        return WriteTableAsync(sink, memory, table, sink.Accepts(table), 100, cancellationToken);
    }

    private static Task WideRowsAsync(ISink sink, TestMemory memory, CancellationToken cancellationToken) =>
        WriteTableAsync(sink, memory, Table([.. Enumerable.Repeat<DataType>(DataType.String, 1_000)]), ChangelogMode.InsertOnly, 20, cancellationToken);

    private static async Task LargeValueAsync(ISink sink, TestMemory memory, CancellationToken cancellationToken)
    {
        var table = Table([DataType.String]);
        await sink.PrepareTablesAsync([table], cancellationToken);
        await using var writer = MakeWriter(sink, 0);
        await writer.WriteAsync(memory.Batch(table, [new string('x', 8 << 20)]), cancellationToken);
        await EndAsync(sink, writer, cancellationToken);
    }

    private static TableSchema Table(DataType[] types) => new(new TablePath(null, null, "any"), [.. types.Select((t, i) => new ColumnDef($"c{i}", t))]);

    private static async Task WriteTableAsync(ISink sink, TestMemory memory, TableSchema table, ChangelogMode mode, int rows, CancellationToken cancellationToken)
    {
        Require(sink.CheckTables([table]).All(d => d.Severity != Severity.Error), "the table is refused");
        await sink.PrepareTablesAsync([table], cancellationToken);
        await using var writer = MakeWriter(sink, 0);
        await writer.WriteAsync(new GeneratedRows(table, mode, rows, 7, 0.2).Build(memory), cancellationToken);
        await EndAsync(sink, writer, cancellationToken);
    }

    private static async Task EndAsync(ISink sink, ISinkWriter writer, CancellationToken cancellationToken)
    {
        await writer.FlushAsync(cancellationToken);
        if (writer is ITwoPhaseWriter twoPhase)
        {
            await CommitAsync(sink, (await twoPhase.PrepareAsync(1, cancellationToken)).Items, CommitOutcome.Committed, cancellationToken);
        }
    }

    private async Task<ImmutableArray<CommitInfo>> WriteAsync(ISink sink, TestMemory memory, int task, int[] batches, CancellationToken cancellationToken)
    {
        await using var writer = MakeWriter(sink, task);
        foreach (var rows in batches)
        {
            await writer.WriteAsync(MakeBatch(memory, rows), cancellationToken);
        }

        await writer.FlushAsync(cancellationToken);
        return writer is ITwoPhaseWriter twoPhase ? (await twoPhase.PrepareAsync(1, cancellationToken)).Items : [];
    }

    private static async Task CommitAsync(ISink sink, ImmutableArray<CommitInfo> items, CommitOutcome expected, CancellationToken cancellationToken)
    {
        if (sink.Delivery is not Delivery.TwoPhase twoPhase)
        {
            return;
        }

        await using var committer = twoPhase.Committer(new CommitterContext(1, 1, 0, 1));
        foreach (var item in items)
        {
            var result = await committer.CommitAsync(item, cancellationToken);
            Require(result.Outcome == expected, $"the commit of {item.Id} answered {result.Outcome}, not {expected}: {result.Cause?.Message}");
        }
    }

    private static async Task SweepAsync(ISink sink, ImmutableArray<CommitInfo> keep, CancellationToken cancellationToken)
    {
        if (sink.Delivery is Delivery.TwoPhase twoPhase)
        {
            await using var committer = twoPhase.Committer(new CommitterContext(1, 1, 0, 1));
            await committer.SweepAsync(keep, cancellationToken);
        }
    }

    private static ISinkWriter MakeWriter(ISink sink, int task)
    {
        var context = new TestWriterContext { Task = task };
        return sink.Delivery switch
        {
            Delivery.AtLeastOnce d => d.Writer(context),
            Delivery.Idempotent d => d.Writer(context),
            Delivery.TwoPhase d => d.Writer(context),
            Delivery.TransactionalWithPositions d => d.Writer(context),
            var d => throw new CheckFailedException($"{d} is not a delivery"),
        };
    }

    private async Task ExpectAsync(long? rows, string when)
    {
        if (CountRowsAsync is not null && rows is not null)
        {
            var found = await CountRowsAsync();
            Require(found == rows, $"the target shows {found} rows {when}, {rows} were expected");
        }
    }

    private static void Require(bool isTrue, string otherwise)
    {
        if (!isTrue)
        {
            throw new CheckFailedException(otherwise);
        }
    }
}
