using System.Text;
using CsCheck;
using Seikan.Core;
using Seikan.Formats.Csv;
using Seikan.Formats.Csv.Writing;
using Seikan.Testing;

namespace Seikan.Formats.Tests.Csv;

public sealed class WritingTests : IDisposable
{
    private readonly CsvFixture _csv = new();

    private static readonly TableSchema People = CsvFixture.Table(("name", DataType.String), ("age", DataType.Int));

    public void Dispose() => _csv.Dispose();

    [Theory]
    [InlineData("plain", "plain,1\n")]
    [InlineData("", "\"\",1\n")]
    [InlineData(null, ",1\n")]
    [InlineData("a,b", "\"a,b\",1\n")]
    [InlineData("a\"b", "\"a\"\"b\",1\n")]
    [InlineData("a\nb", "\"a\nb\",1\n")]
    [InlineData("a\rb", "\"a\rb\",1\n")]
    [InlineData(" a ", " a ,1\n")]
    public async Task Texts_are_quoted_where_they_must_be(string? name, string expected)
    {
        Assert.Equal(expected, await WriteAsync(new CsvFormatOptions(), [name, 1]));
    }

    [Fact]
    public async Task Quote_modes_are_obeyed()
    {
        Assert.Equal("\"a\",1\n,\n", await WriteAsync(new CsvFormatOptions { QuoteMode = CsvQuoteMode.All }, ["a", 1], [null, null]));
        Assert.Equal("a,b\",1\n", await WriteAsync(new CsvFormatOptions { QuoteMode = CsvQuoteMode.None }, ["a,b\"", 1]));
    }

    [Fact]
    public async Task The_dialect_is_obeyed()
    {
        var options = new CsvFormatOptions { FieldDelimiter = "||", RowDelimiter = "\\r\\n", NullFormat = "\\N", QuoteChar = "'", EscapeChar = "\\", EnableHeaderWrite = true };

        // \r\n is a plain line end: rows are written with \n.
        Assert.Equal("name||age\n'it\\'s \\\\'||1\n\\N||\\N\n'\\\\N'||2\n", await WriteAsync(options, ["it's \\", 1], [null, null], ["\\N", 2]));
        Assert.Equal("a;1@", await WriteAsync(new CsvFormatOptions { FieldDelimiter = ";", RowDelimiter = "@" }, ["a", 1]));
    }

    [Fact]
    public async Task A_header_is_written_without_rows_too()
    {
        Assert.Equal("name,age\n", await WriteAsync(new CsvFormatOptions { EnableHeaderWrite = true }));
        Assert.Equal("", await WriteAsync(new CsvFormatOptions()));
    }

    [Fact]
    public async Task Patterns_are_written_and_read_back()
    {
        var table = CsvFixture.Table(("d", DataType.Date), ("t", DataType.Time), ("s", DataType.Timestamp));
        var options = new CsvFormatOptions { DateFormat = "dd,MM,yyyy", TimeFormat = "HHmmss", DateTimeFormat = "yyyy.MM.dd HH:mm:ss" };
        using var batch = _csv.Memory.Batch(table, [new DateOnly(2024, 2, 29), new TimeOnly(23, 59, 1), new DateTime(2024, 1, 2, 3, 4, 5)]);

        var bytes = await _csv.WriteAsync(options, table, batch);

        Assert.Equal("\"29,02,2024\",235901,2024.01.02 03:04:05\n", Encoding.UTF8.GetString(bytes));
        Assert.Equal(CsvFixture.Rows(batch), await _csv.ReadAsync(new MemoryFile(bytes), options, table));
    }

    [Theory]
    [InlineData("GBK", "名字")]
    [InlineData("ISO-8859-1", "é")]
    [InlineData("UTF-16", "日é")]
    public async Task Other_encodings_are_written_and_read_back(string encoding, string name)
    {
        var options = new CsvFormatOptions { Encoding = encoding };
        using var batch = _csv.Memory.Batch(People, [name, 1]);

        var rows = await _csv.ReadAsync(new MemoryFile(await _csv.WriteAsync(options, People, batch)), options, People);

        Assert.Equal([$"{name}|1"], rows);
    }

