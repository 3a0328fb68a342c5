using Apache.Arrow;
using BenchmarkDotNet.Attributes;
using Seikan.Core;

namespace Seikan.Benchmarks;

/// <summary>Decisions 2.1: another reference to a batch, and its release. Time is per pair. And the price of the pool and the budget for a batch.</summary>
[MemoryDiagnoser]
public class ColumnsShareBenchmarks
{
    private readonly BufferPool _pool = new();
    private readonly TableSchema _table = new(new TablePath(null, null, "t"), [new ColumnDef("a", DataType.BigInt)]);
    private JobMemory _memory = null!; // made by Setup
    private RowBatch _batch = null!; // made by Setup
    private RecordBatch _arrow = null!; // made by Setup

    [GlobalSetup]
    public void Setup()
    {
        _memory = new MemoryBudget(256L << 20, _pool, TimeProvider.System).OpenJob();
        using var builder = _memory.BeginOutput(_table);
        ((FixedBuilder<long>)builder.Columns[0]).AppendMany(1000).Clear();
        builder.EndRows(1000);
        _batch = builder.Build();
        _arrow = new RecordBatch.Builder().Append("a", false, new Int64Array.Builder().AppendRange(new long[1000]).Build()).Build();
    }

    [Benchmark(Baseline = true)]
    public void OwnRetainAndDispose() => _batch.Retain().Dispose();

    [Benchmark]
    public void ArrowSliceShared() => _arrow.SliceShared(0, 1000).Dispose();

    [Benchmark]
    public void PoolRentAndReturn() => _pool.Return(_pool.Rent(4096));

    /// <summary>A reader's core rents what a writer's core returns.</summary>
    [Benchmark(OperationsPerInvoke = 2 * 100_000)]
    public void PoolOnTwoCores() => Parallel.For(0, 2, _ =>
    {
        for (var i = 0; i < 100_000; i++)
        {
            _pool.Return(_pool.Rent(4096));
        }
    });

    [Benchmark]
    public async Task EmptyBatchWithTicket()
    {
        using var builder = await _memory.BeginBatchAsync(_table, CancellationToken.None);
    }
}
