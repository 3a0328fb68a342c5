using System.Globalization;
using Seikan.Core;
using Seikan.Formats.Parquet;
using Seikan.Testing;

namespace Seikan.Formats.Tests.Parquet;

/// <summary>DuckDB reads what we write, and we read what DuckDB writes.</summary>
public sealed class DuckDbJudgeTests
{
    private static readonly TableSchema Scalars = TestMemory.Table(
        ("b", DataType.Boolean), ("t", DataType.TinyInt), ("s", DataType.SmallInt), ("i", DataType.Int), ("l", DataType.BigInt), ("f", DataType.Float),
        ("d", DataType.Double), ("x", new DecimalType(38, 10)), ("y", DataType.String), ("z", DataType.Bytes), ("day", DataType.Date),
        ("time", DataType.Time), ("ts", DataType.Timestamp), ("ns", new TimestampType(9)));

    [Fact]
    public async Task DuckDB_reads_our_scalars()
    {
        await using var bench = new ParquetBench();
        using var batch = bench.Memory.Batch(
            Scalars,
            [
                true, (sbyte)-128, short.MinValue, int.MinValue, long.MinValue, 1.5f, -0.25, Digits("-12345678901234567890123456780000000000"), "Grüße 👩‍👩‍👧",
                new byte[] { 0, 255 }, -719_162, 1_500_000L, -62_135_596_800_000_000, -1L,
            ],
            [
                false, (sbyte)127, short.MaxValue, int.MaxValue, long.MaxValue, float.PositiveInfinity, double.MaxValue, Digits("1"), "", Array.Empty<byte>(),
                2_932_896, 86_399_999_999_000L, 253_402_300_799_999_999, 1_700_000_000_123_456_789,
            ],
            [null, null, null, null, null, null, null, null, null, null, null, null, null, null]);

        var path = await bench.WriteAsync(Scalars, batch);

        Assert.Equal(
            ["BOOLEAN | TINYINT | SMALLINT | INTEGER | BIGINT | FLOAT | DOUBLE | DECIMAL(38,10) | VARCHAR | BLOB | DATE | TIME_NS | TIMESTAMP | TIMESTAMP_NS"],
            ParquetBench.Query($"SELECT typeof(COLUMNS(*)) FROM '{path}' LIMIT 1"));
        Assert.Equal(
            [
                "true | -128 | -32768 | -2147483648 | -9223372036854775808 | 1.5 | -0.25 | -1234567890123456789012345678.0000000000 | Grüße 👩‍👩‍👧 | \\x00\\xFF | 0001-01-01 "
                + "| 00:00:00.0015 | 0001-01-01 00:00:00 | 1969-12-31 23:59:59.999999999",
                "false | 127 | 32767 | 2147483647 | 9223372036854775807 | inf | 1.7976931348623157e+308 | 0.0000000001 |  |  | 9999-12-31 | 23:59:59.999999 "
                + "| 9999-12-31 23:59:59.999999 | 2023-11-14 22:13:20.123456789",
                "NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL",
            ],
            ParquetBench.Query($"SELECT COLUMNS(*)::VARCHAR FROM '{path}'"));
    }

    [Fact]
    public async Task DuckDB_reads_our_nested_values()
    {
        await using var bench = new ParquetBench();
        var row = new RowType([new RowField("a", DataType.Int), new RowField("b", new ArrayType(DataType.String))]);
        var table = TestMemory.Table(
            ("list", new ArrayType(new ArrayType(DataType.Int))), ("map", new MapType(DataType.String, DataType.Double)), ("row", row),
            ("rows", new ArrayType(row)), ("vector", new VectorType(TypeKind.FloatVector, 2)), ("sparse", DataType.SparseFloatVector),
            ("tz", DataType.TimestampTz));
        using var batch = bench.Memory.Batch(
            table,
            [
                new object?[] { new object?[] { 1, null }, null, Array.Empty<object?>() }, new[] { new MapEntry("k", 1.5), new MapEntry("n", null) },
                new object?[] { 7, new object?[] { "x", null } }, new object?[] { new object?[] { 1, null }, null }, new byte[] { 0, 0, 128, 63, 0, 0, 0, 64 },
                new[] { new MapEntry(3, 0.5f) }, new OffsetTimestamp(3_600_000_000, 90),
            ],
            [null, null, null, null, null, null, null]);

        var path = await bench.WriteAsync(table, batch);

        Assert.Equal(
            [
                "[[1, NULL], NULL, []] | {k=1.5, n=NULL} | {'a': 7, 'b': [x, NULL]} | [{'a': 1, 'b': NULL}, NULL] | [1.0, 2.0] | {3=0.5} | 3600000000 | 90",
                "NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL",
            ],
            ParquetBench.Query(
                $"SELECT list::VARCHAR, map::VARCHAR, row::VARCHAR, rows::VARCHAR, vector::VARCHAR, sparse::VARCHAR, epoch_us(tz.timestamp), tz.offset_minutes FROM '{path}'"));
    }

