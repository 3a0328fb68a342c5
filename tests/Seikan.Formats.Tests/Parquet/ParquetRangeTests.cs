using Seikan.Core;
using Seikan.Formats.Parquet;
using Seikan.Testing;

namespace Seikan.Formats.Tests.Parquet;

public sealed class ParquetRangeTests
{
    private static readonly TableSchema Table = TestMemory.Table(("n", DataType.Int), ("s", DataType.String));

    [Fact]
    public async Task Ranges_are_whole_row_groups_and_together_the_file()
    {
        await using var bench = new ParquetBench(new ParquetFormatOptions { RowGroupRows = 100 });
        var path = await WriteAsync(bench, 1050);

        var one = await bench.InspectAsync(path);
        var each = await bench.InspectAsync(path, targetBytes: 1);

        var whole = Assert.Single(one.Ranges);
        Assert.Equal((0L, 1050L, 1050L), (whole.Start, whole.End, whole.Rows!.Value));
        Assert.Equal(11, each.Ranges.Length);
        Assert.Equal(Enumerable.Range(0, 11).Select(i => i * 100L), each.Ranges.Select(r => r.Start));
        Assert.Equal(1050, each.Ranges[^1].End);
        Assert.Equal(whole.Bytes, each.Ranges.Sum(r => r.Bytes));
    }

    [Fact]
    public async Task Each_range_gives_its_own_rows()
    {
        await using var bench = new ParquetBench(new ParquetFormatOptions { RowGroupRows = 100 });
        var path = await WriteAsync(bench, 250);
        var layout = await bench.InspectAsync(path, targetBytes: 1);
        var lines = new List<string>();

        foreach (var range in layout.Ranges)
        {
            var decoded = await bench.DecodeAsync(new LocalTestFile(path), range, null, layout.Schema, Table);
            Assert.Equal(range.End, decoded[^1].NextPosition);
            lines.AddRange(RowAssert.Lines(decoded.Select(d => d.Batch)));
            decoded.ForEach(d => d.Batch.Dispose());
        }

        Assert.Equal(Expected(0, 250), lines);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(149)]
    [InlineData(249)]
    [InlineData(250)]
    public async Task Decoding_goes_on_from_any_row(int from)
    {
        await using var bench = new ParquetBench(new ParquetFormatOptions { RowGroupRows = 100 });
        var path = await WriteAsync(bench, 250);

        Assert.Equal(Expected(from, 250 - from), await bench.LinesAsync(path, from: from));
    }

    [Fact]
    public async Task Positions_rise_and_each_leads_to_the_rest()
    {
        await using var bench = new ParquetBench();
        var path = await WriteAsync(bench, 40_000);
        var layout = await bench.InspectAsync(path);
        var file = new LocalTestFile(path);

        var decoded = await bench.DecodeAsync(file, layout.Ranges[0], null, layout.Schema, Table);

        Assert.All(decoded, d => Assert.InRange(d.Batch.RowCount, 1, 16_384));
        var row = 0L;
        foreach (var (batch, next) in decoded)
        {
            row += batch.RowCount;
            Assert.Equal(row, next);
            batch.Dispose();
        }

        Assert.Equal(40_000, row);
        var rest = await bench.LinesAsync(path, from: decoded[0].NextPosition);
        Assert.Equal(Expected((int)decoded[0].NextPosition, 40_000 - (int)decoded[0].NextPosition), rest);
    }

    [Fact]
    public async Task Only_wanted_columns_are_read_in_the_wanted_order()
    {
        await using var bench = new ParquetBench();
        var path = await WriteAsync(bench, 3);
        var wanted = TestMemory.Table(("s", DataType.String), ("n", DataType.Int));

        Assert.Equal(["+I \"text 0\", 0", "+I \"text 1\", 1", "+I \"text 2\", 2"], await bench.LinesAsync(path, wanted));
        Assert.Equal(["+I \"text 0\"", "+I \"text 1\"", "+I \"text 2\""], await bench.LinesAsync(path, TestMemory.Table(("s", DataType.String))));
    }

    [Fact]
    public async Task Without_wanted_columns_rows_are_counted()
    {
        await using var bench = new ParquetBench(new ParquetFormatOptions { RowGroupRows = 100 });
        var path = await WriteAsync(bench, 250);
        var layout = await bench.InspectAsync(path);

        var decoded = await bench.DecodeAsync(new LocalTestFile(path), layout.Ranges[0], 120, layout.Schema, TestMemory.Table());

        Assert.Equal(130, decoded.Sum(d => d.Batch.RowCount));
        Assert.Equal(250, decoded[^1].NextPosition);
        decoded.ForEach(d => d.Batch.Dispose());
    }

    [Fact]
    public async Task A_file_that_is_not_on_this_disk_is_read_too()
    {
        await using var bench = new ParquetBench();
        var path = await WriteAsync(bench, 3);
        var file = new LocalTestFile(path, isLocal: false);
        var layout = await bench.InspectAsync(file);

        var decoded = await bench.DecodeAsync(file, layout.Ranges[0], null, layout.Schema, Table);

        Assert.Equal(Expected(0, 3), RowAssert.Lines(decoded.Select(d => d.Batch)));
        decoded.ForEach(d => d.Batch.Dispose());
    }

    [Fact]
    public async Task Scarce_memory_makes_batches_smaller()
    {
        await using var bench = new ParquetBench(limitBytes: 1 << 20);
        var table = TestMemory.Table(("s", DataType.String));
        using (var batch = bench.Memory.Batch(table, [.. Enumerable.Range(0, 4000).Select(i => new object?[] { new string('x', 200) + i })]))
        {
            await bench.WriteAsync(table, batch);
        }

        var batches = await bench.ReadAsync(bench.PathOf());

        Assert.Equal(4000, batches.Sum(b => b.RowCount));
        Assert.All(batches, b => Assert.InRange(b.SizeBytes, 1, 256 << 10));
        batches.ForEach(b => b.Dispose());
    }

    [Fact]
    public async Task Batches_outlive_the_file_and_are_counted_until_freed()
    {
        await using var bench = new ParquetBench();
        var path = await WriteAsync(bench, 1000);
        var batches = await bench.ReadAsync(path);

        File.Delete(path);

        Assert.Equal(batches.Sum(b => b.SizeBytes), bench.Memory.Job.HeldBytes);
        Assert.Equal(Expected(0, 1000), RowAssert.Lines(batches));
        batches.ForEach(b => b.Dispose());
        Assert.Equal(0, bench.Memory.Job.HeldBytes);
    }

    private static IEnumerable<string> Expected(int start, int count) => Enumerable.Range(start, count).Select(i => $"+I {i}, \"text {i}\"");

    private static async Task<string> WriteAsync(ParquetBench bench, int rows)
    {
        using var batch = bench.Memory.Batch(Table, [.. Enumerable.Range(0, rows).Select(i => new object?[] { i, $"text {i}" })]);
        return await bench.WriteAsync(Table, batch);
    }
}
