using System.Collections.Immutable;
using DuckDB.NET.Data;
using Seikan.Core;
using Seikan.Formats.Parquet;
using Seikan.Plugins;
using Seikan.Testing;

namespace Seikan.Formats.Tests.Parquet;

/// <summary>A folder, a memory that must be empty in the end, and the few steps that tests of Parquet are made of.</summary>
internal sealed class ParquetBench : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("seikan-parquet-");

    public ParquetBench(ParquetFormatOptions? options = null, long limitBytes = 256L << 20)
    {
        Memory = new TestMemory(limitBytes: limitBytes);
        Context = new TestPluginContext(Memory);
        Format = ParquetFormat.Create(options ?? new ParquetFormatOptions(), Context);
    }

    public TestMemory Memory { get; }

    public TestPluginContext Context { get; }

    public ParquetFormat Format { get; }

    public string PathOf(string name = "t.parquet") => Path.Combine(_folder.FullName, name);

    public async Task<string> WriteAsync(TableSchema table, params RowBatch[] batches)
    {
        await using var output = File.Create(PathOf());
        await using var encoder = Format.CreateEncoder(output, table, Context);
        foreach (var batch in batches)
        {
            await encoder.WriteAsync(batch, TestContext.Current.CancellationToken);
        }

        await encoder.FinishAsync(TestContext.Current.CancellationToken);
        Assert.Equal(output.Length, encoder.BytesWritten);
        return PathOf();
    }

    public async Task<FileLayout> InspectAsync(IFile file, ImmutableArray<ColumnDef>? declared = null, long targetBytes = long.MaxValue) =>
        await Format.InspectAsync(file, declared, targetBytes, TestContext.Current.CancellationToken);

    public Task<FileLayout> InspectAsync(string path, ImmutableArray<ColumnDef>? declared = null, long targetBytes = long.MaxValue) =>
        InspectAsync(new LocalTestFile(path), declared, targetBytes);

    /// <summary>All rows of a file with the file's own columns, or the wanted ones.</summary>
    public async Task<List<RowBatch>> ReadAsync(string path, TableSchema? wanted = null, long? from = null)
    {
        var layout = await InspectAsync(path, wanted?.Columns);
        var table = wanted ?? new TableSchema(new TablePath(null, null, "t"), layout.Schema);
        return [.. (await DecodeAsync(new LocalTestFile(path), layout.Ranges[0], from, layout.Schema, table)).Select(d => d.Batch)];
    }

    public async Task<List<DecodedBatch>> DecodeAsync(
        IFile file, FileRange range, long? from, ImmutableArray<ColumnDef> columns, TableSchema table)
    {
        var reader = new TestReaderContext(Memory.Job, [table]);
        var decoded = new List<DecodedBatch>();
        await foreach (var next in Format.DecodeAsync(
            new DecodeRequest(file, range, from, columns, table), reader, Context, TestContext.Current.CancellationToken))
        {
            decoded.Add(next);
        }

        return decoded;
    }

    public async Task<List<string>> LinesAsync(string path, TableSchema? wanted = null, long? from = null)
    {
        var batches = await ReadAsync(path, wanted, from);
        var lines = RowAssert.Lines(batches);
        batches.ForEach(b => b.Dispose());
        return lines;
    }

    /// <summary>Rows of a query as DuckDB prints them, values joined by bars.</summary>
    public static List<string> Query(string sql)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "NULL" : reader.GetValue(i).ToString())));
        }

        return rows;
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        Memory.Dispose();
        return ValueTask.CompletedTask;
    }
}