    [Fact]
    public async Task A_character_that_the_encoding_lacks_is_an_error()
    {
        using var batch = _csv.Memory.Batch(People, ["日", 1]);

        var error = await Assert.ThrowsAsync<SeikanException>(() => _csv.WriteAsync(new CsvFormatOptions { Encoding = "ISO-8859-1" }, People, batch));

        Assert.Equal("FMT-0016", error.Diagnostics[0].Code.Id);
        Assert.Contains("\"日\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_larger_than_the_buffer_are_written()
    {
        var large = new string('x', 2_000_000) + "\"";
        using var batch = _csv.Memory.Batch(People, ["a", 1], [large, 2], ["b", 3]);

        var rows = await _csv.ReadAsync(new MemoryFile(await _csv.WriteAsync(new CsvFormatOptions(), People, batch)), new CsvFormatOptions(), People);

        Assert.Equal(["a|1", $"{large}|2", "b|3"], rows);
    }

    [Fact]
    public async Task A_text_that_starts_with_a_byte_order_mark_keeps_it_at_the_start_of_a_file()
    {
        using var batch = _csv.Memory.Batch(People, ["\uFEFFmark", 1], ["b\uFEFF", 2]);

        var rows = await _csv.ReadAsync(new MemoryFile(await _csv.WriteAsync(new CsvFormatOptions(), People, batch)), new CsvFormatOptions(), People);

        Assert.Equal(["\uFEFFmark|1", "b\uFEFF|2"], rows);
    }

    [Fact]
    public async Task What_is_written_reads_back_as_the_same_rows()
    {
        await BatchGenerator.Rows().SampleAsync(async generated => await RoundTripAsync(generated, new CsvFormatOptions()), iter: 300);
    }

    [Fact]
    public async Task Odd_dialects_read_back_as_well()
    {
        CsvFormatOptions[] dialects =
        [
            new() { FieldDelimiter = "\\u0001", NullFormat = "\\N" },
            new() { FieldDelimiter = "-", NullFormat = "0" },
            new() { FieldDelimiter = "::", RowDelimiter = ";" },
            new() { QuoteChar = "'", EscapeChar = "\\", QuoteMode = CsvQuoteMode.All },
            new() { FieldDelimiter = "1", QuoteChar = "-" },
            new() { Encoding = "UTF-16LE", EnableHeaderWrite = true, UseHeaderLine = true },
        ];
        var cases = Gen.Select(BatchGenerator.Rows(BatchGenerator.ScalarTypes, maxRows: 50), Gen.Int[0, dialects.Length - 1]);

        await cases.SampleAsync(async c => await RoundTripAsync(c.Item1, dialects[c.Item2]), iter: 300);
    }

    [Fact]
    public void Numbers_are_written_as_the_framework_writes_them()
    {
        Gen.OneOf(Gen.Double, Gen.Int.Select(i => i / 100.0), Gen.Long.Select(l => l / 1e6), Gen.Int[-1000, 1000].Select(i => i / 8.0)).Sample(
            value =>
            {
                Span<byte> to = stackalloc byte[NumberWriter.MaxBytes];
                return Encoding.UTF8.GetString(to[..NumberWriter.Write(value, to)]) == value.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }, iter: 20_000);
        Gen.OneOf(Gen.Long, Gen.Int.Select(i => (long)i), Gen.Const(long.MinValue)).Sample(
            value =>
            {
                Span<byte> to = stackalloc byte[NumberWriter.MaxBytes];
                return Encoding.UTF8.GetString(to[..NumberWriter.Write(value, to)]) == value.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }, iter: 20_000);
    }

    [Fact]
    public void Decimals_and_days_are_written_as_everywhere()
    {
        Gen.Select(Gen.OneOf(Gen.Long, Gen.Long[-2_000, 2_000], Gen.Const(long.MinValue)), Gen.Int[0, NumberWriter.MaxScale]).Sample(
            (value, scale) =>
            {
                Span<byte> ours = stackalloc byte[DecimalText.MaxBytes];
                Span<byte> shared = stackalloc byte[DecimalText.MaxBytes];
                return ours[..NumberWriter.Write(value, scale, ours)].SequenceEqual(shared[..DecimalText.Format((Int128)value, scale, shared)]);
            }, iter: 20_000);
        Gen.OneOf(Gen.Long[0, TemporalText.NanosecondsADay - 1], Gen.Long[0, 86_399].Select(s => s * 1_000_000_000)).Sample(
            time =>
            {
                Span<byte> ours = stackalloc byte[TemporalText.MaxBytes];
                Span<byte> shared = stackalloc byte[TemporalText.MaxBytes];
                return ours[..NumberWriter.WriteTime(time, ours)].SequenceEqual(shared[..TemporalText.FormatTime(time, shared)]);
            }, iter: 10_000);
        var days = new DayTexts();
        Gen.OneOf(Gen.Int[-800_000, 3_000_000], Gen.Int[0, 10_000]).Sample(
            day =>
            {
                Span<byte> ours = stackalloc byte[TemporalText.MaxBytes];
                Span<byte> shared = stackalloc byte[TemporalText.MaxBytes];
                return ours[..days.Write(day, ours)].SequenceEqual(shared[..TemporalText.FormatDate(day, shared)]);
            }, iter: 20_000, threads: 1);
    }

    private async Task RoundTripAsync(GeneratedRows generated, CsvFormatOptions options)
    {
        using var batch = generated.Build(_csv.Memory);
        var context = _csv.Context();
        var format = CsvFixture.Format(options, context, 4096);
        var file = new MemoryFile(await _csv.WriteAsync(options, generated.Schema, batch));
        var layout = await format.InspectAsync(file, generated.Schema.Columns, long.MaxValue, CsvFixture.Stop);
        var read = new List<RowBatch>();
        try
        {
            await foreach (var decoded in _csv.DecodeAsync(format, context, new Seikan.Plugins.DecodeRequest(file, layout.Ranges[0], null, layout.Schema, generated.Schema) { AreColumnsDeclared = true }))
            {
                read.Add(decoded.Batch);
            }

            RowAssert.Equal([batch], read);
        }
        finally
        {
            read.ForEach(b => b.Dispose());
        }
    }

    private async Task<string> WriteAsync(CsvFormatOptions options, params object?[][] rows)
    {
        using var batch = _csv.Memory.Batch(People, rows);
        return Encoding.UTF8.GetString(await _csv.WriteAsync(options, People, batch));
    }
}
