using System.Buffers;
using System.Text;
using CsCheck;
using Seikan.Testing;

namespace Seikan.Core.Tests.Text;

public sealed class ValueTextTests : IDisposable
{
    private static readonly DataType Nested = TypeParser.Parse("{id = int, tags = array<string>, sums = map<string, decimal(10, 2)>, day = date}");

    private readonly TestMemory _memory = new();

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void Every_value_of_every_type_reads_back_from_its_text() => BatchGenerator.Rows(maxRows: 20).Sample(
        rows =>
        {
            using var batch = rows.Build(_memory);
            for (var c = 0; c < batch.Schema.Columns.Length; c++)
            {
                var type = batch.Schema.Columns[c].Type;
                for (var row = 0; row < batch.RowCount; row++)
                {
                    var value = TestValue.Read(batch[c], type, row);
                    var text = Write(type, batch[c], row);
                    if (value is null)
                    {
                        Assert.Equal("", text);
                        continue;
                    }

                    Assert.True(TryRead(type, text, out var back), $"{type}: {text}");

                    // Which of the many NaN bit patterns it was, a text does not tell.
                    Assert.True(TestValue.Same(value, back) || (text.Contains("NaN", StringComparison.Ordinal) && text == TextOf(type, back)), $"{type}: {text}");
                }
            }
        },
        iter: 2_000,
        threads: 1);

    [Theory]
    [InlineData("double", 1d, "1")]
    [InlineData("double", 0.1, "0.1")]
    [InlineData("double", -0.0, "-0")]
    [InlineData("double", 1e300, "1E+300")]
    [InlineData("double", double.NaN, "NaN")]
    [InlineData("double", double.NegativeInfinity, "-Infinity")]
    [InlineData("float", 0.1f, "0.1")]
    [InlineData("float", float.PositiveInfinity, "Infinity")]
    [InlineData("boolean", true, "true")]
    [InlineData("string", "a\"b\n日", "a\"b\n日")]
    [InlineData("bytes", new byte[] { 0, 255, 16 }, "AP8Q")]
    [InlineData("tinyint", -128, "-128")]
    public void Values_have_one_plain_text(string type, object value, string expected) => Assert.Equal(expected, TextOf(TypeParser.Parse(type), value));

    [Fact]
    public void Nested_values_and_vectors_are_json()
    {
        Assert.Equal(
            "{\"id\":7,\"tags\":[\"a\\\"b\",null,\"日\"],\"sums\":{\"x\":1.50},\"day\":\"2024-05-06\"}",
            TextOf(Nested, new object?[] { 7, new object?[] { "a\"b", null, "日" }, new[] { new MapEntry("x", new System.Numerics.BigInteger(150)) }, new DateOnly(2024, 5, 6) }));
        Assert.Equal("[\"NaN\",1.5,\"-Infinity\"]", TextOf(new ArrayType(DataType.Double), new object?[] { double.NaN, 1.5, double.NegativeInfinity }));
        Assert.Equal("[1.5,-2]", TextOf(new VectorType(TypeKind.FloatVector, 2), Floats(1.5f, -2)));
        Assert.Equal("[255,1]", TextOf(new VectorType(TypeKind.BinaryVector, 16), new byte[] { 255, 1 }));
        Assert.Equal("{\"3\":0.5}", TextOf(DataType.SparseFloatVector, new[] { new MapEntry(3, 0.5f) }));
    }

    [Theory]
    [InlineData(TypeKind.BFloat16Vector, "[1.00390625,1.01171875,0.1]", "[1,1.015625,0.100097656]")]
    [InlineData(TypeKind.Float16Vector, "[65519,0.1,-0]", "[65504,0.099975586,-0]")]
    public void Elements_of_short_floats_are_rounded_to_the_nearest(TypeKind kind, string text, string expected)
    {
        var type = new VectorType(kind, 3);
        Assert.True(TryRead(type, text, out var value));
        Assert.Equal(expected, TextOf(type, value));
    }

    [Theory]
    [InlineData("{\"day\":\"2024/05/06\",\"id\":\"7\",\"more\":{\"x\":[1]},\"sums\":{}}")]
    [InlineData(" [7, null, {}, \"2024-05-06\"] ")]
    public void Rows_are_read_by_name_in_any_order_or_by_position(string json)
    {
        Assert.True(TryRead(Nested, json, out var value));
        var fields = Assert.IsType<object?[]>(value);
        Assert.Equal(7, fields[0]);
        Assert.Null(fields[1]);
        Assert.True(TestValue.Same(new DateOnly(2024, 5, 6).DayNumber - new DateOnly(1970, 1, 1).DayNumber, fields[3]));
    }

