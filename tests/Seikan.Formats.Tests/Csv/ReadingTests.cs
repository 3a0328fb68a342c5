using System.Text;
using Seikan.Core;
using Seikan.Formats.Csv;

namespace Seikan.Formats.Tests.Csv;

public sealed class ReadingTests : IDisposable
{
    private readonly CsvFixture _csv = new();

    private static readonly TableSchema TwoTexts = CsvFixture.Table(("a", DataType.String), ("b", DataType.String));

    public void Dispose() => _csv.Dispose();

    [Theory]
    [InlineData("x,y\n", "x|y")]
    [InlineData("x,y", "x|y")]
    [InlineData("x,y\r\nz,w\r\n", "x|y;z|w")]
    [InlineData("x,y\rz,w\r", "x|y;z|w")]
    [InlineData("x,y\n\n\nz,w\n", "x|y;z|w")]
    [InlineData("x,y\r\n\r\nz,w", "x|y;z|w")]
    [InlineData("x\nz,w\n", "x|NULL;z|w")]
    [InlineData(",\n", "NULL|NULL")]
    [InlineData("\"\",\n", "|NULL")]
    [InlineData("\"x,\n\"\"y\"\"\",z\n", "x,\n\"y\"|z")]
    [InlineData("\"x\r\ny\",\"z\"\r\n", "x\r\ny|z")]
    [InlineData("a\"b\"c,5\"\nx,y\n", "a\"b\"c|5\";x|y")]
    [InlineData("\"\"\"\",\"\"\"\"\"\"\n", "\"|\"\"")]
    [InlineData("\uFEFFx,y\n", "x|y")]
    [InlineData(" x , y \n", " x | y ")]
    [InlineData("é,日本\n", "é|日本")]
    [InlineData("", "")]
    [InlineData("\n", "")]
    public async Task Rows_are_read_as_rfc_4180_says(string text, string expected)
    {
        var rows = await _csv.ReadAsync(new MemoryFile(text), new CsvFormatOptions(), TwoTexts);

        Assert.Equal(expected, string.Join(";", rows));
    }

    [Theory]
    [InlineData("\\t", "x\ty\n")]
    [InlineData("\\u0001", "x\u0001y\n")]
    [InlineData("\\001", "x\u0001y\n")]
    [InlineData("|", "x|y\n")]
    [InlineData("||", "x||y\n")]
    [InlineData("::", "x::y\n")]
    [InlineData("¦", "x¦y\n")]
    public async Task Delimiters_are_taken_literally(string delimiter, string text)
    {
        var rows = await _csv.ReadAsync(new MemoryFile(text), new CsvFormatOptions { FieldDelimiter = delimiter }, TwoTexts);

        Assert.Equal(["x|y"], rows);
    }

    [Fact]
    public async Task Row_delimiters_of_several_characters_are_understood()
    {
        var rows = await _csv.ReadAsync(new MemoryFile("x,y@@\"z@@\",@@"), new CsvFormatOptions { RowDelimiter = "@@" }, TwoTexts);

        Assert.Equal(["x|y", "z@@|NULL"], rows);
    }

    [Fact]
    public async Task An_escape_hides_quotes_delimiters_and_itself_and_nothing_else()
    {
        var rows = await _csv.ReadAsync(new MemoryFile("\"a\\\"b\\\\\",c\\,d\n\\n,\\N\n"), new CsvFormatOptions { EscapeChar = "\\" }, TwoTexts);

        Assert.Equal(["a\"b\\|c,d", "\\n|\\N"], rows);
    }

    [Fact]
    public async Task Without_a_quote_character_quotes_are_text()
    {
        var rows = await _csv.ReadAsync(new MemoryFile("\"x,y\"\n"), new CsvFormatOptions { QuoteChar = "" }, TwoTexts);

        Assert.Equal(["\"x|y\""], rows);
    }

    [Fact]
    public async Task The_text_of_null_counts_only_without_quotes()
    {
        var rows = await _csv.ReadAsync(new MemoryFile("\\N,\"\\N\"\n,NULL\n"), new CsvFormatOptions { NullFormat = "\\N" }, TwoTexts);

        Assert.Equal(["NULL|\\N", "NULL|NULL"], rows);
    }

