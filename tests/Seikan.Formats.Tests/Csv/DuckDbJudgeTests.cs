using System.Globalization;
using DuckDB.NET.Data;
using Seikan.Core;
using Seikan.Formats.Csv;
using Seikan.Testing;

namespace Seikan.Formats.Tests.Csv;

/// <summary>DuckDB reads what we write, and we read what DuckDB writes.</summary>
public sealed class DuckDbJudgeTests : IDisposable
{
    private const string DuckColumns =
        "{'b': 'BOOLEAN', 'i': 'INTEGER', 'l': 'BIGINT', 'd': 'DOUBLE', 'n': 'DECIMAL(38,10)', 's': 'VARCHAR', 'day': 'DATE', 'ts': 'TIMESTAMP'}";

    private const string DuckRows =
        "SELECT b, i, l, d::VARCHAR, n::VARCHAR, s, day::VARCHAR, ts::VARCHAR FROM ";

    private static readonly TableSchema Table = TestMemory.Table(
        ("b", DataType.Boolean), ("i", DataType.Int), ("l", DataType.BigInt), ("d", DataType.Double), ("n", new DecimalType(38, 10)), ("s", DataType.String),
        ("day", DataType.Date), ("ts", DataType.Timestamp));

    private readonly CsvFixture _csv = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("seikan-csv-");

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _csv.Dispose();
    }

    [Fact]
    public async Task DuckDB_reads_our_rows()
    {
        using var batch = Rows();
        var path = Path.Combine(_folder.FullName, "ours.csv");
        await File.WriteAllBytesAsync(path, await _csv.WriteAsync(new CsvFormatOptions { EnableHeaderWrite = true }, Table, batch), CsvFixture.Stop);

        var rows = Query($"{DuckRows} read_csv('{path}', header = true, columns = {DuckColumns}, nullstr = '', allow_quoted_nulls = false)");

        Assert.Equal(
            [
                "True|-2147483648|-9223372036854775808|-0.25|-1234567890123456789012345678.0000000000|Grüße, \"x\"\n👩‍👩‍👧|0001-01-01|0001-01-01 00:00:00",
                "False|2147483647|9223372036854775807|1.7976931348623157e+308|0.0000000001||9999-12-31|9999-12-31 23:59:59.999999",
                "NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL",
                "True|0|0|1e-07|0.0000000000| blank |1970-01-01|1969-12-31 23:59:59.5",
            ],
            rows);
    }

    [Theory]
    [InlineData("")]
    [InlineData(", DELIMITER '|', QUOTE '''', ESCAPE ''''")]
    [InlineData(", DELIMITER '\t', FORCE_QUOTE *")]
    [InlineData(", DATEFORMAT '%d.%m.%Y', NULLSTR '\\N', FORCE_QUOTE (s)")]
    public async Task We_read_the_rows_of_DuckDB(string dialect)
    {
        using var batch = Rows();
        var (ours, theirs) = (Path.Combine(_folder.FullName, "ours.csv"), Path.Combine(_folder.FullName, "theirs.csv"));
        await File.WriteAllBytesAsync(ours, await _csv.WriteAsync(new CsvFormatOptions(), Table, batch), CsvFixture.Stop);
        Query($"COPY (SELECT * FROM read_csv('{ours}', header = false, columns = {DuckColumns}, nullstr = '', allow_quoted_nulls = false)) TO '{theirs}' (FORMAT csv, HEADER true{dialect})");
        var options = new CsvFormatOptions
        {
            UseHeaderLine = true,
            FieldDelimiter = dialect.Contains('|', StringComparison.Ordinal) ? "|" : dialect.Contains('\t', StringComparison.Ordinal) ? "\\t" : ",",
            QuoteChar = dialect.Contains("QUOTE ''''", StringComparison.Ordinal) ? "'" : "\"",
            DateFormat = dialect.Contains("DATEFORMAT", StringComparison.Ordinal) ? "dd.MM.yyyy" : null,
            NullFormat = dialect.Contains("NULLSTR", StringComparison.Ordinal) ? "\\N" : null,
        };

        var rows = await _csv.ReadAsync(new MemoryFile(await File.ReadAllBytesAsync(theirs, CsvFixture.Stop), theirs), options, Table);

        Assert.Equal(CsvFixture.Rows(batch), rows);
    }

    private RowBatch Rows() => _csv.Memory.Batch(
        Table,
        [true, int.MinValue, long.MinValue, -0.25, Int128.Parse("-12345678901234567890123456780000000000", CultureInfo.InvariantCulture), "Grüße, \"x\"\n👩‍👩‍👧", -719_162, -62_135_596_800_000_000],
        [false, int.MaxValue, long.MaxValue, double.MaxValue, (Int128)1, "", 2_932_896, 253_402_300_799_999_999],
        [null, null, null, null, null, null, null, null],
        [true, 0, 0L, 1e-7, (Int128)0, " blank ", 0, -500_000L]);

    private static List<string> Query(string sql)
    {
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join("|", Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "NULL" : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))));
        }

        return rows;
    }
}