    [Theory]
    [InlineData("tinyint", "128")]
    [InlineData("smallint", "-32769")]
    [InlineData("int", "2147483648")]
    [InlineData("int", "1.0")]
    [InlineData("bigint", "9223372036854775808")]
    [InlineData("boolean", "yes")]
    [InlineData("bytes", "not base64!")]
    [InlineData("bytes", "AAA")]
    [InlineData("date", "2024-02-30")]
    [InlineData("timestamp", "2024-02-03 00:00:00Z")]
    [InlineData("decimal(5,2)", "1.005")]
    [InlineData("\"null\"", "null")]
    [InlineData("array<int>", "[1,2,\"x\"]")]
    [InlineData("array<int>", "[1,2")]
    [InlineData("array<int>", "[1,2] 3")]
    [InlineData("array<int>", "{}")]
    [InlineData("array<int>", "")]
    [InlineData("array<array<int>>", "[[1],[2,3,null,true]]")]
    [InlineData("map<int,string>", "{\"x\":\"y\"}")]
    [InlineData("map<string,array<int>>", "{\"x\":[1,2],\"y\":[1,{}]}")]
    [InlineData("{a = int, b = string}", "{\"a\":1,\"a\":2}")]
    [InlineData("{a = int, b = string}", "[1]")]
    [InlineData("{a = int, b = string}", "[1,\"x\",2]")]
    [InlineData("{a = array<bytes>, b = array<string>}", "{\"b\":[\"x\",\"y\"],\"a\":[\"AA==\",5]}")]
    [InlineData("float_vector(2)", "[1]")]
    [InlineData("float_vector(2)", "[1,2,3]")]
    [InlineData("float_vector(2)", "[1,null]")]
    [InlineData("float_vector(2)", "[1,1e99]")]
    [InlineData("float16_vector(1)", "[65520]")]
    [InlineData("bfloat16_vector(1)", "[3.4e38]")]
    [InlineData("binary_vector(8)", "[256]")]
    [InlineData("binary_vector(8)", "[0.5]")]
    [InlineData("sparse_float_vector", "{\"a\":1}")]
    public void A_text_that_is_not_of_the_type_leaves_the_builder_as_it_was(string typeText, string text)
    {
        var type = TypeParser.Parse(typeText.Trim('"'));
        using var builder = ColumnBuilder.Create(type, _memory.Pool);
        builder.AppendNull();
        Assert.False(ValueText.TryAppend(type, builder, Encoding.UTF8.GetBytes(text)));
        Assert.Equal((1, 1), (builder.Count, builder.NullCount));
        builder.AppendNull();
        var column = builder.Build();
        Assert.Equal(2, column.Length);
        Assert.Equal(2, column.NullCount);
        column.Release();
    }

    [Fact]
    public void Any_text_leaves_one_value_or_none() =>
        Gen.Select(BatchGenerator.Types, Gen.OneOf(Gen.Const("[1,"), Gen.Const("{\"f0\":"), Gen.Const("\"x\""), Gen.Const("null"), Gen.String[Gen.Char["[]{},:\"12.ae\u00e9"], 0, 3]).Array[0, 8]).Sample(
            (type, parts) =>
            {
                using var builder = ColumnBuilder.Create(type, _memory.Pool);
                var isValue = ValueText.TryAppend(type, builder, Encoding.UTF8.GetBytes(string.Concat(parts)));
                Assert.Equal(isValue ? 1 : 0, builder.Count);
                builder.Build().Release(); // complains about half values
            },
            iter: 10_000,
            threads: 1);

    private static byte[] Floats(params float[] values) => System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    private string TextOf(DataType type, object? value)
    {
        using var builder = ColumnBuilder.Create(type, _memory.Pool);
        TestValue.Append(builder, type, value);
        var column = builder.Build();
        var text = Write(type, column, 0);
        column.Release();
        return text;
    }

    private static string Write(DataType type, Column column, int row)
    {
        var output = new ArrayBufferWriter<byte>();
        ValueText.Write(type, column, row, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private bool TryRead(DataType type, string text, out object? value)
    {
        using var builder = ColumnBuilder.Create(type, _memory.Pool);
        var isValue = ValueText.TryAppend(type, builder, Encoding.UTF8.GetBytes(text));
        var column = builder.Build();
        value = isValue ? TestValue.Read(column, type, 0) : null;
        column.Release();
        return isValue;
    }
}
