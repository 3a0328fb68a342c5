using System.Collections.Immutable;
using Seikan.Core;
using Seikan.Testing;

namespace Seikan.Arrow.Tests;

public sealed class ColumnCastTests
{
    public static TheoryData<DataType, object, DataType, object> Fitting => new()
    {
        { DataType.TinyInt, (sbyte)-5, DataType.BigInt, -5L },
        { DataType.BigInt, 127L, DataType.TinyInt, (sbyte)127 },
        { DataType.Int, 70_000, new DecimalType(7, 2), (Int128)7_000_000 },
        { DataType.Int, 3, DataType.Double, 3.0 },
        { DataType.SmallInt, (short)3, DataType.Float, 3f },
        { DataType.Float, 1.5f, DataType.Double, 1.5 },
        { new DecimalType(5, 1), (Int128)(-123), new DecimalType(10, 3), (Int128)(-12_300) },
        { new DecimalType(20, 0), (Int128)42, DataType.BigInt, 42L },
        { new TimestampType(6), 5L, new TimestampType(9), 5_000L },
        { new TimestampType(9), 5_000L, new TimestampType(6), 5L },
        { DataType.Date, 2, new TimestampType(6), 172_800_000_000L },
        { DataType.TimestampTz, new OffsetTimestamp(77, 0), new TimestampType(6), 77L },
        { DataType.Bytes, "Grüße"u8.ToArray(), DataType.String, "Grüße" },
        { DataType.String, "ab", DataType.Bytes, "ab"u8.ToArray() },
        { new ArrayType(DataType.Int), new object?[] { 1, null }, new ArrayType(DataType.BigInt), new object?[] { 1L, null } },
        { new ArrayType(DataType.Float), new object?[] { 1f, 2f }, new VectorType(TypeKind.FloatVector, 2), new byte[] { 0, 0, 128, 63, 0, 0, 0, 64 } },
        { DataType.Bytes, new byte[] { 1, 2 }, new VectorType(TypeKind.BinaryVector, 16), new byte[] { 1, 2 } },
        { Row(("a", DataType.Int), ("b", DataType.String)), new object?[] { 1, "x" }, Row(("b", DataType.String), ("a", DataType.BigInt)), new object?[] { "x", 1L } },
    };

    public static TheoryData<DataType, object, DataType, string> Refused => new()
    {
        { DataType.BigInt, 128L, DataType.TinyInt, "128 does not fit tinyint" },
        { DataType.Int, 123_456, new DecimalType(5, 0), "123456 has too many digits" },
        { new TimestampType(6), long.MaxValue / 100, new TimestampType(9), "1677 to 2262" },
        { new TimestampType(9), 5_001L, new TimestampType(6), "5001 has parts of a microsecond" },
        { DataType.TimestampTz, new OffsetTimestamp(77, 60), new TimestampType(6), "offset of 60 minutes" },
        { DataType.Bytes, new byte[] { 0xFF }, DataType.String, "is not UTF-8 text" },
        { new ArrayType(DataType.Float), new object?[] { 1f }, new VectorType(TypeKind.FloatVector, 2), "not 2 numbers" },
        { DataType.Bytes, new byte[] { 1 }, new VectorType(TypeKind.BinaryVector, 16), "has 1 bytes, not 2" },
        { new DecimalType(20, 0), (Int128)long.MaxValue + 1, DataType.BigInt, "does not fit bigint" },
    };

    [Theory]
    [MemberData(nameof(Fitting))]
    public void Values_that_fit_are_kept(DataType from, object value, DataType to, object expected)
    {
        using var memory = new TestMemory();
        Assert.True(ColumnCast.Exists(from, to));

        using var result = Cast(memory, from, to, value, null);

        using var wanted = Batch(memory, to, expected, null);
        RowAssert.Equal(wanted, result);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Values_that_would_change_are_refused(DataType from, object value, DataType to, string reason)
    {
        using var memory = new TestMemory();
        Assert.True(ColumnCast.Exists(from, to));

        var failure = Assert.Throws<CastFailureException>(() => Cast(memory, from, to, null, value));

        Assert.Equal(1, failure.Row);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_decimal_above_38_digits_takes_a_narrow_one_at_another_scale()
    {
        using var memory = new TestMemory();
        var to = new DecimalType(76, 38);
        using var one = Cast(memory, new DecimalType(38, 0), to, Int128.Parse("-99999999999999999999999999999999999999"), (Int128)0);

        RowAssert.Holds(one, "+I -99999999999999999999999999999999999999.00000000000000000000000000000000000000", "+I 0.00000000000000000000000000000000000000");
    }

    [Fact]
    public void Types_that_lose_digits_have_no_way()
    {
        Assert.False(ColumnCast.Exists(DataType.Double, DataType.Float));
        Assert.False(ColumnCast.Exists(DataType.BigInt, DataType.Double));
        Assert.False(ColumnCast.Exists(new DecimalType(10, 3), new DecimalType(10, 2)));
        Assert.False(ColumnCast.Exists(DataType.String, DataType.Int));
        Assert.False(ColumnCast.Exists(DataType.Timestamp, DataType.TimestampTz));
        Assert.False(ColumnCast.Exists(new ArrayType(DataType.String), new ArrayType(DataType.Int)));
    }

    private static RowType Row(params (string Name, DataType Type)[] fields) => new([.. fields.Select(f => new RowField(f.Name, f.Type))]);

    private static RowBatch Batch(TestMemory memory, DataType type, params object?[] values) =>
        memory.Batch(TestMemory.Table(("a", type)), [.. values.Select(v => new[] { v })]);

    private static RowBatch Cast(TestMemory memory, DataType from, DataType to, params object?[] values)
    {
        using var source = Batch(memory, from, values);
        var column = ColumnCast.Cast(source[0].Retain(), from, to, memory.Pool);
        return RowBatch.Create(TestMemory.Table(("a", to)), ImmutableArray.Create(column), values.Length);
    }
}
