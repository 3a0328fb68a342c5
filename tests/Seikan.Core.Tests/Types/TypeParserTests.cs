using CsCheck;

namespace Seikan.Core.Tests.Types;

public sealed class TypeParserTests
{
    [Theory]
    [InlineData("string", "string")]
    [InlineData(" STRING ", "string")]
    [InlineData("Boolean", "boolean")]
    [InlineData("byte", "tinyint")]
    [InlineData("short", "smallint")]
    [InlineData("long", "bigint")]
    [InlineData("null", "null")]
    [InlineData("timestamp_tz", "timestamp_tz")]
    [InlineData("timestamp(3)", "timestamp(3)")]
    [InlineData("timestamp ( 6 )", "timestamp")]
    [InlineData("decimal(76,38)", "decimal(76, 38)")]
    [InlineData("Decimal ( 10 , 2 )", "decimal(10, 2)")]
    [InlineData("array<int>", "array<int>")]
    [InlineData("array < array<map<string,array<date>>> >", "array<array<map<string, array<date>>>>")]
    [InlineData("map<decimal(10,2),string>", "map<decimal(10, 2), string>")]
    [InlineData("map<string, {a = int, b = decimal(5,1)}>", "map<string, {a = int, b = decimal(5, 1)}>")]
    [InlineData("{a = int, b = \"map<string,int>\"}", "{a = int, b = map<string, int>}")]
    [InlineData("{\"a\": \"int\", \"b\": {\"c\": \"string\"}}", "{a = int, b = {c = string}}")]
    [InlineData("{\n a = int\n b { c = string }\n d = '{e = date}'\n}", "{a = int, b = {c = string}, d = {e = date}}")]
    [InlineData("{a = int,}", "{a = int}")]
    [InlineData("float_vector(4)", "float_vector(4)")]
    [InlineData("binary_vector(16)", "binary_vector(16)")]
    [InlineData("sparse_float_vector", "sparse_float_vector")]
    public void Types_are_read_in_every_spelling(string text, string expected) => Assert.Equal(expected, TypeParser.Parse(text).ToString());

    [Theory]
    [InlineData("integer", "TYP-0001", 1, "integer", "\"int\"")]
    [InlineData("strng", "TYP-0001", 1, "strng", "\"string\"")]
    [InlineData("mapx<int,int>", "TYP-0001", 1, "mapx", "\"map\"")]
    [InlineData("array<map<string,varchar>>", "TYP-0001", 18, "varchar", null)]
    [InlineData("decimal", "TYP-0002", 1, "no precision and scale", "decimal(10, 2)")]
    [InlineData("decimal(10)", "TYP-0002", 1, "\"decimal(10)\" has no scale", "decimal(10, 0)")]
    [InlineData("decimal(10,)", "TYP-0002", 12, "a whole number is expected", null)]
    [InlineData("decimal(10,2", "TYP-0002", 13, "\")\" is expected at the end", null)]
    [InlineData("decimal(77,2)", "TYP-0003", 1, "decimal(77, 2)", null)]
    [InlineData("decimal(0,0)", "TYP-0003", 1, "decimal(0, 0)", null)]
    [InlineData("decimal(5,6)", "TYP-0003", 1, "decimal(5, 6)", null)]
    [InlineData("decimal(-5,6)", "TYP-0002", 9, "a whole number is expected", null)]
    [InlineData("decimal(99999999999,6)", "TYP-0002", 9, "a whole number is expected", null)]
    [InlineData("array<int", "TYP-0002", 10, "\">\" is expected at the end", null)]
    [InlineData("array", "TYP-0002", 6, "\"<\" is expected", null)]
    [InlineData("array<>", "TYP-0002", 7, "a type is expected, not \">\"", null)]
    [InlineData("array<int>>", "TYP-0002", 11, "nothing more is expected", null)]
    [InlineData("int string", "TYP-0002", 5, "nothing more is expected", null)]
    [InlineData("map<int>", "TYP-0002", 8, "\",\" is expected, not \">\"", null)]
    [InlineData("map<array<int>,int>", "TYP-0002", 5, "cannot be the key", null)]
    [InlineData("timestamp(10)", "TYP-0003", 1, "10 fraction digits", null)]
    [InlineData("float_vector", "TYP-0003", 1, "no dimension", "columnScale")]
    [InlineData("binary_vector(9)", "TYP-0003", 1, "dimension 9", null)]
    [InlineData("", "TYP-0002", 1, "breaks off", null)]
    [InlineData("{a = int", "TYP-0002", 1, "brace is not closed", null)]
    [InlineData("{a int}", "TYP-0002", 4, "\"=\" is expected behind \"a\"", null)]
    [InlineData("{a = int b = int}", "TYP-0002", 10, "a comma or \"}\" is expected", null)]
    [InlineData("{a = int, a = string}", "TYP-0002", 11, "\"a\" stands twice", null)]
    [InlineData("{= int}", "TYP-0002", 2, "a field name is expected", null)]
    [InlineData("{}", "TYP-0002", 1, "no field", null)]
    [InlineData("{\"a = int}", "TYP-0002", 2, "quote is not closed", null)]
    [InlineData("{日本 = strin}", "TYP-0001", 7, "strin", "\"string\"")]
    public void Mistakes_are_shown_at_their_character(string text, string code, int column, string message, string? fix)
    {
        // The document holds the text in quotes, with the quotes inside it escaped, as a job would.
        var escaped = text.Replace("\"", "\\\"", StringComparison.Ordinal);
        var document = SourceText.FromString("job.conf", $"  x = \"{escaped}\"");
        var quoted = document.Utf8.Length - 6;
        var problems = new DiagnosticBag();
        Assert.Null(TypeParser.Parse(new ConfigScalar(text, ScalarKind.QuotedText, new SourceSpan(document, 6, quoted)), "here", problems));
        var problem = Assert.Single(problems.ToImmutable());
        Assert.Equal(code, problem.Code.Id);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.Equal("here", problem.Path);
        var escapes = text[..(column - 1)].Count(c => c == '"');
        Assert.Equal($"job.conf:1:{7 + column + escapes}", problem.Span.ToString());
        Assert.Contains(fix ?? "", problem.FixText, StringComparison.Ordinal);
    }

