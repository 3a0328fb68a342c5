using Seikan.Core;

namespace Seikan.Config.Tests;

public sealed class HoconSyntaxTests
{
    [Theory]
    [InlineData("", "{}")]
    [InlineData("# only a comment\n// and another", "{}")]
    [InlineData("a = 1", """{"a":1}""")]
    [InlineData("{ a : 1 }", """{"a":1}""")]
    [InlineData("a = 1, b = 2,, c = 3,", """{"a":1,"b":2,"c":3}""")]
    [InlineData("a = 1,\nb = 2,,\n,c = 3", """{"a":1,"b":2,"c":3}""")]
    [InlineData("a { b = 1 }", """{"a":{"b":1}}""")]
    [InlineData("a\n{\n b = 1\n}", """{"a":{"b":1}}""")]
    [InlineData("rules =\n  {\n b = 1 }", """{"rules":{"b":1}}""")]
    [InlineData("a.b = 1", """{"a.b":1}""")]
    [InlineData("a->b = 1", """{"a":{"b":1}}""")]
    [InlineData("a -> b -> c = 1", """{"a":{"b":{"c":1}}}""")]
    [InlineData("\"a->b\" = 1", """{"a->b":1}""")]
    [InlineData("a.b->c.d = 1", """{"a.b":{"c.d":1}}""")]
    [InlineData("fs.s3a.endpoint = x\nMySQL-CDC = y\n0 = z\n15 = w", """{"fs.s3a.endpoint":"x","MySQL-CDC":"y","0":"z","15":"w"}""")]
    [InlineData("my key = 1\n\"q\" x = 2", """{"my key":1,"q x":2}""")]
    [InlineData("a = org.postgresql.Driver\nb = public.sink\nc = ;", """{"a":"org.postgresql.Driver","b":"public.sink","c":";"}""")]
    [InlineData("a = two words  # note", """{"a":"two words"}""")]
    [InlineData("a = two words  // note", """{"a":"two words"}""")]
    [InlineData("a = 2//two readers", """{"a":2}""")]
    [InlineData("a = /data/in", """{"a":"/data/in"}""")]
    [InlineData("a = true, b = false, c = null, d = yes, e = True", """{"a":true,"b":false,"c":null,"d":"yes","e":"True"}""")]
    [InlineData("a = 1, b = -2.50, c = 1e3, d = 1e+3, e = 007, f = 1.", """{"a":1,"b":-2.50,"c":1e3,"d":1e+3,"e":"007","f":"1."}""")]
    [InlineData("a = 10s, b = 64mb", """{"a":"10s","b":"64mb"}""")]
    [InlineData("a = \"x\\ty\\u00e9\\ud83d\\ude00\\/\"", "{\"a\":\"x\\tyé😀/\"}")]
    [InlineData("a = \"\"", """{"a":""}""")]
    [InlineData("a = \"\"\"\"\"\"", """{"a":""}""")]
    [InlineData("a = \"\"\"x \"y\" \\n\nz\"\"\"", "{\"a\":\"x \\\"y\\\" \\\\n\\nz\"}")]
    [InlineData("a = \"\"\"x\"\"\"\"\"", "{\"a\":\"x\\\"\\\"\"}")]
    [InlineData("a = \"x\"y", """{"a":"xy"}""")]
    [InlineData("a = \"x\"  y \"z\"", """{"a":"x  y z"}""")]
    [InlineData("body=\"{\"id\":1}\"", """{"body":"{id:1}"}""")]
    [InlineData("a = [1, 2\n3,\n]", """{"a":[1,2,3]}""")]
    [InlineData("a = [1,,\n2]", """{"a":[1,2]}""")]
    [InlineData("a = []", """{"a":[]}""")]
    [InlineData("a = [1] [2, 3]", """{"a":[1,2,3]}""")]
    [InlineData("a = { b = 1 } { c = 2 }", """{"a":{"b":1,"c":2}}""")]
    [InlineData("a = [{ b = 1 }\n{ c = 2 }]", """{"a":[{"b":1},{"c":2}]}""")]
    [InlineData("a { b = 1, c = 2 }\na { c = 3, d = 4, b = 5 }", """{"a":{"b":5,"c":3,"d":4}}""")]
    [InlineData("a { b = 1 }\na = null\na { c = 2 }", """{"a":{"c":2}}""")]
    [InlineData("a = 1\na = 2", """{"a":2}""")]
    [InlineData("start_mode = x\nstart_mode.offsets { t = 1 }", """{"start_mode":"x","start_mode.offsets":{"t":1}}""")]
    [InlineData("a = 1\na += 2", null)]
    [InlineData("a += 1\na += 2", """{"a":[1,2]}""")]
    [InlineData("a = [1]\na += { b = 2 }\na += [3]", """{"a":[1,{"b":2},[3]]}""")]
    [InlineData("include = 1\ninclude.x = 2\nincluded { }", """{"include":1,"include.x":2,"included":{}}""")]
    [InlineData("a = 1\r\nb = two\r\n\r\nc = \"\"\"x\r\ny\"\"\"\r\n", """{"a":1,"b":"two","c":"x\r\ny"}""")]
    [InlineData("\uFEFFa = 1", """{"a":1}""")]
    [InlineData("\u00A0a\u00A0=\u00A01\u3000\nb = ä\u00A0ö", "{\"a\":1,\"b\":\"ä\u00A0ö\"}")]
    [InlineData("source { a = 1 }", """{"source":{"a":1}}""")]
    public void Text_reads_as(string text, string? json)
    {
        if (json is null)
        {
            Assert.Contains(Reading.Hocon(text).Problems, p => p.Code == ConfigErrors.MixedJoin);
            return;
        }

        Assert.Equal(json, Reading.HoconAsJson(text));
    }

