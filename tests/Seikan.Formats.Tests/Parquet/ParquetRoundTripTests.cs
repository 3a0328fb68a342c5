using CsCheck;
using Seikan.Core;
using Seikan.Formats.Parquet;
using Seikan.Testing;

namespace Seikan.Formats.Tests.Parquet;

public sealed class ParquetRoundTripTests
{
    [Fact]
    public Task Rows_of_any_type_come_back() => BatchGenerator.Rows().SampleAsync(
        async rows =>
        {
            await using var bench = new ParquetBench();
            using var batch = rows.Build(bench.Memory);

            var path = await bench.WriteAsync(rows.Schema, batch);
            var back = await bench.ReadAsync(path);

            Assert.Equal(rows.Schema.Columns.Select(c => c.Type), (await bench.InspectAsync(path)).Schema.Select(c => c.Type));
            RowAssert.Equal([batch], back);
            back.ForEach(b => b.Dispose());
        },
        iter: 150);

    [Theory]
    [InlineData("None")]
    [InlineData("Snappy")]
    [InlineData("Gzip")]
    [InlineData("Lz4")]
    [InlineData("Brotli")]
    [InlineData("Zstd")]
    public async Task Every_codec_is_read_by_us_and_by_DuckDB(string name)
    {
        var codec = Enum.Parse<ParquetCodec>(name);
        await using var bench = new ParquetBench(new ParquetFormatOptions { Codec = codec });
        using var batch = bench.Memory.Batch(TestMemory.Table(("n", DataType.Int), ("s", DataType.String)), [1, "one"], [null, "two"], [3, null]);

        var path = await bench.WriteAsync(batch.Schema, batch);

        Assert.Equal(["+I 1, \"one\"", "+I null, \"two\"", "+I 3, null"], await bench.LinesAsync(path));
        Assert.Equal(["1 | one", "NULL | two", "3 | NULL"], ParquetBench.Query($"FROM '{path}'"));
        var expected = codec switch { ParquetCodec.None => "UNCOMPRESSED", ParquetCodec.Lz4 => "LZ4_RAW", _ => name.ToUpperInvariant() };
        Assert.Equal([expected], ParquetBench.Query($"SELECT DISTINCT compression FROM parquet_metadata('{path}')"));
    }

    [Fact]
    public async Task A_file_without_rows_keeps_its_columns()
    {
        await using var bench = new ParquetBench();
        var table = TestMemory.Table(("n", DataType.Int), ("v", new VectorType(TypeKind.FloatVector, 3)));

        var path = await bench.WriteAsync(table);

        Assert.Equal(table.Columns.Select(c => c.Type), (await bench.InspectAsync(path)).Schema.Select(c => c.Type));
        Assert.Empty(await bench.LinesAsync(path));
        Assert.Equal(["0"], ParquetBench.Query($"SELECT count(*) FROM '{path}'"));
    }

    [Fact]
    public async Task Null_lists_that_have_elements_are_written_as_null()
    {
        await using var bench = new ParquetBench();
        var table = TestMemory.Table(("l", new ArrayType(DataType.Int)));
        using var builder = await bench.Memory.Job.BeginBatchAsync(table, TestContext.Current.CancellationToken);
        var list = (ListBuilder)builder.Columns[0];
        for (var i = 0; i < 3; i++)
        {
            ((FixedBuilder<int>)list.Elements).Append(i);
            list.EndList();
            builder.EndRow();
        }

        list.SetNull(1);
        using var batch = builder.Build();

        var path = await bench.WriteAsync(table, batch);

        Assert.Equal(["+I [0]", "+I null", "+I [2]"], await bench.LinesAsync(path));
    }

    [Fact]
    public async Task Several_batches_follow_each_other()
    {
        await using var bench = new ParquetBench(new ParquetFormatOptions { RowGroupRows = 300 });
        var table = TestMemory.Table(("n", DataType.Int));
        using var first = bench.Memory.Batch(table, [.. Enumerable.Range(0, 1000).Select(i => new object?[] { i })]);
        using var second = bench.Memory.Batch(table, [.. Enumerable.Range(1000, 500).Select(i => new object?[] { i })]);

        var path = await bench.WriteAsync(table, first, second);

        Assert.Equal(Enumerable.Range(0, 1500).Select(i => $"+I {i}"), await bench.LinesAsync(path));
        Assert.Equal(["5"], ParquetBench.Query($"SELECT num_row_groups FROM parquet_file_metadata('{path}')"));
    }
}
