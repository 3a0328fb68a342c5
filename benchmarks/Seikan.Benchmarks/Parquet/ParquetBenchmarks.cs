using BenchmarkDotNet.Attributes;
using Seikan.Core;
using Seikan.Formats.Parquet;
using Seikan.Plugins;
using Seikan.Testing;

namespace Seikan.Benchmarks.Parquet;

/// <summary>
/// Encodes and decodes 1,048,576 rows of bigint, int (10 % null), double, text of 4 to 28 bytes and bigint (25 % null), values nearly all distinct.
/// The mean divided by the rows is the time a row.
/// </summary>
[MemoryDiagnoser]
public class ParquetBenchmarks : IDisposable
{
    private const int Rows = 1 << 20;
    private const int BatchRows = 16_384;

    private static readonly TableSchema Table = TestMemory.Table(
        ("id", DataType.BigInt), ("n", DataType.Int), ("d", DataType.Double), ("s", DataType.String), ("m", DataType.BigInt));

    private readonly TestMemory _memory = new(limitBytes: 1L << 30);
    private readonly List<RowBatch> _batches = [];
    private readonly string _path = Path.Combine(Path.GetTempPath(), "seikan-benchmark.parquet");
    private TestPluginContext _context = null!; // set by Setup, which runs first

    /// <summary>Codecs that differ in speed.</summary>
    [Params("None", "Snappy", "Zstd")]
    public string Codec { get; set; } = "Snappy";

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _context = new TestPluginContext(_memory);
        var random = new Random(1);
        var text = new byte[28];
        for (var start = 0; start < Rows; start += BatchRows)
        {
            using var builder = await _memory.Job.BeginBatchAsync(Table, CancellationToken.None);
            for (var i = 0; i < BatchRows; i++)
            {
                Append(builder, random, text, start + i);
            }

            _batches.Add(builder.Build());
        }

        await EncodeAsync();
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _batches.ForEach(b => b.Dispose());
        _batches.Clear();
        File.Delete(_path);
        _memory.CheckNothingHeld();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _memory.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public async Task<long> EncodeAsync()
    {
        var format = ParquetFormat.Create(new ParquetFormatOptions { Codec = Enum.Parse<ParquetCodec>(Codec) }, _context);
        await using var output = new FileStream(_path, FileMode.Create);
        await using var encoder = format.CreateEncoder(output, Table, _context);
        foreach (var batch in _batches)
        {
            await encoder.WriteAsync(batch, CancellationToken.None);
        }

        await encoder.FinishAsync(CancellationToken.None);
        return encoder.BytesWritten;
    }

    [Benchmark]
    public async Task<long> DecodeAsync()
    {
        var format = ParquetFormat.Create(new ParquetFormatOptions(), _context);
        var file = new BenchmarkFile(_path);
        var layout = await format.InspectAsync(file, null, long.MaxValue, CancellationToken.None);
        var rows = 0L;
        await foreach (var (batch, _) in format.DecodeAsync(
            new DecodeRequest(file, layout.Ranges[0], null, layout.Schema, Table), new TestReaderContext(_memory.Job, [Table]), _context, CancellationToken.None))
        {
            rows += batch.RowCount;
            batch.Dispose();
        }

        return rows;
    }

    private static void Append(BatchBuilder builder, Random random, byte[] text, long id)
    {
        ((FixedBuilder<long>)builder.Columns[0]).Append(id);
        if (random.Next(10) == 0)
        {
            builder.Columns[1].AppendNull();
        }
        else
        {
            ((FixedBuilder<int>)builder.Columns[1]).Append(random.Next());
        }

        ((FixedBuilder<double>)builder.Columns[2]).Append(random.NextDouble());
        var value = text.AsSpan(0, random.Next(4, 29));
        random.NextBytes(value);
        for (var i = 0; i < value.Length; i++)
        {
            value[i] = (byte)('a' + (value[i] % 26));
        }

        ((BytesBuilder)builder.Columns[3]).Append(value);
        if (random.Next(4) == 0)
        {
            builder.Columns[4].AppendNull();
        }
        else
        {
            ((FixedBuilder<long>)builder.Columns[4]).Append(random.NextInt64());
        }

        builder.EndRow();
    }

    private sealed class BenchmarkFile(string path) : IFile
    {
        public string Path => path;

        public long? Length => new FileInfo(path).Length;

        public string? LocalPath => path;

        public ValueTask<int> ReadAsync(long offset, Memory<byte> into, CancellationToken cancellationToken) =>
            throw new NotSupportedException("a local file is opened by its path");
    }
}
