using ParquetSharp;
using ParquetSharp.Schema;
using Seikan.Core;
using Seikan.Testing;

namespace Seikan.Formats.Tests.Parquet;

/// <summary>Forms that current writers no longer make, written by ParquetSharp's row API.</summary>
public sealed class LegacyFileTests
{
    [Fact]
    public async Task Int96_timestamps_are_read()
    {
        await using var bench = new ParquetBench();
        using var int96 = new PrimitiveNode("t", Repetition.Optional, LogicalType.None(), PhysicalType.Int96);
        using var root = new GroupNode("schema", Repetition.Required, [int96]);

        // 2024-02-29 is Julian day 2,460,370; 1815-06-18 and 3000-01-01 lie outside of what nanoseconds reach.
        Write(bench.PathOf(), root, group =>
        {
            using var column = (ColumnWriter<Int96>)group.NextColumn();
            column.WriteBatch(4, [1, 0, 1, 1], null, [Moment(1_500_000_000, 2_460_370), Moment(0, 2_384_143), Moment(0, 2_816_788)]);
        });

        Assert.Equal(["+I 2024-02-29T00:00:01.5", "+I null", "+I 1815-06-18T00:00:00", "+I 3000-01-01T00:00:00"], await bench.LinesAsync(bench.PathOf()));
    }

    [Fact]
    public async Task Legacy_lists_of_two_levels_are_read()
    {
        await using var bench = new ParquetBench();
        using var element = new PrimitiveNode("element", Repetition.Repeated, LogicalType.None(), PhysicalType.Int32);
        using var list = new GroupNode("numbers", Repetition.Optional, [element], LogicalType.List());
        using var root = new GroupNode("schema", Repetition.Required, [list]);
        Write(bench.PathOf(), root, group =>
        {
            using var column = (ColumnWriter<int>)group.NextColumn();
            column.WriteBatch(4, [2, 2, 0, 1], [0, 1, 0, 0], [1, 2]);
        });

        Assert.Equal(["+I [1, 2]", "+I null", "+I []"], await bench.LinesAsync(bench.PathOf()));
    }

    [Fact]
    public async Task Lists_named_as_upstream_names_them_are_read()
    {
        await using var bench = new ParquetBench();
        using var element = new PrimitiveNode("array_element", Repetition.Optional, LogicalType.None(), PhysicalType.Int32);
        using var bag = new GroupNode("bag", Repetition.Repeated, [element]);
        using var list = new GroupNode("numbers", Repetition.Optional, [bag], LogicalType.List());
        using var root = new GroupNode("schema", Repetition.Required, [list]);
        Write(bench.PathOf(), root, group =>
        {
            using var column = (ColumnWriter<int>)group.NextColumn();
            column.WriteBatch(3, [3, 2, 0], [0, 1, 0], [1]);
        });

        Assert.Equal(["+I [1, null]", "+I null"], await bench.LinesAsync(bench.PathOf()));
    }

    [Fact]
    public async Task A_map_whose_keys_may_be_null_is_refused_in_the_readers_words()
    {
        await using var bench = new ParquetBench();
        using var key = new PrimitiveNode("key", Repetition.Optional, LogicalType.None(), PhysicalType.Int32);
        using var value = new PrimitiveNode("value", Repetition.Optional, LogicalType.None(), PhysicalType.Int32);
        using var entry = new GroupNode("key_value", Repetition.Repeated, [key, value]);
        using var map = new GroupNode("m", Repetition.Optional, [entry], LogicalType.Map());
        using var root = new GroupNode("schema", Repetition.Required, [map]);
        Write(bench.PathOf(), root, group =>
        {
            using (var keys = (ColumnWriter<int>)group.NextColumn())
            {
                keys.WriteBatch(2, [3, 2], [0, 1], [1]);
            }

            using var values = (ColumnWriter<int>)group.NextColumn();
            values.WriteBatch(2, [3, 3], [0, 1], [10, 20]);
        });

        var error = await Assert.ThrowsAsync<SeikanException>(() => bench.ReadAsync(bench.PathOf()));

        Assert.Equal("cannot read \"t.parquet\" as Parquet: Map keys must be annotated as required", error.Diagnostics[0].Message);
    }

