using System.Collections.Immutable;
using Seikan.Core;
using Seikan.Engine.Tests.Toys;
using Seikan.Plugins;

namespace Seikan.Engine.Tests;

[CollectionDefinition("alone", DisableParallelization = true)]
public sealed class RunsAlone;

[Collection("alone")]
public sealed class AllocationTests
{
    // What fits into a batch of 2 MiB with 256-byte rows.
    private const int RowsPerBatch = 8192;

    [Theory]
    [InlineData("source { Toy {} }\nsink { Hole {} }")]
    [InlineData("source { Toy { plugin_output = a } }\nsink { Hole { plugin_input = a }, Hole { plugin_input = a } }")]
    public async Task The_engine_allocates_less_than_a_byte_a_row(string job)
    {
        await RunAsync(job, 1000);
        var few = await RunAsync(job, 1000);
        var many = await RunAsync(job, 3000);
        Assert.InRange((many - few) / (2000.0 * RowsPerBatch), double.MinValue, 1);
    }

    private static async Task<long> RunAsync(string job, int batches)
    {
        await using var kit = new EngineKit().Source("Toy", c => new ToySource { Context = c, Splits = 0, Reader = r => new SameBatchReader(c, r, batches) }).Sink("Hole", new HoleSink());
        var before = GC.GetTotalAllocatedBytes(true);
        var result = await kit.RunAsync($"env {{}}\n{job}");
        Assert.All(result.Receipt.Tables, t => Assert.Equal(0, t.Written % (batches * RowsPerBatch)));
        return GC.GetTotalAllocatedBytes(true) - before;
    }

    private sealed class SameBatchReader(IPluginContext context, IReaderContext reader, int batches) : ISourceReader
    {
        private RowBatch? _batch;
        private int _given;

        public async ValueTask<ReaderOutput?> ReadAsync(CancellationToken cancellationToken)
        {
            _batch ??= await new ToySource { Context = context }.BatchAsync(reader.Tables[0], 0, RowsPerBatch, cancellationToken);
            return _given++ < batches ? new ReaderOutput.Rows([_batch.Retain()], []) : null;
        }

        public ValueTask DisposeAsync()
        {
            _batch?.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    private sealed class HoleSink : ISink
    {
        public int BlockingThreads => 0;

        public bool AllowsLanes => true;

        public Delivery Delivery { get; } = new Delivery.AtLeastOnce(static _ => new HoleWriter());

        public ChangelogMode Accepts(TableSchema table) => ChangelogMode.Full;

        public ImmutableArray<Diagnostic> CheckTables(ImmutableArray<TableSchema> tables) => [];

        public ValueTask<ImmutableArray<Diagnostic>> ProbeAsync(CancellationToken cancellationToken) => new([]);

        public ValueTask PrepareTablesAsync(ImmutableArray<TableSchema> tables, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask FinishAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class HoleWriter : ISinkWriter
    {
        public ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken)
        {
            batch.Dispose();
            return ValueTask.CompletedTask;
        }

        public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
