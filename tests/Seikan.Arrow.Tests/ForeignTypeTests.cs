using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Types;
using Seikan.Core;
using Seikan.Testing;
using TimestampType = Seikan.Core.TimestampType;

namespace Seikan.Arrow.Tests;

/// <summary>Arrow types that our columns do not have: each becomes the nearest type that loses nothing.</summary>
public sealed class ForeignTypeTests
{
    private static readonly DateTimeOffset Moment = new(2024, 2, 29, 12, 30, 15, TimeSpan.Zero);

    [Fact]
    public void Unsigned_integers_become_wider_signed_ones()
    {
        Check(new UInt8Array.Builder().Append(255).AppendNull().Build(), DataType.SmallInt, (short)255, null);
        Check(new UInt16Array.Builder().Append(65535).AppendNull().Build(), DataType.Int, 65535, null);
        Check(new UInt32Array.Builder().Append(uint.MaxValue).AppendNull().Build(), DataType.BigInt, (long)uint.MaxValue, null);
        Check(new UInt64Array.Builder().Append(ulong.MaxValue).AppendNull().Build(), new DecimalType(20, 0), Digits("18446744073709551615"), null);
    }

    [Fact]
    public void Half_floats_become_floats() => Check(new HalfFloatArray.Builder().Append((Half)1.5f).AppendNull().Build(), DataType.Float, 1.5f, null);

    [Fact]
    public void Dates_in_milliseconds_become_dates() =>
        Check(new Date64Array.Builder().Append(new DateTime(1969, 12, 31)).AppendNull().Build(), DataType.Date, -1, null);

    [Fact]
    public void Times_of_every_unit_become_nanoseconds()
    {
        Check(new Time32Array.Builder(TimeUnit.Second).Append(3).AppendNull().Build(), DataType.Time, 3_000_000_000L, null);
        Check(new Time32Array.Builder(TimeUnit.Millisecond).Append(3).AppendNull().Build(), DataType.Time, 3_000_000L, null);
        Check(new Time64Array.Builder(TimeUnit.Microsecond).Append(3).AppendNull().Build(), DataType.Time, 3_000L, null);
        Check(new Time64Array.Builder(TimeUnit.Nanosecond).Append(3).AppendNull().Build(), DataType.Time, 3L, null);
    }

    [Theory]
    [InlineData(TimeUnit.Second, 0, 1)]
    [InlineData(TimeUnit.Millisecond, 3, 1)]
    [InlineData(TimeUnit.Microsecond, 6, 1)]
    [InlineData(TimeUnit.Nanosecond, 9, 1000)]
    public void Timestamps_keep_their_scale(TimeUnit unit, int scale, long factor) => Check(
        new TimestampArray.Builder(unit, (string?)null).Append(Moment).AppendNull().Build(), new TimestampType(scale),
        (Moment - DateTimeOffset.UnixEpoch).Ticks / 10 * factor, null);

    [Theory]
    [InlineData(TimeUnit.Second)]
    [InlineData(TimeUnit.Millisecond)]
    [InlineData(TimeUnit.Microsecond)]
    [InlineData(TimeUnit.Nanosecond)]
    public void Timestamps_with_a_zone_become_instants(TimeUnit unit) => Check(
        new TimestampArray.Builder(unit, "Europe/Berlin").Append(Moment).AppendNull().Build(), DataType.TimestampTz,
        new OffsetTimestamp((Moment - DateTimeOffset.UnixEpoch).Ticks / 10, 0), null);

    [Fact]
    public void Decimals_of_every_width_keep_their_digits()
    {
        Check(new Decimal32Array.Builder(new Decimal32Type(9, 2)).Append(-1234567.89m).AppendNull().Build(), new DecimalType(9, 2), Digits("-123456789"), null);
        Check(new Decimal64Array.Builder(new Decimal64Type(18, 2)).Append(12.34m).AppendNull().Build(), new DecimalType(18, 2), Digits("1234"), null);
        Check(new Decimal128Array.Builder(new Decimal128Type(38, 2)).Append(12.34m).AppendNull().Build(), new DecimalType(38, 2), Digits("1234"), null);
        Check(new Decimal256Array.Builder(new Decimal256Type(20, 2)).Append(-12.34m).AppendNull().Build(), new DecimalType(20, 2), Digits("-1234"), null);
    }

