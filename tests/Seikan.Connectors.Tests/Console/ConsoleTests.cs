using Microsoft.Extensions.Time.Testing;
using Seikan.Connectors.ConsoleSink;
using Seikan.Core;
using Seikan.Plugins;
using Seikan.Testing;

namespace Seikan.Connectors.Tests.Console;

public sealed class ConsoleTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly TestMemory _memory;
    private readonly TestPluginContext _context;

    public ConsoleTests()
    {
        _memory = new TestMemory(_time);
        _context = new TestPluginContext(_memory, "sink[0] Console");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Text => _context.Text.ToString();

    public void Dispose() => _memory.Dispose();

    [Fact]
    public async Task Columns_come_first_and_then_a_line_a_row()
    {
        var table = TestMemory.Table("a.b", [("id", DataType.Int), ("name", DataType.String), ("price", new DecimalType(10, 2))]);
        var sink = Make("");
        await sink.PrepareTablesAsync([table], Token);
        var context = new TestWriterContext { Task = 3 };
        await using var writer = Writer(sink, context);

        await writer.WriteAsync(_memory.Batch(table, [1, "é", 1.5m], [2, null, null]), Token);
        await writer.WriteAsync(_memory.Batch(table, [3, "", -1m]), Token);

        const string rows = """
            subtaskIndex=3  rowIndex=1:  SeaTunnelRow#tableId=a.b SeaTunnelRow#kind=INSERT : 1, é, 1.50
            subtaskIndex=3  rowIndex=2:  SeaTunnelRow#tableId=a.b SeaTunnelRow#kind=INSERT : 2, null, null
            subtaskIndex=3  rowIndex=3:  SeaTunnelRow#tableId=a.b SeaTunnelRow#kind=INSERT : 3, , -1.00

            """;
        Assert.Equal("output rowType: id<INT>, name<STRING>, price<Decimal(10, 2)>\n" + rows, Text);
        Assert.Equal(System.Text.Encoding.UTF8.GetByteCount(rows), context.Bytes);
    }

    [Fact]
    public async Task Kinds_and_tables_are_told_apart()
    {
        var (one, two) = (TestMemory.Table("one", [("a", DataType.Int)]), TestMemory.Table("two", [("b", DataType.Boolean)]));
        var sink = Make("");
        await sink.PrepareTablesAsync([one, two], Token);
        await using var writer = Writer(sink);

        await writer.WriteAsync(_memory.Batch(one, [(RowKind.UpdateBefore, [1]), (RowKind.UpdateAfter, [2]), (RowKind.Delete, [2]), (RowKind.Insert, [3])]), Token);
        await writer.WriteAsync(_memory.Batch(two, [true]), Token);

        Assert.Equal(
            """
            output rowType of one: a<INT>
            output rowType of two: b<BOOLEAN>
            subtaskIndex=0  rowIndex=1:  SeaTunnelRow#tableId=one SeaTunnelRow#kind=UPDATE_BEFORE : 1
            subtaskIndex=0  rowIndex=2:  SeaTunnelRow#tableId=one SeaTunnelRow#kind=UPDATE_AFTER : 2
            subtaskIndex=0  rowIndex=3:  SeaTunnelRow#tableId=one SeaTunnelRow#kind=DELETE : 2
            subtaskIndex=0  rowIndex=4:  SeaTunnelRow#tableId=one SeaTunnelRow#kind=INSERT : 3
            subtaskIndex=0  rowIndex=5:  SeaTunnelRow#tableId=two SeaTunnelRow#kind=INSERT : true

            """,
            Text);
    }

    [Fact]
    public async Task Nested_types_and_values_are_readable()
    {
        var table = TestMemory.Table(
            ("l", new ArrayType(DataType.Int)), ("m", new MapType(DataType.String, DataType.Date)), ("r", new RowType([new RowField("x", DataType.String), new RowField("y", DataType.TimestampTz)])));
        var sink = Make("");
        await sink.PrepareTablesAsync([table], Token);
        await using var writer = Writer(sink);

        await writer.WriteAsync(
            _memory.Batch(table, [new object?[] { 1, null }, new[] { new MapEntry("k", new DateOnly(2024, 2, 29)) }, new object?[] { "q\"", null }]), Token);

        Assert.Equal(
            """
            output rowType: l<ARRAY<INT>>, m<Map<STRING, DATE>>, r<ROW<x STRING, y TIMESTAMP_TZ>>
            subtaskIndex=0  rowIndex=1:  SeaTunnelRow#tableId=t SeaTunnelRow#kind=INSERT : [1,null], {"k":"2024-02-29"}, {"x":"q\"","y":null}

            """,
            Text);
    }

    [Fact]
    public async Task Without_print_data_only_columns_are_printed()
    {
        var table = TestMemory.Table(("a", DataType.Int));
        var sink = Make("log.print.data = false");
        await sink.PrepareTablesAsync([table], Token);
        await using var writer = Writer(sink);

        await writer.WriteAsync(_memory.Batch(table, [1]), Token);

        Assert.Equal("output rowType: a<INT>\n", Text);
    }

    [Fact]
    public async Task The_delay_comes_behind_each_printed_row()
    {
        var table = TestMemory.Table(("a", DataType.Int));
        await using var writer = Writer(Make("log.print.delay.ms = 50"));

        var write = writer.WriteAsync(_memory.Batch(table, [1], [2]), Token).AsTask();
        Assert.EndsWith(": 1\n", Text, StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromMilliseconds(49));
        Assert.EndsWith(": 1\n", Text, StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.EndsWith(": 2\n", Text, StringComparison.Ordinal);
        Assert.False(write.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(50));
        await write;
    }

    [Fact]
    public async Task A_cancelled_delay_gives_the_batch_back()
    {
        await using var writer = Writer(Make("log.print.delay.ms = 50"));
        using var stop = new CancellationTokenSource();
        var write = writer.WriteAsync(_memory.Batch(TestMemory.Table(("a", DataType.Int)), [1], [2]), stop.Token).AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => write);
        _memory.CheckNothingHeld();
    }

    [Fact]
    public async Task Lines_of_two_tasks_never_mix()
    {
        var table = TestMemory.Table(("a", DataType.String));
        var sink = Make("");
        var text = new string('x', 200);
        async Task WriteAsync(int task)
        {
            await Task.Yield();
            await using var writer = Writer(sink, new TestWriterContext { Task = task });
            for (var i = 0; i < 50; i++)
            {
                await writer.WriteAsync(_memory.Batch(table, [.. Enumerable.Range(0, 20).Select(_ => new object?[] { text })]), Token);
            }
        }

        await Task.WhenAll(WriteAsync(0), WriteAsync(1));

        var lines = Text.TrimEnd('\n').Split('\n');
        Assert.Equal(2000, lines.Length);
        Assert.All(lines, l => Assert.Matches("^subtaskIndex=[01]  rowIndex=[0-9]+:  SeaTunnelRow#tableId=t SeaTunnelRow#kind=INSERT : x{200}$", l));
    }

    [Fact]
    public async Task Schema_changes_and_table_events_are_printed()
    {
        var before = TestMemory.Table(("a", DataType.Int));
        var after = TestMemory.Table(("a", DataType.Int), ("b", DataType.String)) with { Version = 2 };
        var sink = Make("");

        await ((IFollowsSchema)sink).ApplyAsync(new SchemaChange(before, after, []), Token);
        await ((IFollowsTables)sink).ApplyAsync(new TableEvent(TableEventKind.Truncated, before.Path), Token);
        await ((IFollowsTables)sink).ApplyAsync(new TableEvent(TableEventKind.Dropped, before.Path), Token);
        await ((IFollowsTables)sink).ApplyAsync(new TableEvent(TableEventKind.Renamed, before.Path, new TablePath(null, null, "u")), Token);

        Assert.Equal(
            """
            changed rowType before: a<INT>
            changed rowType after: a<INT>, b<STRING>
            table t was truncated
            table t was dropped
            table t was renamed to u

            """,
            Text);
    }

    private static ISinkWriter Writer(ISink sink, TestWriterContext? context = null) => ((Delivery.AtLeastOnce)sink.Delivery).Writer(context ?? new TestWriterContext());

    private ISink Make(string options)
    {
        var sink = PluginText.Make(options, _context, ConsoleEntry.Bind, ConsoleEntry.Create);
        _context.Diagnostics.ThrowIfErrors();
        return (ISink)sink!;
    }
}
