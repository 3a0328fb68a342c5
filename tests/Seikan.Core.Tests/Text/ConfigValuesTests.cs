using System.Numerics;
using Seikan.Testing;

namespace Seikan.Core.Tests.Text;

public sealed class ConfigValuesTests : IDisposable
{
    private readonly TestMemory _memory = new();

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void Scalars_are_read_from_any_way_of_writing_them()
    {
        Assert.Equal(5, Read("int", Number("5")));
        Assert.Equal(5, Read("int", Text(" 5 ")));
        Assert.Equal(" 5 ", Read("string", Text(" 5 ")));
        Assert.Equal("1.50", Read("string", Number("1.50")));
        Assert.Equal(true, Read("boolean", Text("TRUE")));
        Assert.Equal(new BigInteger(150), Read("decimal(5,2)", Number("1.5")));
        Assert.Equal(1.5, Read("double", Number("1.5")));
        Assert.Equal(19_849, Read("date", Text("2024-05-06")));
        Assert.Null(Read("int", new ConfigScalar("null", ScalarKind.Null, default)));
        Assert.Equal("null", Read("string", Text("null")));
    }

    [Fact]
    public void Containers_are_read_from_lists_objects_json_and_comma_text()
    {
        object?[] expected = [1, 2, null];
        Assert.Equal(expected, Read("array<int>", List(Number("1"), Text("2"), new ConfigScalar("null", ScalarKind.Null, default))));
        Assert.Equal(expected, Read("array<int>", Text(" [1, 2, null] ")));
        Assert.Equal(new object?[] { 1, 2 }, Read("array<int>", Text("1, 2")));
        Assert.Equal(new object?[] { 1, "x" }, Read("{a = int, b = string}", List(Number("1"), Text("x"))));
        Assert.Equal(new object?[] { null, "x" }, Read("{a = int, b = string}", Object(("b", Text("x")))));
        Assert.Equal(new object?[] { null, "x" }, Read("{a = int, b = string}", Text("{\"b\": \"x\"}")));
        Assert.True(TestValue.Same(new[] { new MapEntry("k", new object?[] { 1L }) }, Read("map<string,array<bigint>>", Object(("k", List(Number("1")))))));
        Assert.True(TestValue.Same(new[] { new MapEntry(2, 0.5f) }, Read("sparse_float_vector", Object(("2", Number("0.5"))))));
        Assert.Equal(new byte[] { 1, 2 }, Read("binary_vector(16)", List(Number("1"), Text("2"))));
    }

    [Fact]
    public void A_literal_of_another_type_leaves_the_builder_as_it_was()
    {
        Refuse("int", Number("1.0"));
        Refuse("int", Number("2147483648"));
        Refuse("int", List(Number("1")));
        Refuse("boolean", Text("yes"));
        Refuse("array<int>", List(Number("1"), Text("x")));
        Refuse("array<int>", Text("1, x"));
        Refuse("array<array<int>>", List(List(Number("1")), List(Number("1"), Text("x"))));
        Refuse("{a = int, b = string}", List(Number("1")));
        Refuse("{a = array<int>, b = int}", List(List(Number("1")), Text("x")));
        Refuse("{a = int, b = string}", Object(("a", Number("1")), ("c", Text("x"))));
        Refuse("map<int,int>", Object(("1", Number("1")), ("x", Number("1"))));
        Refuse("map<int,int>", List());
        Refuse("float_vector(2)", List(Number("1")));
        Refuse("float_vector(2)", List(Number("1"), List()));
    }

    private static ConfigScalar Text(string text) => new(text, ScalarKind.QuotedText, default);

    private static ConfigScalar Number(string text) => new(text, ScalarKind.Number, default);

    private static ConfigList List(params ConfigNode[] items) => new([.. items], default);

    private static ConfigObject Object(params (string Key, ConfigNode Value)[] fields) => new([.. fields.Select(f => new ConfigField(f.Key, default, f.Value))], default);

    private object? Read(string typeText, ConfigNode node)
    {
        var type = TypeParser.Parse(typeText);
        using var builder = ColumnBuilder.Create(type, _memory.Pool);
        Assert.True(ConfigValues.TryAppend(type, builder, node));
        var column = builder.Build();
        var value = TestValue.Read(column, type, 0);
        column.Release();
        return value;
    }

    private void Refuse(string typeText, ConfigNode node)
    {
        var type = TypeParser.Parse(typeText);
        using var builder = ColumnBuilder.Create(type, _memory.Pool);
        Assert.False(ConfigValues.TryAppend(type, builder, node));
        Assert.Equal(0, builder.Count);
        builder.Build().Release(); // complains about half values
    }
}
