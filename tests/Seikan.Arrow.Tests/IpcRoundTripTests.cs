using Apache.Arrow;
using Apache.Arrow.Ipc;
using CsCheck;
using Seikan.Core;
using Seikan.Testing;

namespace Seikan.Arrow.Tests;

public sealed class IpcRoundTripTests
{
    [Fact]
    public void Rows_of_any_type_come_back_through_Arrow_streams() => BatchGenerator.Rows().Sample(
        rows =>
        {
            using var memory = new TestMemory();
            using var batch = rows.Build(memory);

            using var back = ThroughStream(batch, batch.Schema, memory);

            RowAssert.Equal(batch, back);
        },
        iter: 300);

    [Fact]
    public void Types_of_a_table_come_back_from_its_Arrow_schema() => BatchGenerator.Tables().Sample(
        table =>
        {
            var columns = ArrowBridge.FromSchema(ArrowBridge.ToSchema(table));

            Assert.Equal(table.Columns.Select(c => (c.Name, c.Type)), columns.Select(c => (c.Name, c.Type)));
        },
        iter: 300);

    [Fact]
    public void Any_range_of_a_record_batch_holds_its_rows() => BatchGenerator.Rows().SelectMany(
        rows => Gen.Select(Gen.Const(rows), Gen.Int[0, rows.RowCount], Gen.Int[0, rows.RowCount])).Sample(
        (rows, a, b) =>
        {
            using var memory = new TestMemory();
            var (start, count) = (Math.Min(a, b), Math.Abs(a - b));
            using var batch = rows.Build(memory);
            using var expected = memory.Batch(rows.Schema, rows.Values().Skip(start).Take(count));
            using var all = new ArrowRows(ReadStream(WriteStream(batch)));

            using var range = all.Take(start, count, rows.Schema, memory.Pool, memory.Job);

            RowAssert.Equal(expected, range);
        },
        iter: 300);

    [Fact]
    public void A_chosen_column_comes_alone()
    {
        using var memory = new TestMemory();
        using var batch = memory.Batch(TestMemory.Table(("a", DataType.Int), ("b", DataType.String)), [1, "x"], [2, "y"]);
        using var expected = memory.Batch(TestMemory.Table(("b", DataType.String)), ["x"], ["y"]);

        using var back = ThroughStream(batch, expected.Schema, memory);

        RowAssert.Equal(expected, back);
    }

    private static RowBatch ThroughStream(RowBatch batch, TableSchema wanted, TestMemory memory) =>
        ArrowBridge.FromRecordBatch(ReadStream(WriteStream(batch)), wanted, memory.Pool, memory.Job);

    private static byte[] WriteStream(RowBatch batch)
    {
        using var bytes = new MemoryStream();
        using var loan = ArrowBridge.ToRecordBatch(batch);
        using (var writer = new ArrowStreamWriter(bytes, loan.RecordBatch.Schema, leaveOpen: true))
        {
            writer.WriteRecordBatch(loan.RecordBatch);
            writer.WriteEnd();
        }

        return bytes.ToArray();
    }

    private static RecordBatch ReadStream(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        using var reader = new ArrowStreamReader(stream);
        return reader.ReadNextRecordBatch()!;
    }
}
