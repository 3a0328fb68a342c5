using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Seikan.Core;
using Seikan.Testing;

namespace Seikan.Arrow.Tests;

public sealed class ArrowBridgeTests
{
    [Fact]
    public void A_shown_batch_shares_its_memory()
    {
        using var memory = new TestMemory();
        using var batch = memory.Batch(TestMemory.Table(("n", DataType.BigInt), ("s", DataType.String)), [1L, "one"], [2L, "two"]);

        using var loan = ArrowBridge.ToRecordBatch(batch);

        var numbers = ((Int64Array)loan.RecordBatch.Column(0)).Values;
        Assert.True(Unsafe.AreSame(ref MemoryMarshal.GetReference(numbers), ref MemoryMarshal.GetReference(((FixedColumn<long>)batch[0]).Values)));
        var text = ((StringArray)loan.RecordBatch.Column(1)).Values;
        Assert.True(Unsafe.AreSame(ref MemoryMarshal.GetReference(text), ref MemoryMarshal.GetReference(((BytesColumn)batch[1]).Data)));
    }

    [Fact]
    public void A_taken_record_batch_shares_its_memory()
    {
        using var memory = new TestMemory();
        var values = new Int64Array.Builder().AppendRange(Enumerable.Range(0, 100).Select(i => (long)i)).Build();
        var record = new RecordBatch.Builder().Append("n", false, values).Build();
        var table = TestMemory.Table(("n", DataType.BigInt));

        using var rows = new ArrowRows(record);
        using var batch = rows.Take(10, 50, table, memory.Pool);

        var taken = ((FixedColumn<long>)batch[0]).Values;
        Assert.Equal(10, taken[0]);
        Assert.True(Unsafe.AreSame(ref MemoryMarshal.GetReference(taken), ref Unsafe.Add(ref Unsafe.AsRef(in MemoryMarshal.GetReference(((Int64Array)record.Column(0)).Values)), 10)));
    }

    [Fact]
    public void A_loan_keeps_the_rows_until_it_is_given_back()
    {
        using var memory = new TestMemory();
        var batch = memory.Batch(TestMemory.Table(("n", DataType.Int)), [7]);
        var loan = ArrowBridge.ToRecordBatch(batch);

        batch.Dispose();

        Assert.Equal(7, ((Int32Array)loan.RecordBatch.Column(0)).GetValue(0));
        Assert.NotEqual(0, memory.Pool.OutstandingBuffers);
        loan.Dispose();
        loan.Dispose();
        Assert.Equal(0, memory.Pool.OutstandingBuffers);
    }

    [Fact]
    public void A_record_batch_is_freed_with_its_last_column()
    {
        using var memory = new TestMemory();
        using var source = memory.Batch(TestMemory.Table(("a", DataType.Int), ("b", DataType.String)), [1, "x"], [null, "y"]);
        var loan = ArrowBridge.ToRecordBatch(source);
        var freed = new Freed();
        var shared = new SharedRecordBatch(new RecordBatch(
            loan.RecordBatch.Schema,
            [new Int32Array(new ArrowBuffer(new byte[8]), ArrowBuffer.Empty, 2, 0, 0), new Watched(freed)], 2));
        loan.Dispose();
        var (one, two) = (shared.Retain(), shared.Retain());

        shared.Dispose();
        one.Dispose();
        Assert.Equal(0, freed.Count);
        two.Dispose();

        Assert.Equal(1, freed.Count);
    }

    [Fact]
    public void A_taken_batch_is_counted_until_it_is_freed()
    {
        using var memory = new TestMemory();
        var record = new RecordBatch.Builder().Append("n", false, new Int64Array.Builder().AppendRange(new long[1000]).Build()).Build();

        var batch = ArrowBridge.FromRecordBatch(record, TestMemory.Table(("n", DataType.BigInt)), memory.Pool, memory.Job);

        Assert.Equal(8000, memory.Job.HeldBytes);
        batch.Dispose();
        Assert.Equal(0, memory.Job.HeldBytes);
    }

    [Fact]
    public void A_column_of_an_unknown_type_is_named()
    {
        var schema = new Apache.Arrow.Schema([new Field("gap", Apache.Arrow.Types.IntervalType.YearMonth, true)], null);

        var error = Assert.Throws<SeikanException>(() => ArrowBridge.FromSchema(schema));

        Assert.Equal(ArrowErrors.UnknownType, error.Diagnostics[0].Code);
        Assert.Contains("\"gap\"", error.Diagnostics[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_occurs_twice_is_refused()
    {
        var field = new Field("a", Apache.Arrow.Types.Int32Type.Default, true);

        var error = Assert.Throws<SeikanException>(() => ArrowBridge.FromSchema(new Apache.Arrow.Schema([field, field], null)));

        Assert.Equal(ArrowErrors.DuplicateColumn, error.Diagnostics[0].Code);
    }

    private sealed class Freed
    {
        public int Count { get; set; }
    }

    private sealed class Watched(Freed freed) : Apache.Arrow.Array(new ArrayData(Apache.Arrow.Types.NullType.Default, 2, 2, 0, System.Array.Empty<ArrowBuffer>()))
    {
        public override void Accept(IArrowArrayVisitor visitor)
        {
        }

        protected override void Dispose(bool disposing)
        {
            freed.Count++;
            base.Dispose(disposing);
        }
    }
}
