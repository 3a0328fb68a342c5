using BenchmarkDotNet.Attributes;
using Seikan.Core;

namespace Seikan.Benchmarks;

/// <summary>Digests and gather over the table of decisions 2.1. Time is per row that comes in.</summary>
[MemoryDiagnoser]
public class ColumnsKernelBenchmarks
{
    private const int Rows = ColumnRows.Count;

    private readonly JobMemory _memory = new MemoryBudget(256L << 20, new BufferPool(), TimeProvider.System).OpenJob();
    private readonly ulong[] _digests = new ulong[Rows];
    private readonly ulong[] _scattered = new ulong[Rows / 64];
    private readonly ulong[] _runs = new ulong[Rows / 64];
    private RowBatch _batch = null!; // made by Setup

    [GlobalSetup]
    public void Setup()
    {
        var rows = new ColumnRows();
        var table = new TableSchema(
            new TablePath(null, null, "t"),
            [
                new ColumnDef("id", DataType.BigInt), new ColumnDef("number", DataType.Int), new ColumnDef("amount", DataType.Double),
                new ColumnDef("text", DataType.String),
            ]);
        using var builder = _memory.BeginOutput(table);
        for (var row = 0; row < Rows; row++)
        {
            ((FixedBuilder<long>)builder.Columns[0]).Append(rows.Ids[row]);
            ((FixedBuilder<int>)builder.Columns[1]).Append(rows.Numbers[row]);
            ((FixedBuilder<double>)builder.Columns[2]).Append(rows.Amounts[row]);
            ((BytesBuilder)builder.Columns[3]).Append(rows.Text(row));
            if (!rows.HasNumber[row])
            {
                builder.Columns[1].SetNull(row);
            }

            builder.EndRow();
        }

        _batch = builder.Build();
        var random = new Random(7);
        for (var i = 0; i < _scattered.Length; i++)
        {
            _scattered[i] = (ulong)random.NextInt64();
            _runs[i] = i % 2 == 0 ? ulong.MaxValue : 0;
        }
    }

    [Benchmark(OperationsPerInvoke = Rows)]
    public ulong HashFixedColumns()
    {
        _batch.HashRows([0, 1, 2], _digests);
        return _digests[0];
    }

    [Benchmark(OperationsPerInvoke = Rows)]
    public ulong HashText()
    {
        _batch.HashRows([3], _digests);
        return _digests[0];
    }

    [Benchmark(OperationsPerInvoke = Rows)]
    public int GatherHalfScattered() => Gather(_scattered);

    [Benchmark(OperationsPerInvoke = Rows)]
    public int GatherHalfInRuns() => Gather(_runs);

    private int Gather(ulong[] mask)
    {
        using var kept = _batch.Gather(RowSelection.FromMask(mask, Rows), _memory);
        return kept!.RowCount;
    }
}