    [Fact]
    public void Text_and_bytes_of_every_layout_are_read()
    {
        var text = new StringViewArray.Builder();
        text.Append("short");
        text.AppendNull();
        text.Append("longer than twelve bytes");
        Check(text.Build(), DataType.String, "short", null, "longer than twelve bytes");

        var bytes = new BinaryViewArray.Builder();
        bytes.Append(new byte[] { 1, 2 }.AsSpan());
        bytes.AppendNull();
        Check(bytes.Build(), DataType.Bytes, new byte[] { 1, 2 }, null);

        var large = new LargeStringArray(
            2, new ArrowBuffer(Longs(0, 3, 5)), new ArrowBuffer("abcde"u8.ToArray()), ArrowBuffer.Empty);
        Check(large, DataType.String, "abc", "de");

        var fixedBytes = new Apache.Arrow.Arrays.FixedSizeBinaryArray(new ArrayData(
            new FixedSizeBinaryType(2), 2, 0, 0, [ArrowBuffer.Empty, new ArrowBuffer(new byte[] { 1, 2, 3, 4 })]));
        Check(fixedBytes, DataType.Bytes, new byte[] { 1, 2 }, new byte[] { 3, 4 });
    }

    [Fact]
    public void Dictionaries_are_resolved()
    {
        var words = new StringArray.Builder().Append("red").Append("green").Build();
        var indices = new Int8Array.Builder().Append(1).AppendNull().Append(0).Append(1).Build();

        Check(new DictionaryArray(new DictionaryType(Int8Type.Default, StringType.Default, false), indices, words), DataType.String,
            "green", null, "red", "green");
    }

    [Fact]
    public void Large_and_fixed_lists_become_arrays()
    {
        var large = new LargeListArray(new LargeListType(Int32Type.Default), 2, new ArrowBuffer(Longs(0, 3, 4)), Numbers(), ArrowBuffer.Empty);
        Check(large, new ArrayType(DataType.Int), new object?[] { 1, 2, 3 }, new object?[] { 4 });

        var pairs = new FixedSizeListArray(new FixedSizeListType(Int32Type.Default, 2), 2, Numbers(), ArrowBuffer.Empty);
        Check(pairs, new ArrayType(DataType.Int), new object?[] { 1, 2 }, new object?[] { 3, 4 });
    }

    [Fact]
    public void A_zoned_time_finer_than_a_microsecond_is_refused()
    {
        using var memory = new TestMemory();
        var data = new ArrayData(
            new Apache.Arrow.Types.TimestampType(TimeUnit.Nanosecond, "UTC"), 1, 0, 0, [ArrowBuffer.Empty, new ArrowBuffer(Longs(1_000_001))]);
        var record = new RecordBatch.Builder().Append("t", false, new TimestampArray(data)).Build();

        var error = Assert.Throws<SeikanException>(
            () => ArrowBridge.FromRecordBatch(record, TestMemory.Table(("t", DataType.TimestampTz)), memory.Pool));

        Assert.Equal(ArrowErrors.ValueDoesNotFit, error.Diagnostics[0].Code);
    }

    private static Int32Array Numbers() => new Int32Array.Builder().AppendRange([1, 2, 3, 4]).Build();

    private static Int128 Digits(string text) => Int128.Parse(text, CultureInfo.InvariantCulture);

    private static byte[] Longs(params long[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    private static void Check(IArrowArray array, DataType type, params object?[] values)
    {
        using var memory = new TestMemory();
        var record = new RecordBatch.Builder().Append("v", true, array).Build();
        var table = TestMemory.Table(("v", type));
        Assert.Equal(type, ArrowBridge.FromSchema(record.Schema)[0].Type);
        using var expected = memory.Batch(table, [.. values.Select(v => new[] { v })]);

        using var rows = new ArrowRows(record);
        using var all = rows.Take(0, values.Length, table, memory.Pool);
        using var tail = rows.Take(1, values.Length - 1, table, memory.Pool);

        RowAssert.Equal(expected, all);
        using var expectedTail = memory.Batch(table, [.. values.Skip(1).Select(v => new[] { v })]);
        RowAssert.Equal(expectedTail, tail);
    }
}