    [Fact]
    public async Task Every_annotation_of_a_time_is_read()
    {
        await using var bench = new ParquetBench();
        using (var file = new ParquetFileWriter(
            bench.PathOf(),
            [
                new Column<TimeSpan>("millis", LogicalType.Time(false, ParquetSharp.TimeUnit.Millis)), new Column<TimeSpan>("micros", LogicalType.Time(false, ParquetSharp.TimeUnit.Micros)),
                new Column<DateTime>("at", LogicalType.Timestamp(false, ParquetSharp.TimeUnit.Millis)), new Column<DateTime>("utc", LogicalType.Timestamp(true, ParquetSharp.TimeUnit.Micros)),
            ]))
        {
            using var group = file.AppendRowGroup();
            Add(group, TimeSpan.FromMilliseconds(1500));
            Add(group, TimeSpan.FromMicroseconds(1500));
            Add(group, new DateTime(2024, 2, 29, 1, 2, 3, 4));
            Add(group, new DateTime(2024, 2, 29, 1, 2, 3, 4, DateTimeKind.Utc));
            file.Close();
        }

        Assert.Equal(["+I 00:00:01.5, 00:00:00.0015, 2024-02-29T01:02:03.004, 2024-02-29T01:02:03.004+00:00"], await bench.LinesAsync(bench.PathOf()));
    }

    [Fact]
    public async Task The_row_reader_sees_wide_decimals_and_offsets_that_DuckDB_cannot()
    {
        await using var bench = new ParquetBench();
        var table = TestMemory.Table(("wide", new DecimalType(76, 0)), ("bits", new VectorType(TypeKind.BinaryVector, 16)), ("tz", DataType.TimestampTz));
        using var batch = bench.Memory.Batch(
            table, [System.Numerics.BigInteger.Pow(10, 75), new byte[] { 1, 2 }, new OffsetTimestamp(5, -60)], [System.Numerics.BigInteger.MinusOne, null, null]);
        var path = await bench.WriteAsync(table, batch);

        using var file = new ParquetFileReader(path);
        using var group = file.RowGroup(0);
        using var wide = group.Column(0);
        using var bits = group.Column(1);
        using var utc = group.Column(2);
        using var offset = group.Column(3);

        Assert.Equal((PhysicalType.FixedLenByteArray, 32), (wide.ColumnDescriptor.PhysicalType, wide.ColumnDescriptor.TypeLength));
        Assert.IsType<DecimalLogicalType>(wide.ColumnDescriptor.LogicalType);
        Assert.Equal((PhysicalType.FixedLenByteArray, 2), (bits.ColumnDescriptor.PhysicalType, bits.ColumnDescriptor.TypeLength));
        Assert.Equal((5L, 1L), First<long>(utc));
        Assert.Equal((-60, 1L), First<int>(offset));
        var values = new FixedLenByteArray[2];
        ((ColumnReader<FixedLenByteArray>)wide).ReadBatch(2, new short[2], new short[2], values, out _);
        Assert.Equal(System.Numerics.BigInteger.Pow(10, 75), Big(values[0]));
        Assert.Equal(System.Numerics.BigInteger.MinusOne, Big(values[1]));
    }

    private static System.Numerics.BigInteger Big(FixedLenByteArray value)
    {
        var bytes = new byte[32];
        System.Runtime.InteropServices.Marshal.Copy(value.Pointer, bytes, 0, bytes.Length);
        return new(bytes, isUnsigned: false, isBigEndian: true);
    }

    private static (T Value, long Read) First<T>(ColumnReader column)
        where T : unmanaged
    {
        var values = new T[2];
        ((ColumnReader<T>)column).ReadBatch(2, new short[2], new short[2], values, out var read);
        return (values[0], read);
    }

    private static void Add<T>(RowGroupWriter group, T value)
    {
        using var column = group.NextColumn().LogicalWriter<T>();
        column.WriteBatch([value]);
    }

    private static void Write(string path, GroupNode root, Action<RowGroupWriter> write)
    {
        using var builder = new WriterPropertiesBuilder();
        using var properties = builder.Build();
        using var file = new ParquetFileWriter(path, root, properties);
        using (var group = file.AppendRowGroup())
        {
            write(group);
        }

        file.Close();
    }

    private static Int96 Moment(long nanosecondsOfDay, int julianDay) => new((int)nanosecondsOfDay, (int)(nanosecondsOfDay >> 32), julianDay);
}