    [Fact]
    public async Task Every_type_is_read()
    {
        var table = CsvFixture.Table(
            ("b", DataType.Boolean), ("t", DataType.TinyInt), ("s", DataType.SmallInt), ("i", DataType.Int), ("l", DataType.BigInt), ("f", DataType.Float), ("d", DataType.Double),
            ("n", new DecimalType(10, 2)), ("w", new DecimalType(50, 3)), ("da", DataType.Date), ("ti", DataType.Time), ("ts", DataType.Timestamp), ("tz", DataType.TimestampTz),
            ("by", DataType.Bytes), ("ar", new ArrayType(DataType.Int)), ("nu", DataType.Null));
        var text = " TRUE ,-128,32767,\"12\",-9223372036854775808,1.5,2e10,1.20,12345678901234567890123456789012345678901234567.125,2024-02-29,23:59:59.5,"
            + "2024-01-02 03:04:05.123456,2024-01-02T03:04:05+02:00,AQI=,\"[1,null,3]\",\n,,,,,,,,,,,,,,,\n";

        var rows = await _csv.ReadAsync(new MemoryFile(text), new CsvFormatOptions(), table);

        Assert.Equal("true|-128|32767|12|-9223372036854775808|1.5|20000000000|1.20|12345678901234567890123456789012345678901234567.125|2024-02-29|23:59:59.500|"
            + "2024-01-02 03:04:05.123456|2024-01-02 03:04:05+02:00|AQI=|[1,null,3]|NULL", rows[0]);
        Assert.Equal(string.Join("|", Enumerable.Repeat("NULL", 16)), rows[1]);
    }

    [Fact]
    public async Task Patterns_are_used_where_given()
    {
        var table = CsvFixture.Table(("d", DataType.Date), ("t", DataType.Time), ("s", DataType.Timestamp));
        var options = new CsvFormatOptions { DateFormat = "dd/MM/yyyy", TimeFormat = "HHmm", DateTimeFormat = "yyyyMMdd'T'HHmmss" };

        var rows = await _csv.ReadAsync(new MemoryFile("29/02/2024,2359,20240102T030405\n"), options, table);

        Assert.Equal(["2024-02-29|23:59:00|2024-01-02 03:04:05"], rows);
    }

    [Theory]
    [InlineData("GBK", "名,字\n")]
    [InlineData("ISO-8859-1", "é,ü\n")]
    [InlineData("UTF-16", "é,日\n")]
    [InlineData("UTF-16LE", "é,日\n")]
    public async Task Other_encodings_are_read(string name, string text)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        var bytes = encoding.GetPreamble().Concat(encoding.GetBytes(string.Concat(Enumerable.Repeat(text, 40_000)))).ToArray();

        var rows = await _csv.ReadAsync(new MemoryFile(bytes) { MaxRead = 1_001 }, new CsvFormatOptions { Encoding = name }, TwoTexts);

