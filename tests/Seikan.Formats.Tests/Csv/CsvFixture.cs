using System.Text;
using Seikan.Core;
using Seikan.Formats.Csv;
using Seikan.Plugins;
using Seikan.Testing;

namespace Seikan.Formats.Tests.Csv;

/// <summary>Reads and writes csv in memory, as a connector would.</summary>
internal sealed class CsvFixture : IDisposable
{
    public TestMemory Memory { get; } = new();

    public CollectedRowErrors Rejected { get; } = new(isCollecting: true);

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Reads a file; rows as texts, columns joined by "|", null as "NULL".</summary>
    public async Task<List<string>> ReadAsync(
        IFile file, CsvFormatOptions options, TableSchema? declared = null, int chunkBytes = 1 << 20, long rangeBytes = long.MaxValue, string[]? wanted = null, bool isCollecting = false)
    {
        var rows = new List<string>();
        var context = Context(isCollecting);
        var format = Format(options, context, chunkBytes);
        var layout = await format.InspectAsync(file, declared?.Columns, rangeBytes, Stop);
        var table = new TableSchema(TablePath.Default, [.. layout.Schema.Where(c => wanted is null ? declared is null || declared.IndexOf(c.Name) >= 0 : wanted.Contains(c.Name))]);
        foreach (var range in layout.Ranges)
        {
            await foreach (var batch in DecodeAsync(format, context, new DecodeRequest(file, range, null, layout.Schema, table) { AreColumnsDeclared = declared is not null }))
            {
                using (batch.Batch)
                {
                    rows.AddRange(Rows(batch.Batch));
                }
            }
        }

        return rows;
    }

    public async Task<string> FailAsync(IFile file, CsvFormatOptions options, TableSchema? declared = null, int chunkBytes = 1 << 20, long rangeBytes = long.MaxValue) =>
        (await Assert.ThrowsAsync<SeikanException>(() => ReadAsync(file, options, declared, chunkBytes, rangeBytes))).Message;

    public IAsyncEnumerable<DecodedBatch> DecodeAsync(CsvFormat format, IPluginContext context, DecodeRequest request) =>
        format.DecodeAsync(request, new TestReaderContext(Memory.Job, [request.Table], 2), context, Stop);

    public TestPluginContext Context(bool isCollecting = false) => isCollecting ? new TestPluginContext(Memory) { RowErrors = Rejected } : new TestPluginContext(Memory);

    public static CsvFormat Format(CsvFormatOptions options, IPluginContext context, int chunkBytes = 1 << 20)
    {
        var format = CsvFormat.Create(options, context);
        context.Diagnostics.ThrowIfErrors();
        format.ChunkBytes = chunkBytes;
        return format;
    }

    /// <summary>Writes batches into memory; they stay the caller's.</summary>
    public async Task<byte[]> WriteAsync(CsvFormatOptions options, TableSchema schema, params RowBatch[] batches)
    {
        using var output = new MemoryStream();
        await using var encoder = Format(options, Context()).CreateEncoder(output, schema, Context());
        foreach (var batch in batches)
        {
            await encoder.WriteAsync(batch, Stop);
        }

        await encoder.FinishAsync(Stop);
        Assert.Equal(output.Length, encoder.BytesWritten);
        return output.ToArray();
    }

    public static IEnumerable<string> Rows(RowBatch batch) => Enumerable.Range(0, batch.RowCount).Select(r => string.Join("|", batch.Schema.Columns.Select((c, i) => Text(c.Type, batch[i], r))));

    public static TableSchema Table(params (string Name, DataType Type)[] columns) => TestMemory.Table(columns);

    public void Dispose() => Memory.Dispose();

    private static string Text(DataType type, Column column, int row)
    {
        if (!column.IsValid(row))
        {
            return "NULL";
        }

        var text = new System.Buffers.ArrayBufferWriter<byte>();
        ValueText.Write(type, column, row, text);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }
}
