using Microsoft.Extensions.Time.Testing;
using Seikan.Core;
using Seikan.Plugins;
using Seikan.Testing;

namespace Seikan.Connectors.Tests.Fake;

public sealed class FakeSourceTests
{
    private const string TwoColumns = "schema { fields { id = bigint, name = string } }";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Row_num_counts_per_reader(int readers) =>
        Assert.Equal(5 * readers, (await FakeRun.RowsAsync(TwoColumns, readers)).Distinct().Count());

    [Fact]
    public async Task Given_rows_come_once_per_reader_with_their_kinds()
    {
        const string options = """
            schema { table = a.b, fields { id = int, b = bytes, l = "array<int>", m = "map<string, int>", r = { x = int, y = string } } }
            rows = [
              { fields = [1, "AQID", [1, 2], { k = 1 }, { x = 1, y = "é" }] }
              { kind = UPDATE_BEFORE, fields = [1, null, [], {}, [2, b]] }
              { kind = "+U", fields = [2, "", [null], null, null] }
              { kind = delete, fields = ["2", "", [3], { a = 1, b = 2 }, { y = only }] }
            ]
            """;
        string[] expected =
        [
            "+I 1, x'010203', [1, 2], {\"k\": 1}, (1, \"é\")",
            "-U 1, null, [], {}, (2, \"b\")",
            "+U 2, x'', [null], null, null",
            "-D 2, x'', [3], {\"a\": 1, \"b\": 2}, (null, \"only\")",
        ];

        Assert.Equal(expected, await FakeRun.RowsAsync(options));
        Assert.Equal([.. expected, .. expected], await FakeRun.RowsAsync(options, 2));
    }

    [Theory]
    [InlineData("INSERT", "INSERT", ChangelogMode.InsertOnly)]
    [InlineData("INSERT", "DELETE", ChangelogMode.Upsert)]
    [InlineData("UPDATE_AFTER", "INSERT", ChangelogMode.Upsert)]
    [InlineData("UPDATE_BEFORE", "UPDATE_AFTER", ChangelogMode.Full)]
    public async Task The_kinds_present_decide_the_changelog_mode(string first, string second, ChangelogMode mode)
    {
        using var memory = new TestMemory();
        var source = FakeRun.Source($"schema {{ fields {{ a = int }} }}, rows = [ {{ kind = {first}, fields = [1] }}, {{ kind = {second}, fields = [2] }} ]", new TestPluginContext(memory));

        Assert.Equal(mode, Assert.Single(await source.DiscoverAsync(Token)).Mode);
    }

    [Theory]
    [InlineData("[ { fields = [1] } ]", "FAKE-0001 rows[0] has 1 fields, the schema has 2 columns")]
    [InlineData("[ { fields = [1, a] }, { fields = [x, a] } ]", "FAKE-0001 rows[1]: \"x\" is not of type bigint, column \"id\"")]
    [InlineData("[ { kind = UPSERT, fields = [1, a] } ]", "OPT-0005 rows[0]: \"UPSERT\" is not a row kind")]
    [InlineData("[ { kind = UPDATE_BEFORE, fields = [1, a] } ]", "FAKE-0001 rows[0] is an UPDATE_BEFORE without its UPDATE_AFTER")]
    [InlineData("[ { field = [1, a] } ]", "FAKE-0001 rows[0] has no list of \"fields\"")]
    public void Given_rows_that_do_not_fit_are_told_before_the_job_starts(string rows, string error) =>
        Assert.Equal([error], FakeRun.Errors($"{TwoColumns}, rows = {rows}"));