        Assert.Equal(40_000, rows.Count);
        Assert.All(rows, r => Assert.Equal(text.Replace(',', '|').TrimEnd(), r));
    }

    [Fact]
    public async Task A_header_maps_columns_by_name()
    {
        var table = CsvFixture.Table(("age", DataType.Int), ("name", DataType.String));

        var rows = await _csv.ReadAsync(new MemoryFile("name,city,age\nAnn,Rome,41\n"), new CsvFormatOptions { UseHeaderLine = true }, table);

        Assert.Equal(["Ann|41"], rows);
    }

    [Fact]
    public async Task Rows_are_skipped_at_the_start()
    {
        var rows = await _csv.ReadAsync(new MemoryFile("# made\n\"by\nhand\"\nx,y\n"), new CsvFormatOptions { SkipHeaderRowNumber = 2 }, TwoTexts);

        Assert.Equal(["x|y"], rows);
    }

    [Fact]
    public async Task Only_wanted_columns_are_read()
    {
        var rows = await _csv.ReadAsync(new MemoryFile("a,b,c\n1,x,2\n"), new CsvFormatOptions(), wanted: ["c", "a"]);

        Assert.Equal(["1|2"], rows);
    }

    [Fact]
    public async Task A_single_column_keeps_blank_lines_as_nulls()
    {
        var rows = await _csv.ReadAsync(new MemoryFile("x\n\n\"\"\n"), new CsvFormatOptions(), CsvFixture.Table(("a", DataType.String)));

        Assert.Equal(["x", "NULL", ""], rows);
    }

    [Theory]
    [InlineData("Pad", "a,b\nx\n", "a|b;x|NULL")]
    [InlineData("Fit", "a,b\nx\ny,z,w\n", "a|b;x|NULL;y|z")]
    public async Task Ragged_rows_follow_the_policy(string policy, string text, string expected)
    {
        var rows = await _csv.ReadAsync(new MemoryFile(text), new CsvFormatOptions { RaggedRows = Enum.Parse<CsvRaggedRows>(policy) }, TwoTexts);

        Assert.Equal(expected, string.Join(";", rows));
    }

    [Fact]
    public async Task Every_cut_into_chunks_and_ranges_gives_the_same_rows()
    {
        const string Text = "a,b\r\n1,\"x\ny\"\r\n2,\"\"\"q\"\",\"\r\n\r\n3\r\n4,plain\r\n5,\"a,\"\"\"\",b\n\"\r\n6,é日\r\n7,\"end\"";
        var file = new MemoryFile(string.Concat(Enumerable.Repeat(Text + "\r\n", 30)) + Text);
        var whole = await _csv.ReadAsync(file, new CsvFormatOptions(), TwoTexts);
        Assert.Equal(31 * 8, whole.Count);

        for (var bytes = 64; bytes < 700; bytes++)
        {
            Assert.Equal(whole, await _csv.ReadAsync(file, new CsvFormatOptions(), TwoTexts, chunkBytes: bytes + 192));
            Assert.Equal(whole, await _csv.ReadAsync(file, new CsvFormatOptions(), TwoTexts, rangeBytes: bytes));
        }
    }

    [Theory]
    [InlineData("one line of text\n")]
    [InlineData("a,b,c\n")]
    [InlineData("\n")]
    public async Task A_text_of_many_lines_is_never_cut(string line)
    {
        var large = string.Concat(Enumerable.Repeat(line, 1_200_000 / line.Length)).TrimEnd('\n');
        var file = new MemoryFile($"1,x\n2,\"{large}\"\n3,y\n4,\"{large}\"\n5,z\n");

        var rows = await _csv.ReadAsync(file, new CsvFormatOptions(), TwoTexts, rangeBytes: 300_000);

        Assert.Equal(["1|x", $"2|{large}", "3|y", $"4|{large}", "5|z"], rows);
    }

    [Fact]
    public async Task A_wrong_cut_is_told_and_never_read()
    {
        var large = string.Concat(Enumerable.Repeat("a,b\n", 300_000)); // inside of quotes, and looks like rows for longer than anybody looks

        var error = await _csv.FailAsync(new MemoryFile($"0,x\n1,\"{large}\"\n"), new CsvFormatOptions(), TwoTexts, rangeBytes: 300_000);

        Assert.StartsWith("FMT-0011", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Positions_can_be_gone_on_from()
    {
        var text = string.Concat(Enumerable.Range(0, 500).Select(i => $"{i},\"v\n{i}\"\n"));
        var file = new MemoryFile(text);
        var context = _csv.Context();
        var format = CsvFixture.Format(new CsvFormatOptions(), context, 512);
        var layout = await format.InspectAsync(file, TwoTexts.Columns, long.MaxValue, CsvFixture.Stop);
        var request = new Seikan.Plugins.DecodeRequest(file, layout.Ranges[0], null, layout.Schema, TwoTexts) { AreColumnsDeclared = true };
        var (whole, cuts) = (new List<string>(), new List<(long Position, int Rows)>());
        await foreach (var decoded in _csv.DecodeAsync(format, context, request))
        {
            using (decoded.Batch)
            {
                whole.AddRange(CsvFixture.Rows(decoded.Batch));
            }

            cuts.Add((decoded.NextPosition, whole.Count));
        }

        Assert.True(cuts.Count > 5);
        foreach (var (position, rows) in cuts)
        {
            var rest = new List<string>();
            await foreach (var decoded in _csv.DecodeAsync(format, context, request with { From = position }))
            {
                using (decoded.Batch)
                {
                    rest.AddRange(CsvFixture.Rows(decoded.Batch));
                }
            }

            Assert.Equal(whole[rows..], rest);
        }
    }
}
