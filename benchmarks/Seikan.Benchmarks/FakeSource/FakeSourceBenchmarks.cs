using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Seikan.Config;
using Seikan.Connectors.BlackHole;
using Seikan.Connectors.Fake;
using Seikan.Core;
using Seikan.Plugins;
using Seikan.Testing;

namespace Seikan.Benchmarks;

/// <summary>Rows of about 256 bytes from FakeSource to BlackHole on one thread, without the engine between. Time and bytes are per row.</summary>
[MemoryDiagnoser]
public class FakeSourceBenchmarks : IDisposable
{
    private const int RowsInAll = 1 << 20;

    private static readonly ImmutableDictionary<string, string> Options = new Dictionary<string, string>
    {
        ["text"] = "string.length = 244, schema { fields { id = bigint, s = string } }",
        ["mixed"] = "string.length = 100, schema { fields { id = bigint, a = int, b = double, c = bigint, d = int, s = string, t = string, e = bigint } }",
        ["numbers"] = $"schema {{ fields {{ {string.Join(", ", Enumerable.Range(0, 32).Select(i => $"c{i} = bigint"))} }} }}",
        ["temporal"] = "string.length = 180, schema { fields { id = bigint, at = timestamp, d = date, p = \"decimal(18,2)\", q = \"decimal(38,6)\", s = string } }",
    }.ToImmutableDictionary();

    private readonly TestMemory _memory = new();
    private ISourceReader? _reader;
    private ISinkWriter? _writer;

    [Params("text", "mixed", "numbers", "temporal")]
    public string Shape { get; set; } = "";

    [GlobalSetup]
    public async Task OpenAsync()
    {
        var source = (ISource)Make("seed = 1, unbounded = true, " + Options[Shape], FakeSourceEntry.Bind, FakeSourceEntry.Create);
        ImmutableArray<TableSchema> tables = [.. (await source.DiscoverAsync(default)).Select(t => t.Schema)];
        var split = await source.CreateEnumerator(new EnumeratorContext(1, tables, null)).NextAsync(0, default);
        _reader = source.CreateReader(new TestReaderContext(_memory.Job, tables).Assign(split!).NoMoreSplits());
        _writer = ((Delivery.AtLeastOnce)((ISink)Make("", BlackHoleEntry.Bind, BlackHoleEntry.Create)).Delivery).Writer(new TestWriterContext());
    }

    [Benchmark(OperationsPerInvoke = RowsInAll)]
    public async Task<long> Rows()
    {
        var rows = 0L;
        while (rows < RowsInAll)
        {
            var batch = ((ReaderOutput.Rows)(await _reader!.ReadAsync(default))!).Batches[0];
            rows += batch.RowCount;
            await _writer!.WriteAsync(batch, default);
        }

        return rows;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _memory.Dispose();
        GC.SuppressFinalize(this);
    }

    private object Make(string options, Func<OptionBlock, object?> bind, Func<object, IPluginContext, object> create)
    {
        var context = new TestPluginContext(_memory);
        var block = HoconReader.Read(SourceText.FromString("benchmark", options), JobReadOptions.Default, context.Diagnostics);
        context.Diagnostics.ThrowIfErrors();
        var bound = bind(new OptionBlock(block!, context.Place, context.Diagnostics));
        context.Diagnostics.ThrowIfErrors();
        return create(bound!, context);
    }
}
