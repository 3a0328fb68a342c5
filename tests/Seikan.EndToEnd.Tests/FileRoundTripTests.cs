namespace Seikan.EndToEnd.Tests;

/// <summary>Real files through CSV and Parquet and back, judged by DuckDB.</summary>
[Collection(ProductGroup.Name)]
public sealed class FileRoundTripTests
{
    private static readonly string Data = Path.Combine(Product.Root, "examples/data");

    [Theory]
    [InlineData("airports.csv", ",")]
    [InlineData("weather.csv", ",")]
    [InlineData("zipcodes.csv", ",")]
    [InlineData("unemployment.tsv", "\\t")]
    public async Task A_real_file_goes_through_parquet_and_back_unchanged(string file, string delimiter)
    {
        using var folder = new TemporaryFolder();
        await RunAsync(folder, "to-parquet", Source(Path.Combine(Data, file), $"csv, csv_use_header_line = true, field_delimiter = \"{delimiter}\""), Sink("parquet", "parquet"));
        await RunAsync(folder, "to-csv", Source("parquet", "parquet"), Sink("csv", "csv, enable_header_write = true"));

        var original = $"SELECT * FROM read_csv('{Path.Combine(Data, file)}', header = true)";
        Assert.Equal(0, DuckDb.Differences(original, $"SELECT * FROM read_csv('{folder["csv"]}/*.csv', header = true)"));
        Assert.Equal(DuckDb.Scalar($"SELECT count(*) FROM ({original})"), DuckDb.Scalar($"SELECT count(*) FROM read_parquet('{folder["parquet"]}/*.parquet')"));
    }

    [Fact]
    public async Task A_parquet_file_goes_through_csv_and_back_unchanged()
    {
        using var folder = new TemporaryFolder();
        DuckDb.Execute($"""
            COPY (SELECT i AS id, CASE WHEN i % 7 = 0 THEN NULL ELSE i * 1.5 END::DOUBLE AS x, (i * 12345 % 100000)::DECIMAL(12, 2) / 4 AS d,
                         DATE '1990-01-01' + i::INT AS day, TIMESTAMP '2001-02-03 04:05:06.789' + to_seconds(i) AS moment,
                         CASE i % 5 WHEN 0 THEN '' WHEN 1 THEN NULL WHEN 2 THEN 'a,"b"' WHEN 3 THEN E'line\nbreak' ELSE 'żółw ' || i END AS s, i % 2 = 0 AS even
                  FROM range(50000) t(i)) TO '{folder["in.parquet"]}' (FORMAT parquet, ROW_GROUP_SIZE 20000)
            """);
        await RunAsync(folder, "to-csv", Source("in.parquet", "parquet"), Sink("csv", "csv, enable_header_write = true"));
        await RunAsync(
            folder, "to-parquet",
            Source("csv", "csv, csv_use_header_line = true, schema { fields { id = bigint, x = double, d = \"decimal(18,6)\", day = date, moment = timestamp, s = string, even = boolean } }"),
            Sink("out", "parquet"));

        Assert.Equal(
            0,
            DuckDb.Differences(
                $"SELECT id, x, d::DECIMAL(18, 6), day, moment, s, even FROM read_parquet('{folder["in.parquet"]}')",
                $"SELECT id, x, d, day, moment, s, even FROM read_parquet('{folder["out"]}/*.parquet')"));
    }

    private static string Source(string path, string format) => $"LocalFile {{ path = \"{path}\", file_format_type = {format} }}";

    private static string Sink(string path, string format) => $"LocalFile {{ path = \"{path}\", file_format_type = {format} }}";

    private static async Task RunAsync(TemporaryFolder folder, string name, string source, string sink)
    {
        await File.WriteAllTextAsync(folder[name + ".conf"], $"env {{ }}\nsource {{\n  {source}\n}}\nsink {{\n  {sink}\n}}\n");
        var outcome = await Product.RunAsync(folder.Path, ["run", name + ".conf"]);
        Assert.True(outcome.ExitCode == 0, outcome.All);
    }
}