    [Fact]
    public async Task The_same_seed_gives_the_same_rows_whatever_the_batches()
    {
        const string options = "seed = 5, row.num = 3000, map.size = 3, schema { fields { a = bigint, s = string, m = \"map<int, {x = string}>\", l = \"array<double>\", v = float_vector } }";

        var rows = await FakeRun.RowsAsync(options);
        var small = await FakeRun.RowsAsync(options, limits: BatchLimits.Default with { Rows = 7 });

        Assert.Equal(3000, rows.Count);
        Assert.Equal(rows, small);
        Assert.NotEqual(rows, await FakeRun.RowsAsync(options.Replace("seed = 5", "seed = 6", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_rows_whatever_the_splits()
    {
        const string options = "seed = 5, row.num = 100, schema { fields { a = bigint, s = string } }";

        Assert.Equal(
            (await FakeRun.RowsAsync(options, 3)).Order(StringComparer.Ordinal),
            (await FakeRun.RowsAsync(options + ", split.num = 7", 3)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_a_seed_jobs_differ_and_a_restart_goes_on_with_the_same_values()
    {
        using var memory = new TestMemory();
        var first = FakeRun.Source($"row.num = 50, split.num = 2, {TwoColumns}", new TestPluginContext(memory) { Seed = 1 });
        var second = FakeRun.Source($"row.num = 50, split.num = 2, {TwoColumns}", new TestPluginContext(memory) { Seed = 2 });
        var tables = await FakeRun.TablesAsync(first);
        var all = await FakeRun.RowsAsync(first, memory);
        Assert.NotEqual(all, await FakeRun.RowsAsync(second, memory));

        // The second process gets the state of the first: half of the splits are still to be handed out.
        await using var before = first.CreateEnumerator(new EnumeratorContext(1, tables, null));
        var given = (await before.NextAsync(0, Token))!;
        await using var after = second.CreateEnumerator(new EnumeratorContext(1, tables, before.Snapshot()));
        var rest = (await after.NextAsync(0, Token))!;
        Assert.Null(await after.NextAsync(0, Token));
        var reader = second.CreateReader(new TestReaderContext(memory.Job, tables).Assign(given with { From = new Position(10, JsonState.Empty) }, rest).NoMoreSplits());
        var lines = new List<string>();
        while (await reader.ReadAsync(Token) is { } output)
        {
            foreach (var batch in output is ReaderOutput.Rows rows ? rows.Batches : [])
            {
                using (batch)
                {
                    lines.AddRange(RowAssert.Lines(batch));
                }
            }
        }

        Assert.Equal(all.Skip(10), lines);
    }

    [Fact]
    public async Task Splits_that_came_back_are_part_of_the_state_and_keep_their_place()
    {
        using var memory = new TestMemory();
        var source = FakeRun.Source($"seed = 1, split.num = 3, row.num = 9, {TwoColumns}", new TestPluginContext(memory));
        var tables = await FakeRun.TablesAsync(source);
        await using var before = source.CreateEnumerator(new EnumeratorContext(2, tables, null));
        var first = (await before.NextAsync(0, Token))!;
        before.Returned([first with { From = new Position(2, JsonState.Empty) }]);

        // Another number of readers must not cut the rest anew.
        await using var after = source.CreateEnumerator(new EnumeratorContext(5, tables, before.Snapshot()));
        var splits = new List<Split>();
        while (await after.NextAsync(0, Token) is { } split)
        {
            splits.Add(split);
        }

        Assert.Equal(["0-0", "0-1", "0-2", "0-3", "0-4", "0-5"], splits.Select(s => s.Id));
        Assert.Equal(2, splits[0].From!.Sequence);
        Assert.Equal(18, splits.Sum(s => s.EstimatedRows));
    }

    [Fact]
    public async Task Several_tables_have_options_of_their_own()
    {
        using var memory = new TestMemory();
        var source = FakeRun.Source(
            """
            tables_configs = [
              { row.num = 2, schema { table = "db.one", fields { a = int } } }
              { int.template = [9], schema { table = "db.two", fields { a = int, b = int } }, rows = [ { kind = DELETE, fields = [1, 2] } ] }
              { row.num = 1, int.template = [7], schema { fields { c = int } } }
            ]
            """,
            new TestPluginContext(memory));

        var tables = await source.DiscoverAsync(Token);
        var rows = new List<(string Table, string Row)>();
        await FakeRun.ReadAsync(source, memory, 1, batch => rows.AddRange(RowAssert.Lines(batch).Select(l => (batch.Schema.Path.ToString(), l))));

        Assert.Equal(["db.one", "db.two", "default.default.table3"], tables.Select(t => t.Schema.Path.ToString()));
        Assert.Equal([ChangelogMode.InsertOnly, ChangelogMode.Upsert, ChangelogMode.InsertOnly], tables.Select(t => t.Mode));
        Assert.Equal(2, rows.Count(r => r.Table == "db.one"));
        Assert.Equal([("db.two", "-D 1, 2"), ("default.default.table3", "+I 7")], rows.Where(r => r.Table != "db.one"));
    }

    [Fact]
    public void One_table_cannot_be_made_twice() => Assert.Equal(
        ["FAKE-0005 several of \"tables_configs\" make the table \"t\""],
        FakeRun.Errors("tables_configs = [ { schema { table = t, fields { a = int } } }, { schema { table = t, fields { a = int } } } ]"));

    [Fact]
    public void Options_beside_several_tables_are_told_to_have_no_effect()
    {
        using var memory = new TestMemory();
        var context = new TestPluginContext(memory);
        FakeRun.Source("plugin_output = x, row.num = 9, string { length = 3 }, tables_configs = [ { schema { table = t, fields { a = int } } } ]", context);

        Assert.Equal(
            ["FAKE-0006 \"row.num\" has no effect beside \"tables_configs\"", "FAKE-0006 \"string.length\" has no effect beside \"tables_configs\""],
            context.Diagnostics.ToImmutable().Select(d => $"{d.Code} {d.Message}"));
    }

    [Fact]
    public void Without_a_schema_nothing_can_be_made() => Assert.NotEmpty(FakeRun.Errors("row.num = 3"));

    [Fact]
    public async Task A_default_value_wins_over_templates_and_counting()
    {
        var rows = await FakeRun.RowsAsync(
            """
            row.num = 2, string.template = [x], auto.increment.enabled = true
            schema { columns = [
              { name = a, type = int, defaultValue = 12 }, { name = s, type = string, defaultValue = "hi" }
              { name = l, type = "array<int>", defaultValue = [1, 2] }, { name = d, type = "decimal(5,2)", defaultValue = 1.5 } ] }
            """);

        Assert.Equal(["+I 12, \"hi\", [1, 2], 1.50", "+I 12, \"hi\", [1, 2], 1.50"], rows);
    }

    [Fact]
    public async Task Current_time_comes_from_the_clock()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2024, 2, 29, 13, 14, 15, 250, TimeSpan.Zero));
        time.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("x", TimeSpan.FromHours(2), "x", "x"));
        using var memory = new TestMemory(time);
        var source = FakeRun.Source(
            """
            row.num = 1, schema { columns = [
              { name = a, type = timestamp, defaultValue = CURRENT_TIMESTAMP }, { name = b, type = date, defaultValue = current_date }
              { name = c, type = time, defaultValue = CURRENT_TIME }, { name = d, type = timestamp_tz, defaultValue = CURRENT_TIMESTAMP }
              { name = e, type = "timestamp(9)", defaultValue = CURRENT_TIMESTAMP } ] }
            """,
            new TestPluginContext(memory));

        Assert.Equal(
            ["+I 2024-02-29T15:14:15.25, 2024-02-29, 15:14:15.25, 2024-02-29T15:14:15.25+02:00, 2024-02-29T15:14:15.25"],
            await FakeRun.RowsAsync(source, memory));
    }

    [Fact]
    public void A_default_value_of_another_type_is_refused() => Assert.Equal(
        ["FAKE-0003 \"abc\" is not of type int, column \"a\""], FakeRun.Errors("schema { columns = [ { name = a, type = int, defaultValue = abc } ] }"));

    [Theory]
    [InlineData("", "id")]
    [InlineData(", primaryKey { name = pk, columnNames = [k] }", "k")]
    public async Task The_key_or_first_whole_number_counts_up_over_all_readers(string key, string column)
    {
        var rows = await FakeRun.RowsAsync(
            $"row.num = 3, split.num = 2, auto.increment.enabled = true, auto.increment.start = 100, int.template = [-1], schema {{ fields {{ s = string, id = int, k = int }}{key} }}", 2);

        var values = rows.Select(r => r[3..].Split(", ")[column == "id" ? 1 : 2]);
        var other = rows.Select(r => r[3..].Split(", ")[column == "id" ? 2 : 1]);
        Assert.Equal(["100", "101", "102", "103", "104", "105"], values.Order(StringComparer.Ordinal));
        Assert.All(other, o => Assert.Equal("-1", o));
    }

    [Fact]
    public void Nothing_to_count_is_an_error() => Assert.Equal(
        ["FAKE-0004 no column is a whole number"], FakeRun.Errors("auto.increment.enabled = true, schema { fields { s = string } }"));

    [Fact]
    public async Task Readers_pause_between_splits()
    {
        var time = new FakeTimeProvider();
        using var memory = new TestMemory(time);
        var source = FakeRun.Source($"row.num = 2, split.num = 2, split.read-interval = 5000, {TwoColumns}", new TestPluginContext(memory));
        await using var reader = await OpenAsync(source, memory);

        await TakeAsync(reader, 1);
        Assert.IsType<ReaderOutput.SplitFinished>(await reader.ReadAsync(Token));
        var second = reader.ReadAsync(Token).AsTask();
        time.Advance(TimeSpan.FromMilliseconds(4999));
        Assert.False(second.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));
        ((ReaderOutput.Rows)(await second)!).Batches[0].Dispose();
    }

    [Fact]
    public async Task Rate_limits_the_rows_of_a_second()
    {
        var time = new FakeTimeProvider();
        using var memory = new TestMemory(time);
        var source = FakeRun.Source($"row.num = 1000, rate = 20, {TwoColumns}", new TestPluginContext(memory));
        await using var reader = await OpenAsync(source, memory);

        await TakeAsync(reader, 2);
        var next = reader.ReadAsync(Token).AsTask();
        time.Advance(TimeSpan.FromMilliseconds(99));
        Assert.False(next.IsCompleted);
        memory.CheckNothingHeld(); // a reader that waits holds no memory
        time.Advance(TimeSpan.FromMilliseconds(1));
        using (var batch = ((ReaderOutput.Rows)(await next)!).Batches[0])
        {
            Assert.Equal(2, batch.RowCount);
        }

        var rows = 4;
        for (var tick = 0; tick < 10; tick++)
        {
            var read = reader.ReadAsync(Token).AsTask();
            time.Advance(TimeSpan.FromMilliseconds(100));
            using var batch = ((ReaderOutput.Rows)(await read)!).Batches[0];
            rows += batch.RowCount;
        }

        Assert.Equal(24, rows);
    }

    [Fact]
    public async Task In_a_streaming_job_the_rows_come_and_the_reader_then_waits_for_the_end_without_memory()
    {
        using var memory = new TestMemory();
        var context = new TestPluginContext(memory) { Job = new JobFacts(1, "test", IsStreaming: true, TimeZoneInfo.Utc) };
        var source = FakeRun.Source(TwoColumns, context);
        Assert.False(source.IsBounded);
        await using var reader = await OpenAsync(source, memory);

        await TakeAsync(reader, 5);
        Assert.IsType<ReaderOutput.SplitFinished>(await reader.ReadAsync(Token));
        using var stop = new CancellationTokenSource();
        var waiting = reader.ReadAsync(stop.Token).AsTask();
        Assert.False(waiting.IsCompleted);
        memory.CheckNothingHeld();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Endless_tables_take_turns_and_never_end()
    {
        using var memory = new TestMemory(limits: BatchLimits.Default with { Rows = 10 });
        var source = FakeRun.Source(
            """
            tables_configs = [
              { unbounded = true, auto.increment.enabled = true, schema { table = a, fields { n = bigint } } }
              { unbounded = true, schema { table = b, fields { n = int } }, rows = [ { fields = [1] }, { kind = UPDATE_BEFORE, fields = [1] }, { kind = UPDATE_AFTER, fields = [2] } ] }
              { row.num = 3, schema { table = c, fields { n = bigint } } }
            ]
            """,
            new TestPluginContext(memory));
        Assert.False(source.IsBounded);
        await using var reader = await OpenAsync(source, memory);

        var rows = new Dictionary<string, List<string>> { ["a"] = [], ["b"] = [], ["c"] = [] };
        for (var i = 0; i < 40; i++)
        {
            if (await reader.ReadAsync(Token) is ReaderOutput.Rows output)
            {
                using var batch = output.Batches[0];
                rows[batch.Schema.Path.Table].AddRange(RowAssert.Lines(batch));
            }
        }

        Assert.Equal(Enumerable.Range(1, 100).Select(n => $"+I {n}"), rows["a"].Take(100));
        Assert.Equal(["+I 1", "-U 1", "+U 2", "+I 1", "-U 1", "+U 2", "+I 1"], rows["b"].Take(7));
        Assert.Equal(3, rows["c"].Count);
    }

    [Fact]
    public async Task Making_rows_allocates_less_than_a_byte_a_row()
    {
        using var memory = new TestMemory();
        var source = FakeRun.Source("seed = 1, unbounded = true, string.length = 120, schema { fields { id = bigint, a = int, d = double, s = string, t = string } }", new TestPluginContext(memory));
        await using var reader = await OpenAsync(source, memory);
        await using var writer = ((Delivery.AtLeastOnce)BlackHole.BlackHoleTests.Sink(memory).Delivery).Writer(new TestWriterContext());
        await PumpAsync(reader, writer, 100_000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var rows = await PumpAsync(reader, writer, 500_000);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(allocated < rows, $"{allocated} bytes for {rows} rows");
    }

    private static async Task<long> PumpAsync(ISourceReader reader, ISinkWriter writer, long atLeast)
    {
        var rows = 0L;
        while (rows < atLeast)
        {
            var batch = ((ReaderOutput.Rows)(await reader.ReadAsync(Token))!).Batches[0];
            rows += batch.RowCount;
            await writer.WriteAsync(batch, Token);
        }

        return rows;
    }

    private static async Task<ISourceReader> OpenAsync(ISource source, TestMemory memory)
    {
        var tables = await FakeRun.TablesAsync(source);
        await using var enumerator = source.CreateEnumerator(new EnumeratorContext(1, tables, null));
        var context = new TestReaderContext(memory.Job, tables);
        while (await enumerator.NextAsync(0, Token) is { } split)
        {
            context.Assign(split);
        }

        return source.CreateReader(context.NoMoreSplits());
    }

    private static async Task TakeAsync(ISourceReader reader, int rows)
    {
        using var batch = ((ReaderOutput.Rows)(await reader.ReadAsync(Token))!).Batches[0];
        Assert.Equal(rows, batch.RowCount);
    }
}