    [Fact]
    public void Bare_text_and_text_in_three_quotes_have_places_too()
    {
        Assert.Equal("j:1:7", PlaceOf("array<strng>", "array<strng>"));
        Assert.Equal("j:2:7", PlaceOf("\"\"\"\narray<strng>\"\"\"", "\narray<strng>"));
        Assert.Equal("j:1:1", PlaceOf("${prefix}<strng>", "array<strng>"));

        static string PlaceOf(string raw, string text)
        {
            var document = SourceText.FromString("j", raw);
            var problems = new DiagnosticBag();
            TypeParser.Parse(new ConfigScalar(text, ScalarKind.BareText, new SourceSpan(document, 0, document.Utf8.Length)), "", problems);
            return Assert.Single(problems.ToImmutable()).Span.ToString();
        }
    }

    [Fact]
    public void Rows_from_objects_keep_the_order_and_report_every_field()
    {
        var problems = new DiagnosticBag();
        var row = TypeParser.Parse(Row(("z", Text("int")), ("a", Row(("c", Text("map<string,long>"))))), "here", problems);
        Assert.Equal("{z = int, a = {c = map<string, bigint>}}", row?.ToString());
        Assert.Equal(0, problems.Count);

        Assert.Null(TypeParser.Parse(
            Row(("z", new ConfigList([], default)), ("a", new ConfigScalar("5", ScalarKind.Number, default)), ("b", new ConfigScalar("null", ScalarKind.Null, default)), ("c", Text("x")), ("d", Row())),
            "here", problems));
        Assert.Equal(["TYP-0005 here.z", "TYP-0005 here.a", "TYP-0005 here.b", "TYP-0001 here.c", "TYP-0002 here.d"], problems.ToImmutable().Select(p => $"{p.Code.Id} {p.Path}"));
        Assert.Equal("quote it: \"null\"", problems.ToImmutable()[2].FixText);
    }

    [Fact]
    public void The_scale_of_a_column_gives_fraction_digits_or_the_dimension()
    {
        Assert.Equal(new TimestampType(9), Parse("timestamp", 9));
        Assert.Equal(new TimestampType(3), Parse("timestamp(3)", 9));
        Assert.Equal(new VectorType(TypeKind.Float16Vector, 4), Parse("float16_vector", 4));
        Assert.Equal(DataType.Int, Parse("int", 4));
        Assert.Null(Parse("timestamp", 12));
        Assert.Null(Parse("binary_vector", 12));

        static DataType? Parse(string text, int scale) => TypeParser.Parse(Text(text), "", new DiagnosticBag(), scale);
    }

    [Fact]
    public void Nesting_has_a_limit()
    {
        var deep = string.Concat(Enumerable.Repeat("array<", 32)) + "int" + new string('>', 32);
        Assert.Equal(deep, TypeParser.Parse(deep).ToString());
        var deeper = Assert.Throws<SeikanException>(() => TypeParser.Parse($"array<{deep}>"));
        Assert.Equal("TYP-0004", Assert.Single(deeper.Diagnostics).Code.Id);
        Assert.Throws<SeikanException>(() => TypeParser.Parse(string.Concat(Enumerable.Repeat("{a=", 100_000))));
        ConfigNode node = Text("int");
        for (var i = 0; i < 40; i++)
        {
            node = Row(("a", node));
        }

        var problems = new DiagnosticBag();
        Assert.Null(TypeParser.Parse(node, "", problems));
        Assert.Equal("TYP-0004", Assert.Single(problems.ToImmutable()).Code.Id);
    }

    [Fact]
    public void Every_type_reads_back_from_its_text() => AnyType.All.Sample(type => Assert.Equal(type, TypeParser.Parse(type.ToString()!)), iter: 5_000);

    [Fact]
    public void Any_text_is_a_type_or_has_one_problem_inside_the_text() =>
        Gen.OneOf(Gen.Const("map<"), Gen.Const("array<"), Gen.Const("decimal("), Gen.Const("{a ="), Gen.Const("int"), Gen.String[Gen.Char["<>(){},=:\"'\\ 19a日\n"], 0, 4]).Array[0, 8].Sample(
            parts =>
            {
                var text = string.Concat(parts);
                var document = SourceText.FromString("j", text);
                var problems = new DiagnosticBag();
                var type = TypeParser.Parse(new ConfigScalar(text, ScalarKind.BareText, new SourceSpan(document, 0, document.Utf8.Length)), "", problems);
                Assert.Equal(type is null ? 1 : 0, problems.Count);
                Assert.All(problems.ToImmutable(), p => Assert.InRange(p.Span.Start, 0, document.Utf8.Length));
            },
            iter: 20_000);

    private static ConfigScalar Text(string text) => new(text, ScalarKind.QuotedText, default);

    private static ConfigObject Row(params (string Name, ConfigNode Type)[] fields) => new([.. fields.Select(f => new ConfigField(f.Name, default, f.Type))], default);
}
