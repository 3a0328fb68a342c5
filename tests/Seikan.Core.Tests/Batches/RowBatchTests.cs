using Seikan.Testing;

namespace Seikan.Core.Tests;

public sealed class RowBatchTests : IDisposable
{
    private static readonly TableSchema Orders = TestMemory.Table(("id", DataType.Int), ("note", DataType.String));
    private readonly TestMemory _memory = new();

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void The_last_disposal_gives_buffers_and_memory_back()
    {
        var batch = _memory.Batch(Orders, [1, "a"], [2, null]);
        var branch = batch.Retain();
        var renamed = batch.Select(TestMemory.Table(("note", DataType.String)), [1]);

        batch.Dispose();
        Assert.Equal(batch.SizeBytes, _memory.Job.HeldBytes);
        branch.Dispose();
        RowAssert.Holds(renamed, "+I \"a\"", "+I null");
        Assert.Equal(batch.SizeBytes, _memory.Job.HeldBytes);
        renamed.Dispose();

        _memory.CheckNothingHeld();
    }

    [Fact]
    public void A_selection_shows_columns_twice_and_keeps_row_kinds()
    {
        using var batch = _memory.Batch(Orders, [(RowKind.UpdateAfter, [1, "a"]), (RowKind.Delete, [2, "b"])]);

        using var shown = batch.Select(TestMemory.Table(("x", DataType.Int), ("y", DataType.Int)), [0, 0]);

        RowAssert.Holds(shown, "+U 1, 1", "-D 2, 2");
    }

    [Fact]
    public void Disposing_too_often_is_refused()
    {
        var batch = _memory.Batch(Orders, [1, "a"]);
        batch.Dispose();

        Assert.Throws<InvalidOperationException>(batch.Dispose);
    }

    [Fact]
    public void Retaining_after_the_end_is_refused_and_does_not_revive()
    {
        var batch = _memory.Batch(Orders, [1, "a"]);
        var column = batch[0];
        batch.Dispose();

        Assert.Throws<ObjectDisposedException>(() => batch.Retain());
        Assert.Throws<ObjectDisposedException>(() => column.Retain());
        Assert.Throws<InvalidOperationException>(column.Release);
    }

#if DEBUG
    [Fact]
    public void Reading_after_the_last_release_is_caught()
    {
        var batch = _memory.Batch(Orders, [1, "a"]);
        var numbers = (FixedColumn<int>)batch[0];
        batch.Dispose();

        Assert.Throws<ObjectDisposedException>(() => numbers.Values.Length);
        Assert.Throws<ObjectDisposedException>(() => numbers.IsValid(0));
    }
#endif

    [Fact]
    public void What_a_source_knows_beside_the_columns_follows_the_chosen_rows()
    {
        using var times = (FixedBuilder<long>)ColumnBuilder.Create(DataType.BigInt, _memory.Pool);
        using var ids = (FixedBuilder<int>)ColumnBuilder.Create(DataType.Int, _memory.Pool);
        for (var i = 0; i < 3; i++)
        {
            times.Append(100 + i);
            ids.Append(i);
        }

        using var batch = RowBatch.Create(
            TestMemory.Table(("id", DataType.Int)), [ids.Build()], 3, default, _memory.Job, new SideColumns { CommitTime = (FixedColumn<long>)times.Build() });

        using var kept = batch.Gather(RowSelection.FromMask([0b101], 3), _memory.Job);

        Assert.Equal([100, 102], kept!.Side!.CommitTime!.Values.ToArray());
    }

    [Fact]
    public void Columns_that_do_not_fit_the_schema_make_no_batch()
    {
        var column = ColumnBuilder.Create(DataType.Int, _memory.Pool).Build();

        Assert.Throws<ArgumentException>(() => RowBatch.Create(Orders, [column], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => RowBatch.Create(TestMemory.Table(("id", DataType.Int)), [column], 1));
        column.Release();
    }

    [Fact]
    public void A_cursor_reads_every_kind_of_value()
    {
        var schema = TestMemory.Table(
            ("bool", DataType.Boolean), ("i8", DataType.TinyInt), ("i16", DataType.SmallInt), ("i32", DataType.Int), ("i64", DataType.BigInt),
            ("f32", DataType.Float), ("f64", DataType.Double), ("dec", new DecimalType(5, 2)), ("wide", new DecimalType(60, 0)), ("text", DataType.String),
            ("bytes", DataType.Bytes), ("tz", DataType.TimestampTz), ("list", new ArrayType(DataType.Int)),
            ("row", new RowType([new RowField("a", DataType.Int)])), ("vector", new VectorType(TypeKind.BinaryVector, 8)));
        using var batch = _memory.Batch(
            schema,
            [null, null, null, null, null, null, null, null, null, null, null, null, null, null, null],
            [true, 1, 2, 3, 4L, 0.5f, 0.25, 1.25m, 7, "text", new byte[] { 1 }, new OffsetTimestamp(9, -30), new object?[] { 5, 6 }, new object?[] { 8 }, new byte[] { 255 }]);
        var cursor = new RowCursor(batch);

        Assert.True(cursor.Read());
        for (var i = 0; i < schema.Columns.Length; i++)
        {
            Assert.True(cursor.IsNull(i));
        }

        Assert.True(cursor.Read());
        Assert.False(cursor.IsNull(0));
        Assert.Equal(RowKind.Insert, cursor.Kind);
        Assert.True(cursor.GetBoolean(0));
        Assert.Equal(((sbyte)1, (short)2, 3, 4L), (cursor.GetSByte(1), cursor.GetInt16(2), cursor.GetInt32(3), cursor.GetInt64(4)));
        Assert.Equal((0.5f, 0.25), (cursor.GetSingle(5), cursor.GetDouble(6)));
        Assert.Equal(125, cursor.GetDecimal(7));
        Assert.Equal<Int256>((Int128)125, cursor.GetWideDecimal(7));
        Assert.Equal<Int256>((Int128)7, cursor.GetWideDecimal(8));
        Assert.True(cursor.GetUtf8(9).SequenceEqual("text"u8) && cursor.GetBytes(10).SequenceEqual(new byte[] { 1 }) && cursor.GetBytes(14).SequenceEqual(new byte[] { 255 }));
        Assert.Equal(9, cursor.GetTimestampTz(11, out var offset));
        Assert.Equal(-30, offset);
        var elements = (FixedColumn<int>)cursor.GetList(12, out var start, out var count);
        Assert.Equal([5, 6], elements.Values.Slice(start, count).ToArray());
        Assert.Equal(8, ((FixedColumn<int>)cursor.GetRow(13).Fields[0]).Values[cursor.Row]);
        Assert.False(cursor.Read());
    }

    [Fact]
    public void A_cursor_refuses_to_read_a_column_as_what_it_is_not()
    {
        using var batch = _memory.Batch(Orders, [1, "a"]);

        Assert.Throws<InvalidCastException>(() =>
        {
            var cursor = new RowCursor(batch);
            cursor.Read();
            return cursor.GetInt64(0);
        });
    }
}
