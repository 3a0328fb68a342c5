using ParquetSharp;
using Seikan.Core;
using Seikan.Formats.Parquet;
using Seikan.Testing;

namespace Seikan.Formats.Tests.Parquet;

public sealed class ParquetErrorTests
{
    private static readonly TableSchema Table = TestMemory.Table(("id", DataType.Int), ("name", DataType.String));

    [Fact]
    public async Task A_file_of_another_kind_is_named()
    {
        await using var bench = new ParquetBench();
        await File.WriteAllTextAsync(bench.PathOf(), "id,name\n1,one\n", TestContext.Current.CancellationToken);

        await FailsAsync(bench, ParquetErrors.Unreadable, "cannot read \"t.parquet\" as Parquet: Parquet magic bytes not found in footer");
    }

    [Fact]
    public async Task An_empty_file_is_named()
    {
        await using var bench = new ParquetBench();
        await File.WriteAllBytesAsync(bench.PathOf(), [], TestContext.Current.CancellationToken);

        await FailsAsync(bench, ParquetErrors.Unreadable, "cannot read \"t.parquet\" as Parquet: Parquet file size is 0 bytes");
    }

    [Fact]
    public async Task A_file_that_is_cut_off_is_named()
    {
        await using var bench = new ParquetBench();
        await WriteAsync(bench);
        var bytes = await File.ReadAllBytesAsync(bench.PathOf(), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(bench.PathOf(), bytes[..^20], TestContext.Current.CancellationToken);

        await FailsAsync(bench, ParquetErrors.Unreadable, "cannot read \"t.parquet\" as Parquet: ");
    }

    [Fact]
    public async Task Damage_inside_of_a_file_is_named()
    {
        await using var bench = new ParquetBench();
        await WriteAsync(bench);
        var bytes = await File.ReadAllBytesAsync(bench.PathOf(), TestContext.Current.CancellationToken);
        bytes.AsSpan(4, 40).Fill(0xFF);
        await File.WriteAllBytesAsync(bench.PathOf(), bytes, TestContext.Current.CancellationToken);

        await FailsAsync(bench, ParquetErrors.Unreadable, "cannot read \"t.parquet\" as Parquet: ");
    }

    [Fact]
    public async Task A_value_above_the_limit_is_refused()
    {
        await using var bench = new ParquetBench();
        using (var file = new ParquetFileWriter(bench.PathOf(), [new Column<int>("id"), new Column<string>("name")]))
        {
            using var group = file.AppendRowGroup();
            using (var ids = group.NextColumn().LogicalWriter<int>())
            {
                ids.WriteBatch([1]);
            }

            using (var names = group.NextColumn().LogicalWriter<string>())
            {
                names.WriteBatch([new string('x', (64 << 20) + 1)]);
            }

            file.Close();
        }

        await FailsAsync(bench, DataErrors.ValueTooLarge, "\"t.parquet\" from row 1: a value of column \"name\" has 67108865 bytes; at most 67108864 are allowed");
    }

    [Fact]
    public async Task An_encrypted_file_is_named()
    {
        await using var bench = new ParquetBench();
        using (var encryption = new FileEncryptionPropertiesBuilder(new byte[16]).Build())
        using (var builder = new WriterPropertiesBuilder().Encryption(encryption))
        using (var properties = builder.Build())
        using (var file = new ParquetFileWriter(bench.PathOf(), [new Column<int>("n")], properties))
        {
            using var group = file.AppendRowGroup();
            using var column = group.NextColumn().LogicalWriter<int>();
            column.WriteBatch([1]);
            column.Dispose();
            group.Close();
            file.Close();
        }

        await FailsAsync(bench, ParquetErrors.Unreadable, "cannot read \"t.parquet\" as Parquet: ", "encrypt", "decrypt");
    }

    [Fact]
    public async Task A_declared_column_that_is_missing_is_named_with_its_neighbour()
    {
        await using var bench = new ParquetBench();
        var path = await WriteAsync(bench);

        var error = await Assert.ThrowsAsync<SeikanException>(() => bench.InspectAsync(path, [new ColumnDef("nam", DataType.String), new ColumnDef("id", DataType.String)]));

        Assert.Equal([ParquetErrors.ColumnMissing, ParquetErrors.TypeDiffers], error.Diagnostics.Select(d => d.Code));
        Assert.Equal("\"t.parquet\" has no column \"nam\"", error.Diagnostics[0].Message);
        Assert.Equal(["name"], error.Diagnostics[0].Candidates);
        Assert.Equal("\"t.parquet\" column \"id\" is int, which cannot be read as the declared string without loss", error.Diagnostics[1].Message);
    }

    [Fact]
    public async Task Declared_types_may_be_wider()
    {
        await using var bench = new ParquetBench();
        var path = await WriteAsync(bench);

        Assert.Equal(["+I 1, \"one\"", "+I 200, null"], await bench.LinesAsync(path, TestMemory.Table(("id", DataType.BigInt), ("name", DataType.String))));
        Assert.Equal(["+I 1.00", "+I 200.00"], await bench.LinesAsync(path, TestMemory.Table(("id", new DecimalType(5, 2)))));
    }

    [Fact]
    public async Task A_value_that_does_not_fit_a_narrower_type_is_an_error()
    {
        await using var bench = new ParquetBench();
        var path = await WriteAsync(bench);

        var error = await Assert.ThrowsAsync<SeikanException>(() => bench.ReadAsync(path, TestMemory.Table(("id", DataType.TinyInt))));

        Assert.Equal("\"t.parquet\" from row 1: column \"id\" is int, declared tinyint: a value 200 does not fit tinyint", error.Diagnostics[0].Message);
    }

    [Fact]
    public async Task Options_that_the_library_cannot_do_are_refused()
    {
        await using var bench = new ParquetBench(
            new ParquetFormatOptions { Codec = ParquetCodec.Lzo, WriteTimestampAsInt96 = true, WriteFixedAsInt96 = ["a"] });

        var problems = bench.Format.CheckWrite(Table);

        Assert.Equal(3, problems.Length);
        Assert.All(problems, p => Assert.Equal(ParquetErrors.OptionRefused, p.Code));
        Assert.Contains("LZO", problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_without_fields_is_refused()
    {
        await using var bench = new ParquetBench();

        var problem = Assert.Single(bench.Format.CheckWrite(TestMemory.Table(("r", new ArrayType(new RowType([]))))));

        Assert.Equal(ParquetErrors.TypeNotWritable, problem.Code);
        Assert.Empty(bench.Format.CheckWrite(Table));
    }

    [Fact]
    public async Task Two_columns_of_one_name_are_refused()
    {
        await using var bench = new ParquetBench();
        using (var file = new ParquetFileWriter(bench.PathOf(), [new Column<int>("n"), new Column<int>("n")]))
        {
            using var group = file.AppendRowGroup();
            for (var i = 0; i < 2; i++)
            {
                using var column = group.NextColumn().LogicalWriter<int>();
                column.WriteBatch([i]);
            }

            file.Close();
        }

        var error = await Assert.ThrowsAsync<SeikanException>(() => bench.InspectAsync(bench.PathOf()));

        Assert.Equal("\"t.parquet\": column \"n\" occurs twice", error.Diagnostics[0].Message);
    }

    [Fact]
    public async Task A_null_key_of_a_map_never_reaches_the_library_which_would_end_the_process()
    {
        await using var bench = new ParquetBench();
        var table = TestMemory.Table(("m", new MapType(DataType.String, DataType.Int)));
        using var builder = await bench.Memory.Job.BeginBatchAsync(table, TestContext.Current.CancellationToken);
        var map = (ListBuilder)builder.Columns[0];
        var entry = (RowBuilder)map.Elements;
        entry.Fields[0].AppendNull();
        ((FixedBuilder<int>)entry.Fields[1]).Append(1);
        entry.EndValue();
        map.EndList();
        builder.EndRow();
        using var batch = builder.Build();

        var error = await Assert.ThrowsAsync<SeikanException>(() => bench.WriteAsync(table, batch));

        Assert.Equal(ParquetErrors.NullKey, error.Diagnostics[0].Code);
        Assert.Equal("table \"t\" column \"m\": a map has a null key (value 1 of the batch)", error.Diagnostics[0].Message);
    }

    [Fact]
    public async Task What_the_library_refuses_is_told_in_its_words()
    {
        await using var bench = new ParquetBench(new ParquetFormatOptions { Codec = ParquetCodec.Lzo });
        using var batch = bench.Memory.Batch(Table, [1, "one"]);

        var error = await Assert.ThrowsAsync<SeikanException>(() => bench.WriteAsync(Table, batch));

        Assert.Equal(ParquetErrors.Unwritable, error.Diagnostics[0].Code);
        Assert.Contains("cannot write table \"t\" as Parquet: ", error.Diagnostics[0].Message, StringComparison.Ordinal);
        Assert.Contains("LZO", error.Diagnostics[0].Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_full_disk_is_reported_as_what_it_is()
    {
        await using var bench = new ParquetBench();
        using var batch = bench.Memory.Batch(Table, [1, "one"]);
        await using var encoder = bench.Format.CreateEncoder(new FullStream(), Table, bench.Context);

        await Assert.ThrowsAsync<IOException>(async () =>
        {
            await encoder.WriteAsync(batch, TestContext.Current.CancellationToken);
            await encoder.FinishAsync(TestContext.Current.CancellationToken);
        });
    }

    [Fact]
    public async Task An_abandoned_encoder_leaves_no_footer_and_holds_nothing()
    {
        await using var bench = new ParquetBench();
        using var output = new MemoryStream();
        using var batch = bench.Memory.Batch(Table, [1, "one"]);
        var encoder = bench.Format.CreateEncoder(output, Table, bench.Context);
        await encoder.WriteAsync(batch, TestContext.Current.CancellationToken);
        var held = bench.Memory.Job.HeldBytes;

        await encoder.DisposeAsync();

        Assert.True(held > batch.SizeBytes);
        Assert.Equal(batch.SizeBytes, bench.Memory.Job.HeldBytes);
        Assert.False(output.ToArray().AsSpan(4).IndexOf("PAR1"u8) >= 0);
    }

    [Fact]
    public async Task The_open_row_group_is_counted_and_closes_by_bytes()
    {
        await using var bench = new ParquetBench(new ParquetFormatOptions { RowGroupBytes = new Seikan.Plugins.ByteSize(30_000) });
        var table = TestMemory.Table(("n", DataType.BigInt));
        await using (var output = File.Create(bench.PathOf()))
        await using (var encoder = bench.Format.CreateEncoder(output, table, bench.Context))
        {
            using var batch = bench.Memory.Batch(table, [.. Enumerable.Range(0, 1000).Select(i => new object?[] { (long)i })]);
            var before = bench.Memory.Job.HeldBytes;
            var held = new List<long>();
            for (var i = 0; i < 6; i++)
            {
                await encoder.WriteAsync(batch, TestContext.Current.CancellationToken);
                held.Add(bench.Memory.Job.HeldBytes - before);
            }

            Assert.Equal([8000, 16_000, 24_000, 0, 8000, 16_000], held);
            await encoder.FinishAsync(TestContext.Current.CancellationToken);
            Assert.Equal(before, bench.Memory.Job.HeldBytes);
        }

        Assert.Equal(["4000", "2000"], ParquetBench.Query($"SELECT row_group_num_rows FROM parquet_metadata('{bench.PathOf()}')"));
    }

    private static async Task<string> WriteAsync(ParquetBench bench)
    {
        using var batch = bench.Memory.Batch(Table, [1, "one"], [200, null]);
        return await bench.WriteAsync(Table, batch);
    }

    private static async Task FailsAsync(ParquetBench bench, ErrorCode code, string start, params string[] oneOf)
    {
        var error = await Assert.ThrowsAsync<SeikanException>(() => bench.ReadAsync(bench.PathOf()));

        Assert.Equal(code, error.Diagnostics[0].Code);
        Assert.StartsWith(start, error.Diagnostics[0].Message, StringComparison.Ordinal);
        Assert.DoesNotContain("parquet::", error.Diagnostics[0].Message, StringComparison.Ordinal);
        Assert.True(oneOf.Length == 0 || oneOf.Any(w => error.Diagnostics[0].Message.Contains(w, StringComparison.OrdinalIgnoreCase)), error.Diagnostics[0].Message);
    }

    private sealed class FullStream : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("No space left on device");

        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("No space left on device");
    }
}
