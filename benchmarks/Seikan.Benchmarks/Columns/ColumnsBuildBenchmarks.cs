using Apache.Arrow;
using BenchmarkDotNet.Attributes;
using Seikan.Core;
using ArrowTypes = Apache.Arrow.Types;

namespace Seikan.Benchmarks;

/// <summary>Decisions 2.1: values appended one by one as a decoder does it, a batch built and released. Time and bytes are per row.</summary>
[MemoryDiagnoser]
public class ColumnsBuildBenchmarks
{
    private const int RowsInAll = ColumnRows.Count;

    private static readonly TableSchema Table = new(
        new TablePath(null, null, "t"),
        [
            new ColumnDef("id", DataType.BigInt), new ColumnDef("number", DataType.Int), new ColumnDef("amount", DataType.Double),
            new ColumnDef("text", DataType.String), new ColumnDef("parent", DataType.BigInt),
        ]);

    private static readonly Schema ArrowTable = new(
        [
            new Field("id", ArrowTypes.Int64Type.Default, false), new Field("number", ArrowTypes.Int32Type.Default, true),
            new Field("amount", ArrowTypes.DoubleType.Default, false), new Field("text", ArrowTypes.StringType.Default, false),
            new Field("parent", ArrowTypes.Int64Type.Default, true),
        ],
        null);

    private readonly ColumnRows _rows = new();
    private readonly JobMemory _memory = new MemoryBudget(256L << 20, new BufferPool(), TimeProvider.System).OpenJob();

    [Params(16_384, 1024, 64, 1)]
    public int RowsInBatch { get; set; }

    [Benchmark(Baseline = true, OperationsPerInvoke = RowsInAll)]
    public long Own()
    {
        var bytes = 0L;
        for (var start = 0; start < RowsInAll; start += RowsInBatch)
        {
            using var batch = BuildOwn(start, RowsInBatch);
            bytes += batch.SizeBytes;
        }

        return bytes;
    }

    [Benchmark(OperationsPerInvoke = RowsInAll)]
    public long Arrow()
    {
        var rows = 0L;
        for (var start = 0; start < RowsInAll; start += RowsInBatch)
        {
            using var batch = BuildArrow(start, RowsInBatch);
            rows += batch.Length;
        }

        return rows;
    }

    private RowBatch BuildOwn(int start, int count)
    {
        using var builder = _memory.BeginOutput(Table);
        var ids = (FixedBuilder<long>)builder.Columns[0];
        var numbers = (FixedBuilder<int>)builder.Columns[1];
        var amounts = (FixedBuilder<double>)builder.Columns[2];
        var texts = (BytesBuilder)builder.Columns[3];
        var parents = (FixedBuilder<long>)builder.Columns[4];
        for (var row = start; row < start + count && !builder.IsDue; row++)
        {
            ids.Append(_rows.Ids[row]);
            if (_rows.HasNumber[row])
            {
                numbers.Append(_rows.Numbers[row]);
            }
            else
            {
                numbers.AppendNull();
            }

            amounts.Append(_rows.Amounts[row]);
            texts.Append(_rows.Texts, _rows.TextEnds[row], _rows.TextEnds[row + 1] - _rows.TextEnds[row]);
            if (_rows.HasParent[row])
            {
                parents.Append(_rows.Ids[row]);
            }
            else
            {
                parents.AppendNull();
            }

            builder.EndRow();
        }

        return builder.Build();
    }

    private RecordBatch BuildArrow(int start, int count)
    {
        var ids = new Int64Array.Builder().Reserve(count);
        var numbers = new Int32Array.Builder().Reserve(count);
        var amounts = new DoubleArray.Builder().Reserve(count);
        var texts = new StringArray.Builder().Reserve(count);
        var parents = new Int64Array.Builder().Reserve(count);
        for (var row = start; row < start + count; row++)
        {
            ids.Append(_rows.Ids[row]);
            if (_rows.HasNumber[row])
            {
                numbers.Append(_rows.Numbers[row]);
            }
            else
            {
                numbers.AppendNull();
            }

            amounts.Append(_rows.Amounts[row]);
            texts.Append(_rows.Text(row));
            if (_rows.HasParent[row])
            {
                parents.Append(_rows.Ids[row]);
            }
            else
            {
                parents.AppendNull();
            }
        }

        return new RecordBatch(ArrowTable, [ids.Build(), numbers.Build(), amounts.Build(), texts.Build(), parents.Build()], count);
    }
}
