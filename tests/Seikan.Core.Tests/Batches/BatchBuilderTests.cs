using Microsoft.Extensions.Time.Testing;
using Seikan.Testing;

namespace Seikan.Core.Tests;

public sealed class BatchBuilderTests : IDisposable
{
    private static readonly TableSchema Orders = TestMemory.KeyedTable(
        ["id"], ("id", DataType.Int), ("note", DataType.String), ("tags", new ArrayType(DataType.String)),
        ("at", DataType.TimestampTz), ("place", new RowType([new RowField("x", DataType.Double), new RowField("ok", DataType.Boolean)])),
        ("price", new DecimalType(40, 2)), ("vector", new VectorType(TypeKind.FloatVector, 1)));

    private readonly FakeTimeProvider _time = new();
    private readonly TestMemory _memory;

    public BatchBuilderTests() => _memory = new TestMemory(_time);

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void A_batch_is_due_at_16384_rows()
    {
        using var builder = _memory.Job.BeginOutput(TestMemory.Table(("a", DataType.TinyInt)));
        var rows = 0;
        while (!builder.IsDue)
        {
            ((FixedBuilder<sbyte>)builder.Columns[0]).Append(1);
            builder.EndRow();
            rows++;
        }

        Assert.Equal(16_384, rows);
    }

    [Fact]
    public void A_batch_is_due_when_it_has_its_bytes()
    {
        using var builder = _memory.Job.BeginOutput(TestMemory.Table(("a", DataType.Bytes)));
        var value = new byte[10_000];
        while (!builder.IsDue)
        {
            ((BytesBuilder)builder.Columns[0]).Append(value);
            builder.EndRow();
        }

        // Sizes are looked at every 64 rows, and whenever a buffer grows.
        Assert.InRange(builder.SizeBytes, builder.TargetBytes, builder.TargetBytes + (64 * value.Length));
    }

    [Fact]
    public void A_large_value_closes_its_batch_alone()
    {
        using var builder = _memory.Job.BeginOutput(TestMemory.Table(("a", DataType.Bytes)));

        ((BytesBuilder)builder.Columns[0]).Append(new byte[3 << 20]);
        builder.EndRow();

        Assert.True(builder.IsDue);
    }

    [Fact]
    public void A_batch_is_due_100_ms_after_its_first_row_also_when_no_row_follows()
    {
        using var builder = _memory.Job.BeginOutput(TestMemory.Table(("a", DataType.Int)));
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(TimeSpan.FromMilliseconds(100), builder.TimeLeft);
        ((FixedBuilder<int>)builder.Columns[0]).Append(1);
        builder.EndRow();
        Assert.False(builder.IsDue);

        _time.Advance(TimeSpan.FromMilliseconds(99));
        Assert.False(builder.IsDue);
        Assert.Equal(TimeSpan.FromMilliseconds(1), builder.TimeLeft);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.True(builder.IsDue);
        Assert.Equal(TimeSpan.Zero, builder.TimeLeft);
    }

