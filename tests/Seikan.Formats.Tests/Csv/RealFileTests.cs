using Seikan.Core;
using Seikan.Formats.Csv;
using Seikan.Testing;

namespace Seikan.Formats.Tests.Csv;

/// <summary>The example files come through reading, writing and reading again as the same typed rows.</summary>
public sealed class RealFileTests : IDisposable
{
    private readonly CsvFixture _csv = new();

    public void Dispose() => _csv.Dispose();

    [Theory]
    [InlineData("airports.csv", ",", 3_376, "iata string, name string, city string, state string, country string, latitude double, longitude double")]
    [InlineData("weather.csv", ",", 2_922, "location string, date date, precipitation double, temp_max double, temp_min double, wind double, weather string")]
    [InlineData("zipcodes.csv", ",", 42_049, "zip_code string, latitude double, longitude double, city string, state string, county string")]
    [InlineData("unemployment.tsv", "\\t", 3_218, "id bigint, rate double")]
    public async Task They_come_back_unchanged(string name, string delimiter, int rows, string columns)
    {
        var options = new CsvFormatOptions { FieldDelimiter = delimiter, EnableHeaderWrite = true };
        var bytes = await File.ReadAllBytesAsync(Path.Combine(Root(), "examples", "data", name), CsvFixture.Stop);

        var read = await ReadAsync(new MemoryFile(bytes, name), options);
        try
        {
            Assert.Equal(columns, string.Join(", ", read[0].Schema.Columns.Select(c => $"{c.Name} {c.Type}")));
            Assert.Equal(rows, read.Sum(b => b.RowCount));
            var again = await ReadAsync(new MemoryFile(await _csv.WriteAsync(options, read[0].Schema, [.. read]), name), options);
            try
            {
                RowAssert.Equal(read, again);
            }
            finally
            {
                again.ForEach(b => b.Dispose());
            }
        }
        finally
        {
            read.ForEach(b => b.Dispose());
        }
    }

    private async Task<List<RowBatch>> ReadAsync(MemoryFile file, CsvFormatOptions options)
    {
        var context = _csv.Context();
        var format = CsvFixture.Format(options, context, 64 << 10);
        var layout = await format.InspectAsync(file, null, long.MaxValue, CsvFixture.Stop);
        var table = new TableSchema(TablePath.Default, layout.Schema);
        var batches = new List<RowBatch>();
        await foreach (var decoded in _csv.DecodeAsync(format, context, new Seikan.Plugins.DecodeRequest(file, layout.Ranges[0], null, layout.Schema, table)))
        {
            batches.Add(decoded.Batch);
        }

        return batches;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Seikan.slnx")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