    [Theory]
    [InlineData("a = x", ScalarKind.BareText)]
    [InlineData("a = x y", ScalarKind.BareText)]
    [InlineData("a = \"5\"", ScalarKind.QuotedText)]
    [InlineData("a = 5", ScalarKind.Number)]
    [InlineData("a = 5 6", ScalarKind.BareText)]
    [InlineData("a = 5\"6\"", ScalarKind.QuotedText)]
    [InlineData("a = true", ScalarKind.Boolean)]
    [InlineData("a = null", ScalarKind.Null)]
    public void Scalars_know_how_they_were_written(string text, ScalarKind kind) =>
        Assert.Equal(kind, Assert.IsType<ConfigScalar>(Reading.Hocon(text).Root!.Fields[0].Value).Kind);

    [Fact]
    public void Places_are_those_of_the_bytes()
    {
        const string Text = "é = \"ü\"\nlist = [ one, { two = \"\"\"x\ny\"\"\" } ] # end\njoin = a \"b\" c\nup->down = 1";

        var root = Reading.Hocon(Text).Root!;

        Assert.Equal(["é=\"ü\"", "list=[ one, { two = \"\"\"x\ny\"\"\" } ]", "join=a \"b\" c", "up={down = 1}"], root.Fields.Select(Show));
        var list = Assert.IsType<ConfigList>(root.Find("list")!.Value.Value);
        Assert.Equal("one", Slice(list.Items[0].Span));
        var inner = Assert.IsType<ConfigObject>(list.Items[1]).Fields[0];
        Assert.Equal("two=\"\"\"x\ny\"\"\"", Show(inner));

        static string Show(ConfigField f) => f.Key == "up" ? "up={down = 1}" : $"{Slice(f.KeySpan)}={Slice(f.Value.Span)}";
    }

    [Fact]
    public void A_nested_key_has_the_place_of_its_own_part()
    {
        var up = Reading.Hocon("up -> \"down\" = 1").Root!.Fields[0];

        Assert.Equal("up", Slice(up.KeySpan));
        Assert.Equal("\"down\"", Slice(Assert.IsType<ConfigObject>(up.Value).Fields[0].KeySpan));
    }

    private static string Slice(SourceSpan span) => System.Text.Encoding.UTF8.GetString(span.Document!.Utf8.Span.Slice(span.Start, span.Length));
}