    [Fact]
    public void Rows_that_trickle_do_not_make_a_batch_older_than_its_age()
    {
        using var builder = _memory.Job.BeginOutput(TestMemory.Table(("a", DataType.Int)));
        var rows = 0;
        while (!builder.IsDue)
        {
            ((FixedBuilder<int>)builder.Columns[0]).Append(1);
            builder.EndRow();
            rows++;
            _time.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.Equal(10, rows);
    }

    [Fact]
    public void The_time_left_makes_a_batch_due_that_was_poured_and_then_dried_up()
    {
        using var builder = _memory.Job.BeginOutput(TestMemory.Table(("a", DataType.Int)));
        for (var i = 0; i < 1000; i++)
        {
            ((FixedBuilder<int>)builder.Columns[0]).Append(1);
            builder.EndRow();
            Assert.False(builder.IsDue);
        }

        _time.Advance(TimeSpan.FromMilliseconds(100));
        ((FixedBuilder<int>)builder.Columns[0]).Append(1);
        builder.EndRow();

        Assert.Equal(TimeSpan.Zero, builder.TimeLeft);
        Assert.True(builder.IsDue);
    }

    [Fact]
    public void Absent_values_are_taken_from_the_old_image()
    {
        var before = new object?[] { 1, "a long note", new object?[] { "x", null }, new OffsetTimestamp(5, 60), new object?[] { 0.5, true }, 12.5m, new byte[4] };
        using var builder = _memory.Job.BeginOutput(Orders);
        Append(builder, before);
        builder.EndRow();
        Append(builder, before);
        ((FixedBuilder<int>)builder.Columns[0]).Append(2);
        for (var i = 1; i < builder.Columns.Length; i++)
        {
            builder.Columns[i].AppendAbsent();
        }

        builder.EndUpdate();
        using var batch = builder.Build();

        const string Rest = "\"a long note\", [\"x\", null], 1970-01-01T01:00:00.000005+01:00, (0.5, true), 12.50, x'00000000'";
        RowAssert.Holds(batch, $"+I 1, {Rest}", $"-U 1, {Rest}", $"+U 2, {Rest}");
        Assert.All(Enumerable.Range(0, 7), i => Assert.Equal(0, batch[i].NullCount));
    }

    [Fact]
    public void Absent_values_of_an_old_null_are_null()
    {
        using var builder = _memory.Job.BeginOutput(TestMemory.Table(("a", DataType.Int), ("b", DataType.String)));
        Append(builder, [1, null]);
        ((FixedBuilder<int>)builder.Columns[0]).Append(2);
        builder.Columns[1].AppendAbsent();

        builder.EndUpdate();
        using var batch = builder.Build();

        RowAssert.Holds(batch, "-U 1, null", "+U 2, null");
    }

    [Fact]
    public void An_absent_value_without_old_image_stops_with_the_columns_named()
    {
        using var builder = _memory.Job.BeginOutput(TestMemory.Table(("id", DataType.Int), ("note", DataType.String)));
        ((FixedBuilder<int>)builder.Columns[0]).Append(1);
        builder.Columns[1].AppendAbsent();

        var thrown = Assert.Throws<SeikanException>(() => builder.EndRow(RowKind.UpdateAfter));

        Assert.Equal(DataErrors.ValueAbsent, thrown.Diagnostics[0].Code);
        Assert.Equal("table \"t\": a change came without the value of \"note\"", thrown.Diagnostics[0].Message);
    }

    [Fact]
    public void An_absent_value_in_the_old_image_stops()
    {
        using var builder = _memory.Job.BeginOutput(TestMemory.Table(("id", DataType.Int)));
        builder.Columns[0].AppendAbsent();
        ((FixedBuilder<int>)builder.Columns[0]).Append(1);

        Assert.Throws<SeikanException>(builder.EndUpdate);
    }

    [Fact]
    public void An_old_image_cannot_be_written_alone()
    {
        using var builder = _memory.Job.BeginOutput(TestMemory.Table(("id", DataType.Int)));
        ((FixedBuilder<int>)builder.Columns[0]).Append(1);

        Assert.Throws<ArgumentException>(() => builder.EndRow(RowKind.UpdateBefore));
    }

    [Fact]
    public void A_row_that_cannot_be_finished_is_dropped_whole()
    {
        using var builder = _memory.Job.BeginOutput(Orders);
        Append(builder, [1, "a", null, null, null, null, null]);
        builder.EndRow();
        ((FixedBuilder<int>)builder.Columns[0]).Append(2);
        builder.Columns[1].AppendAbsent();
        ((BytesBuilder)((ListBuilder)builder.Columns[2]).Elements).Append("half"u8);

        builder.DropRow();
        Append(builder, [3, null, new object?[] { "x" }, null, null, null, null]);
        builder.EndRow();
        using var batch = builder.Build();

        RowAssert.Holds(batch, "+I 1, \"a\", null, null, null, null, null", "+I 3, null, [\"x\"], null, null, null, null");
    }

    [Fact]
    public void Rows_ended_together_are_inserts_among_others()
    {
        using var builder = _memory.Job.BeginOutput(TestMemory.Table(("id", DataType.Int)));
        var ids = (FixedBuilder<int>)builder.Columns[0];
        ids.AppendMany(2).Fill(1);
        builder.EndRows(2);
        ids.Append(2);
        builder.EndRow(RowKind.Delete);
        ids.AppendMany(1).Fill(3);
        builder.EndRows(1);

        using var batch = builder.Build();

        RowAssert.Holds(batch, "+I 1", "+I 1", "-D 2", "+I 3");
    }

    [Fact]
    public void A_column_without_its_value_is_refused_and_leaks_nothing()
    {
        using var builder = _memory.Job.BeginOutput(TestMemory.Table(("a", DataType.Int), ("b", DataType.Int)));
        ((FixedBuilder<int>)builder.Columns[0]).Append(1);
        builder.EndRow();

        var thrown = Assert.Throws<InvalidOperationException>(builder.Build);

        Assert.Equal("column \"b\" has 0 values for 1 rows", thrown.Message);
    }

    [Fact]
    public void A_batch_is_built_once()
    {
        using var builder = _memory.Job.BeginOutput(TestMemory.Table(("a", DataType.Int)));
        builder.Build().Dispose();

        Assert.Throws<ObjectDisposedException>(builder.Build);
    }

    private static void Append(BatchBuilder builder, object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            TestValue.Append(builder.Columns[i], builder.Schema.Columns[i].Type, values[i]);
        }
    }
}
