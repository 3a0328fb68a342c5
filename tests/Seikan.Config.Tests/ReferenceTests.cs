using Seikan.Core;

namespace Seikan.Config.Tests;

public sealed class ReferenceTests
{
    [Theory]
    [InlineData("a = 1\nb = ${a}", """{"a":1,"b":1}""")]
    [InlineData("b = ${a}\na = 1", """{"b":1,"a":1}""")]
    [InlineData("a.b = 1\nc = ${a.b}", """{"a.b":1,"c":1}""")]
    [InlineData("a { b = 1 }\nc = ${a->b}", """{"a":{"b":1},"c":1}""")]
    [InlineData("a { b = 1 }\nc = ${ a -> \"b\" }", """{"a":{"b":1},"c":1}""")]
    [InlineData("b = ${?a}\nc = 1", """{"c":1}""")]
    [InlineData("l = [1, ${?a}, 2]", """{"l":[1,2]}""")]
    [InlineData("port = 1\nport = ${?PORT}", """{"port":1}""")]
    [InlineData("a = x\nb = pre ${a} post", """{"a":"x","b":"pre x post"}""")]
    [InlineData("a = x\nb = ${a}\"/y\"", """{"a":"x","b":"x/y"}""")]
    [InlineData("a = x\na = ${a}y", """{"a":"xy"}""")]
    [InlineData("a = [1]\na = ${a} [2]", """{"a":[1,2]}""")]
    [InlineData("a = [1]\na += ${a}", """{"a":[1,[1]]}""")]
    [InlineData("a = ${?a} [2]", """{"a":[2]}""")]
    [InlineData("base { x = 1, y = 2 }\na = ${base} { y = 3, z = 4 }", """{"base":{"x":1,"y":2},"a":{"x":1,"y":3,"z":4}}""")]
    [InlineData("base { x = 1 }\na = ${base}\na { y = ${a->x} }", """{"base":{"x":1},"a":{"x":1,"y":1}}""")]
    [InlineData("base { x = 1 }\na = ${base} { y = ${a->x} }", """{"base":{"x":1},"a":{"x":1,"y":1}}""")]
    [InlineData("base { x { p = 1 } }\na = ${base} { x { q = 2 } }\nb = ${a->x}", """{"base":{"x":{"p":1}},"a":{"x":{"p":1,"q":2}},"b":{"p":1,"q":2}}""")]
    [InlineData("base { y = ${other}, x = 1 }\nother = ${base->x}", """{"base":{"y":1,"x":1},"other":1}""")]
    [InlineData("bar { foo = 42, baz = ${bar->foo} }\nbar { foo = 43 }", """{"bar":{"foo":43,"baz":43}}""")]
    [InlineData("a = 1\na = ${missing}\na = 2", """{"a":2}""")]
    [InlineData("x = ${n:5}\ny = ${n: some text }\nz = ${n:\"q, r\"}\nl = ${n:[1, b]}\no = ${n:{k = 1}}", """{"x":5,"y":"some text","z":"q, r","l":[1,"b"],"o":{"k":1}}""")]
    [InlineData("t = ${table_name}", """{"t":"${table_name}"}""")]
    public void Reference_gives(string text, string json) => Assert.Equal(json, Reading.HoconAsJson(text));

    [Fact]
    public void Keys_of_the_text_win_over_variables_and_variables_over_the_environment()
    {
        var options = Reading.With(("a", "variable"), ("b", "variable")) with { Environment = n => n is "a" or "b" or "c" ? "environment" : null };

        Assert.Equal(
            """{"a":"text","x":"text","y":"variable","z":"environment"}""",
            Reading.HoconAsJson("a = text\nx = ${a}\ny = ${b}\nz = ${c}", options));
    }

    [Fact]
    public void Path_extends_the_environment_when_nothing_was_assigned_before()
    {
        var options = new JobReadOptions { Environment = n => n == "path" ? "/bin" : null };

        Assert.Equal("""{"path":"/bin:/opt"}""", Reading.HoconAsJson("path = ${path}\":/opt\"", options));
    }

    [Fact]
    public void Text_stands_at_the_reference_and_objects_where_they_were_written()
    {
        var root = Reading.Hocon("a = text\no { k = 1 }\nx = ${a}\ny = ${o}").Root!;

        Assert.Equal("t.conf:3:5", root.Find("x")!.Value.Value.Span.ToString());
        Assert.Equal("t.conf:2:3", root.Find("y")!.Value.Value.Span.ToString());
    }

    [Fact]
    public void A_chain_of_a_thousand_references_ends_in_an_error_and_not_in_a_crash()
    {
        var text = string.Join('\n', Enumerable.Range(0, 1000).Select(i => $"a{i} = ${{a{i + 1}}}")) + "\na1000 = 1";

        Assert.Contains(Reading.Hocon(text).Problems, p => p.Code == ConfigErrors.TooDeep);
    }

    [Fact]
    public void The_deepest_text_that_is_read_fits_a_small_stack()
    {
        var deep = string.Concat(Enumerable.Repeat("{ a = ", 97)) + "${a299}" + new string('}', 97);
        var chain = string.Join('\n', Enumerable.Range(0, 299).Select(i => $"a{i + 1} {{ b {{ c = ${{a{i}->b->c}} }} }}").Reverse());
        var text = $"x = {deep}\n{chain}\na0->b->c = 1\ny = {new string('[', 98)}{new string(']', 98)}";
        var thread = new Thread(() => Reading.Hocon(text), 768 * 1024);

        thread.Start();

        Assert.True(thread.Join(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void Ten_thousand_appends_are_quick_and_complete()
    {
        var root = Reading.Hocon(string.Concat(Enumerable.Repeat("a += 1\n", 10_000))).Root!;

        Assert.Equal(10_000, Assert.IsType<ConfigList>(root.Fields[0].Value).Items.Length);
    }

    [Theory]
    [InlineData("[${x}, ${x}, ${x}, ${x}, ${x}, ${x}, ${x}, ${x}, ${x}, ${x}]", "[1, 2, 3]")]
    [InlineData("${x}${x}${x}${x}${x}${x}${x}${x}${x}${x}", "lol")]
    [InlineData("{ a = ${x}, b = ${x}, c = ${x}, d = ${x}, e = ${x}, f = ${x} }", "{ k = 1 }")]
    public void A_billion_laughs_are_refused(string line, string start)
    {
        var text = $"a0 = {start}\n" + string.Concat(Enumerable.Range(1, 30).Select(i => $"a{i} = {line.Replace("${x}", $"${{a{i - 1}}}", StringComparison.Ordinal)}\n"));

        Assert.Contains(Reading.Hocon(text).Problems, p => p.Code == ConfigErrors.ExpansionTooLarge);
    }

    [Fact]
    public void Text_that_doubles_itself_is_refused()
    {
        var text = "a = xxxxxxxxxxxxxxxx\n" + string.Concat(Enumerable.Repeat("a = ${a}${a}\n", 60));

        Assert.Contains(Reading.Hocon(text).Problems, p => p.Code == ConfigErrors.ExpansionTooLarge);
    }

    [Fact]
    public void Values_that_nest_by_references_have_a_depth_limit()
    {
        var text = "a0 { x = 1 }\n" + string.Concat(Enumerable.Range(1, 300).Select(i => $"a{i} {{ x = ${{a{i - 1}}} }}\n"));

        Assert.Contains(Reading.Hocon(text).Problems, p => p.Code == ConfigErrors.TooDeep);
    }
}
