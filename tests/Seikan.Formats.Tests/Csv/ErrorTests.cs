using Seikan.Core;
using Seikan.Formats.Csv;
using Seikan.Plugins;

namespace Seikan.Formats.Tests.Csv;

public sealed class ErrorTests : IDisposable
{
    private readonly CsvFixture _csv = new();

    private static readonly TableSchema People = CsvFixture.Table(("name", DataType.String), ("age", DataType.Int));

    public void Dispose() => _csv.Dispose();

    [Theory]
    [InlineData("Ann,41\nBob,x1\n", "FMT-0001 people.csv:2 column \"age\": \"x1\" is not an int")]
    [InlineData("\"A\nB\",41\r\nBob,99999999999\n", "FMT-0001 people.csv:3 column \"age\": \"99999999999\" is not an int")]
    [InlineData("Ann,41\nBob,42,43\n", "FMT-0003 people.csv:2: the row has 3 fields, and there are 2 columns")]
    [InlineData("Ann,41\n\n\"Bob,42\nCid,43\n", "FMT-0004 people.csv:3: a quote in the row that starts with \"\"Bob,42\\nCid,43\\n\" is never closed")]
    [InlineData("Ann,41\n\"Bob\"x,42\n", "FMT-0005 people.csv:2: text follows a closing quote in \"\"Bob\"x,42\"")]
    [InlineData("Ann,41\rBob,42\rCid,x\r", "FMT-0001 people.csv:3 column \"age\": \"x\" is not an int")]
    [InlineData("Ann,1.0\n", "FMT-0001 people.csv:1 column \"age\": \"1.0\" is not an int")]
    public async Task Errors_name_file_line_column_and_value(string text, string expected)
    {
        Assert.StartsWith(expected, await _csv.FailAsync(new MemoryFile(text), new CsvFormatOptions(), People), StringComparison.Ordinal);
        Assert.StartsWith(expected, await _csv.FailAsync(new MemoryFile(text), new CsvFormatOptions(), People, chunkBytes: 256), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_are_counted_over_chunks_and_ranges()
    {
        var text = string.Concat(Enumerable.Range(0, 5_000).Select(i => $"\"name\n{i}\",{i}\n")) + "x,y\n";
        var context = _csv.Context();
        var format = CsvFixture.Format(new CsvFormatOptions(), context, 1024);
        var layout = await format.InspectAsync(new MemoryFile(text), People.Columns, 20_000, CsvFixture.Stop);
        Assert.True(layout.Ranges.Length > 2);

        var error = await Assert.ThrowsAsync<SeikanException>(async () =>
        {
            await foreach (var batch in _csv.DecodeAsync(format, context, new DecodeRequest(new MemoryFile(text), layout.Ranges[^1], null, layout.Schema, People)))
            {
                batch.Batch.Dispose();
            }
        });

        Assert.Equal("people.csv:10001 column \"age\"", error.Diagnostics[0].Path);
        Assert.Contains("declare \"schema\"", error.Diagnostics[0].FixText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invalid_utf8_is_named_by_line_and_character()
    {
        var error = await _csv.FailAsync(new MemoryFile([.. "Ann,41\nRené,42\nRen"u8, 0xE9, .. ",42\n"u8]), new CsvFormatOptions(), People);

        Assert.StartsWith("FMT-0006 people.csv:3: byte 0xE9 at character 4 of line 3 is not UTF-8", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Binary_files_are_not_read_as_text()
    {
        var error = await _csv.FailAsync(new MemoryFile([65, 66, 0, 10]), new CsvFormatOptions());

        Assert.StartsWith("FMT-0007 people.csv: the file is not text: byte 2 is zero", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_without_end_is_refused_before_memory_is_full()
    {
        var error = await _csv.FailAsync(new EndlessFile((byte)'x'), new CsvFormatOptions(), People);
        Assert.StartsWith("FMT-0008 people.csv", error, StringComparison.Ordinal);

        error = await _csv.FailAsync(new EndlessFile((byte)'x', "Ann,41\n\"Bob,"), new CsvFormatOptions(), People);
        Assert.StartsWith("FMT-0004 people.csv", error, StringComparison.Ordinal);
        Assert.Contains("not closed within 64 MiB", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nulls_are_refused_where_the_column_takes_none()
    {
        var table = new TableSchema(TablePath.Default, [new ColumnDef("a", DataType.String) { IsNullable = false }, new ColumnDef("b", DataType.Int) { IsNullable = false }]);

        Assert.StartsWith("FMT-0002 people.csv:2 column \"a\"", await _csv.FailAsync(new MemoryFile("x,1\n,2\n"), new CsvFormatOptions(), table), StringComparison.Ordinal);
        Assert.StartsWith("FMT-0002 people.csv:1 column \"b\"", await _csv.FailAsync(new MemoryFile("x,\n"), new CsvFormatOptions(), table), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_must_have_the_columns()
    {
        var error = await _csv.FailAsync(new MemoryFile("name,agee\nAnn,41\n"), new CsvFormatOptions { UseHeaderLine = true }, People);

        Assert.StartsWith("FMT-0009 people.csv:1: the header has no column \"age\"", error, StringComparison.Ordinal);
        Assert.Contains("did you mean \"agee\"?", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_job_collects_errors_good_rows_come_through()
    {
        var text = "Ann,41\nBob,x\nCid,1,2\n\"D\"d,4\nEve,45\n,z\n";

        var rows = await _csv.ReadAsync(new MemoryFile(text), new CsvFormatOptions(), People, isCollecting: true);

        Assert.Equal(["Ann|41", "Eve|45"], rows);
        Assert.Equal(["FMT-0001", "FMT-0003", "FMT-0005", "FMT-0001"], _csv.Rejected.Rejected.Select(r => r.Cause.Code.Id));
    }

    [Theory]
    [InlineData("[1,2")]
    [InlineData("[1,\"\"x\"\"]")]
    [InlineData("{\"\"a\"\":1,\"\"b\"\":[1,\"\"y\"\"]}")]
    [InlineData("{\"\"a\"\":1,\"\"b\"\":[1]")]
    [InlineData("{\"\"a\"\":[]}")]
    public async Task Broken_nested_values_do_not_harm_their_neighbours(string json)
    {
        var row = new RowType([new RowField("a", DataType.Int), new RowField("b", new ArrayType(DataType.Int))]);
        var table = CsvFixture.Table(("l", new ArrayType(DataType.Int)), ("m", new MapType(DataType.String, new ArrayType(DataType.Int))), ("r", row));
        const string Good = "\"[1,2]\",\"{\"\"k\"\":[3]}\",\"{\"\"a\"\":4,\"\"b\"\":[5]}\"\n";
        var text = Good + $"\"{json}\",\"{json}\",\"{json}\"\n" + Good;

        var rows = await _csv.ReadAsync(new MemoryFile(text), new CsvFormatOptions(), table, isCollecting: true);

        Assert.Equal(["[1,2]|{\"k\":[3]}|{\"a\":4,\"b\":[5]}", "[1,2]|{\"k\":[3]}|{\"a\":4,\"b\":[5]}"], rows);
        Assert.Equal("FMT-0001", Assert.Single(_csv.Rejected.Rejected).Cause.Code.Id);
    }

    [Fact]
    public async Task A_range_that_ends_inside_a_row_is_refused()
    {
        var context = _csv.Context();
        var format = CsvFixture.Format(new CsvFormatOptions(), context);
        var file = new MemoryFile("Ann,41\nBob,42\nCid,43\n");

        var error = await Assert.ThrowsAsync<SeikanException>(async () =>
        {
            await foreach (var batch in _csv.DecodeAsync(format, context, new DecodeRequest(file, new FileRange(0, 10, null), null, People.Columns, People)))
            {
                batch.Batch.Dispose();
            }
        });

        Assert.Equal("FMT-0011", error.Diagnostics[0].Code.Id);
    }

    [Fact]
    public async Task Extra_and_missing_fields_are_refused_when_asked()
    {
        var options = new CsvFormatOptions { RaggedRows = CsvRaggedRows.Error };

        Assert.Contains("the row has 1 field, and there are 2 columns", await _csv.FailAsync(new MemoryFile("Ann,41\nBob\n"), options, People), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("quote_char", "FMT-0012")]
    [InlineData("escape_char", "FMT-0012")]
    [InlineData("field_delimiter", "FMT-0013")]
    [InlineData("encoding", "FMT-0014")]
    [InlineData("date_format", "FMT-0015")]
    [InlineData("datetime_format", "FMT-0015")]
    [InlineData("time_format", "FMT-0015")]
    public void Wrong_options_are_refused(string option, string code)
    {
        var options = option switch
        {
            "quote_char" => new CsvFormatOptions { QuoteChar = "<<" },
            "escape_char" => new CsvFormatOptions { EscapeChar = "é" },
            "field_delimiter" => new CsvFormatOptions { FieldDelimiter = "\"" },
            "encoding" => new CsvFormatOptions { Encoding = "utf-9" },
            "date_format" => new CsvFormatOptions { DateFormat = "QQ" },
            "datetime_format" => new CsvFormatOptions { DateTimeFormat = "HH:mm" },
            _ => new CsvFormatOptions { TimeFormat = "yyyy" },
        };
        var context = _csv.Context();

        CsvFormat.Create(options, context);

        Assert.Equal(code, Assert.Single(context.Diagnostics.ToImmutable()).Code.Id);
    }

    private sealed class EndlessFile(byte fill, string start = "") : IFile
    {
        private readonly byte[] _start = System.Text.Encoding.UTF8.GetBytes(start);

        public string Path => "people.csv";

        public long? Length => 1L << 30;

        public string? LocalPath => null;

        public ValueTask<int> ReadAsync(long offset, Memory<byte> into, CancellationToken cancellationToken)
        {
            into.Span.Fill(fill);
            if (offset < _start.Length)
            {
                _start.AsSpan((int)offset, (int)Math.Min(_start.Length - offset, into.Length)).CopyTo(into.Span);
            }

            return new ValueTask<int>((int)Math.Min(into.Length, (1L << 30) - offset));
        }
    }
}