    [Fact]
    public async Task We_read_what_DuckDB_writes()
    {
        await using var bench = new ParquetBench();
        var path = bench.PathOf();
        ParquetBench.Query($"""
            COPY (SELECT * FROM (VALUES
                (true, 1::TINYINT, 2::SMALLINT, 3::INT, 4::BIGINT, 255::UTINYINT, 65535::USMALLINT, 4294967295::UINTEGER, 18446744073709551615::UBIGINT, 1.5::FLOAT, 2.5::DOUBLE,
                 12.34::DECIMAL(4,2), -1234.567::DECIMAL(9,3), 12345678.9::DECIMAL(18,1), 0.5::DECIMAL(38,37), 'Ελλάδα', '\x00\xFF'::BLOB, DATE '0001-01-01', TIME '23:59:59.999999',
                 TIMESTAMP '9999-12-31 23:59:59.999999', TIMESTAMP_MS '2024-02-29 01:02:03.004', TIMESTAMP_S '2024-02-29 01:02:03', TIMESTAMP_NS '2024-02-29 01:02:03.000000004',
                 TIMESTAMPTZ '2024-02-29 01:02:03+01', [1, NULL, 3], [[1], NULL, []], MAP(['a', 'b'], [1, NULL]), struct_pack(x := 1, y := ['q']), NULL),
                (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)))
            TO '{path}' (FORMAT parquet)
            """);

        var types = (await bench.InspectAsync(path)).Schema.Select(c => c.Type.ToString());
        var lines = await bench.LinesAsync(path);

        Assert.Equal(
            [
                "boolean", "tinyint", "smallint", "int", "bigint", "smallint", "int", "bigint", "decimal(20, 0)", "float", "double", "decimal(4, 2)", "decimal(9, 3)",
                "decimal(18, 1)", "decimal(38, 37)", "string", "bytes", "date", "time", "timestamp", "timestamp(3)", "timestamp", "timestamp(9)", "timestamp_tz", "array<int>", "array<array<int>>",
                "map<string, int>", "{x = int, y = array<string>}", "int",
            ],
            types);
        Assert.Equal(
            [
                "+I true, 1, 2, 3, 4, 255, 65535, 4294967295, 18446744073709551615, 1.5, 2.5, 12.34, -1234.567, 12345678.9, 0.5000000000000000000000000000000000000, \"Ελλάδα\", x'00ff', "
                + "0001-01-01, 23:59:59.999999, 9999-12-31T23:59:59.999999, 2024-02-29T01:02:03.004, 2024-02-29T01:02:03, 2024-02-29T01:02:03.000000004, "
                + "2024-02-29T00:02:03+00:00, [1, null, 3], [[1], null, []], {\"a\": 1, \"b\": null}, (1, [\"q\"]), null",
                "+I " + string.Join(", ", Enumerable.Repeat("null", 29)),
            ],
            lines);
    }

    [Theory]
    [InlineData("snappy")]
    [InlineData("gzip")]
    [InlineData("zstd")]
    [InlineData("brotli")]
    [InlineData("lz4_raw")]
    [InlineData("uncompressed")]
    public async Task Many_row_groups_of_DuckDB_come_in_order(string codec)
    {
        await using var bench = new ParquetBench();
        var path = bench.PathOf();
        ParquetBench.Query(
            $"COPY (SELECT i::INT AS i, CASE WHEN i % 7 = 0 THEN NULL ELSE 'v' || (i % 100) END AS s FROM range(20000) t(i)) TO '{path}' (FORMAT parquet, ROW_GROUP_SIZE 2048, COMPRESSION {codec})");

        var lines = await bench.LinesAsync(path);

        Assert.Equal(Enumerable.Range(0, 20_000).Select(i => $"+I {i}, {(i % 7 == 0 ? "null" : $"\"v{i % 100}\"")}"), lines);
    }

    [Fact]
    public async Task Statistics_are_written()
    {
        await using var bench = new ParquetBench(new ParquetFormatOptions { RowGroupRows = 10 });
        var table = TestMemory.Table(("n", DataType.Int));
        using var batch = bench.Memory.Batch(table, [.. Enumerable.Range(0, 20).Select(i => new object?[] { i })]);

        var path = await bench.WriteAsync(table, batch);

        Assert.Equal(["0 | 9 | 0", "10 | 19 | 0"], ParquetBench.Query($"SELECT stats_min, stats_max, stats_null_count FROM parquet_metadata('{path}')"));
    }

    [Fact]
    public async Task Only_columns_whose_values_repeat_get_a_dictionary()
    {
        await using var bench = new ParquetBench();
        var table = TestMemory.Table(
            ("unique", DataType.String), ("repeated", DataType.String), ("id", DataType.BigInt), ("kind", DataType.Int), ("tags", new ArrayType(DataType.String)));
        using var batch = bench.Memory.Batch(
            table, [.. Enumerable.Range(0, 1000).Select(i => new object?[] { $"u{i}", $"r{i % 5}", (long)i, i % 3, new object?[] { "x", "y" } })]);

        var path = await bench.WriteAsync(table, batch);

        Assert.Equal(
            ["unique | false", "repeated | true", "id | false", "kind | true", "tags, list, element | true"],
            ParquetBench.Query($"SELECT path_in_schema, encodings LIKE '%DICTIONARY%' FROM parquet_metadata('{path}')").Select(l => l.Replace("True", "true", StringComparison.Ordinal).Replace("False", "false", StringComparison.Ordinal)));
        Assert.Equal(["1000 | 5 | 3"], ParquetBench.Query($"SELECT count(DISTINCT \"unique\"), count(DISTINCT repeated), count(DISTINCT kind) FROM '{path}'"));
    }

    private static Int128 Digits(string text) => Int128.Parse(text, CultureInfo.InvariantCulture);
}
