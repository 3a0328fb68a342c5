using System.Text;
using CsCheck;
using Seikan.Core;
using Seikan.Formats.Csv;
using Seikan.Plugins;
using Seikan.Testing;

namespace Seikan.Formats.Tests.Csv;

/// <summary>Random texts: the fast way and the exact way read the same, whatever the chunks, and never fail otherwise than with a coded error.</summary>
public sealed class FuzzTests : IDisposable
{
    private static readonly TableSchema Table = CsvFixture.Table(("a", DataType.String), ("b", DataType.Int));

    private static readonly Gen<string> Pieces = Gen.Frequency(
        (6, Among("1", "x", "22", "é", " ")), (4, Gen.Const(",")), (4, Gen.Const("\n")), (2, Gen.Const("\"")), (1, Among("\"\"", "\r\n", "\r", "\",\"", "\"\n\"", "\\")));

    private readonly TestMemory _memory = new();

    public void Dispose() => _memory.Dispose();

    [Fact]
    public async Task Fast_and_exact_reading_agree()
    {
        // An escape character that never occurs leaves the meaning as it is and takes the exact way.
        var exact = new CsvFormatOptions { EscapeChar = "~" };

        await Gen.Select(Pieces.Array[0, 120], Gen.Int[256, 600]).SampleAsync(
            async t =>
            {
                var text = string.Concat(t.Item1);
                var expected = await ReadAsync(text, exact, 1 << 20);
                Assert.Equal(expected, await ReadAsync(text, new CsvFormatOptions(), 1 << 20));
                Assert.Equal(expected, await ReadAsync(text, new CsvFormatOptions(), t.Item2));
            }, iter: 3_000);
    }

    [Theory]
    [InlineData("\"x\"\r,1\n", "FMT-0005 people.csv:1 text follows a closing quote")]
    [InlineData("\"x\",1\r\n\"y\"\r", "x|1\ny|NULL")]
    public async Task A_carriage_return_behind_a_closing_quote_belongs_to_a_row_end(string text, string expected) =>
        Assert.StartsWith(expected, await ReadAsync(text, new CsvFormatOptions(), 1 << 20), StringComparison.Ordinal);

    [Fact]
    public async Task Random_bytes_end_in_rows_or_coded_errors()
    {
        await Gen.Byte.Array[0, 300].SampleAsync(
            async bytes =>
            {
                var context = new TestPluginContext(_memory);
                var format = CsvFixture.Format(new CsvFormatOptions(), context);
                try
                {
                    var layout = await format.InspectAsync(new MemoryFile(bytes), null, 100, CancellationToken.None);
                    foreach (var range in layout.Ranges)
                    {
                        await DecodeAsync(format, context, new MemoryFile(bytes), range, layout.Schema, []);
                    }
                }
                catch (SeikanException e)
                {
                    Assert.StartsWith("FMT-", e.Diagnostics[0].Code.Id, StringComparison.Ordinal);
                }
            }, iter: 2_000);
    }

    private static Gen<string> Among(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private async Task<string> ReadAsync(string text, CsvFormatOptions options, int chunkBytes)
    {
        var errors = new CollectedRowErrors(isCollecting: true);
        var context = new TestPluginContext(_memory) { RowErrors = errors };
        var format = CsvFixture.Format(options, context, chunkBytes);
        var rows = new List<string>();
        var file = new MemoryFile(Encoding.UTF8.GetBytes(text));
        await DecodeAsync(format, context, file, new FileRange(0, file.Length!.Value, null), Table.Columns, rows);
        // Bad lines come in file order, each with its first fault.
        return string.Join("\n", rows.Concat(errors.Rejected.Select(r => $"{r.Cause.Code} {r.Cause.Path} {r.Cause.Message}")));
    }

    private async Task DecodeAsync(CsvFormat format, TestPluginContext context, MemoryFile file, FileRange range, System.Collections.Immutable.ImmutableArray<ColumnDef> columns, List<string> rows)
    {
        var table = new TableSchema(TablePath.Default, columns);
        var request = new DecodeRequest(file, range, null, columns, table) { AreColumnsDeclared = true };
        await foreach (var decoded in format.DecodeAsync(request, new TestReaderContext(_memory.Job, [table]), context, CancellationToken.None))
        {
            using (decoded.Batch)
            {
                rows.AddRange(CsvFixture.Rows(decoded.Batch));
            }
        }
    }
}
