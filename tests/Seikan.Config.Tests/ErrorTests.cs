using System.Reflection;
using Seikan.Core;

namespace Seikan.Config.Tests;

/// <summary>The exact text of every error. A changed line is a changed message for users.</summary>
public sealed class ErrorTests
{
    private const string Job = "env { }\nsource { A { } }\nsink { B { } }\n";

    public static TheoryData<string, string, string> Texts() => new()
    {
        { "t.conf", Job + "x { a = 1", "CFG-0006 t.conf:4:3: \"{\" is never closed\n   4 | x { a = 1\n     |   ^\n  fix: add \"}\"" },
        { "t.conf", "env { }\nsource {\n  A {\n    schema {\n      fields { id = int }\n  }\n}\nsink { B { } }\n", "CFG-0006 t.conf:4:12: \"{\" is never closed\n   4 |     schema {\n     |            ^\n  fix: add \"}\"" },
        { "t.conf", Job + "x = [1, 2", "CFG-0006 t.conf:4:5: \"[\" is never closed\n   4 | x = [1, 2\n     |     ^\n  fix: add \"]\"" },
        { "t.conf", Job + "x = [1, { a = 2 ]", "CFG-0006 t.conf:4:9: \"{\" is never closed\n   4 | x = [1, { a = 2 ]\n     |         ^\n  fix: add \"}\"" },
        { "t.conf", Job + "x { y = [1, 2 }", "CFG-0006 t.conf:4:9: \"[\" is never closed\n   4 | x { y = [1, 2 }\n     |         ^\n  fix: add \"]\"" },
        { "t.conf", Job + "}", "CFG-0007 t.conf:4:1: \"}\" closes nothing\n   4 | }\n     | ^\n  fix: remove it, or add the opening bracket" },
        { "t.conf", "{\n" + Job + "}\n}", "CFG-0007 t.conf:6:1: \"}\" closes nothing\n   6 | }\n     | ^\n  fix: remove it, or add the opening bracket" },
        { "t.conf", "{\n" + Job + "}\nx = 1", "CFG-0005 t.conf:6:1: text follows the closing brace of the document\n   6 | x = 1\n     | ^\n  fix: remove a closing brace before it, or the text" },
        { "t.conf", "[1]", "CFG-0005 t.conf:1:1: a text starts with a key or \"{\", not with a list\n   1 | [1]\n     | ^\n  fix: write the list as the value of a key" },
        { "t.conf", Job + "x = \"abc\ny = 1", "CFG-0008 t.conf:4:5: string is never closed on its line\n   4 | x = \"abc\n     |     ^^^^\n  fix: add the closing quote; text of several lines goes between triple quotes" },
        { "t.conf", Job + "x { y = [ { z = \"abc } ] }", "CFG-0008 t.conf:4:17: string is never closed on its line\n   4 | x { y = [ { z = \"abc } ] }\n     |                 ^^^^\n  fix: add the closing quote; text of several lines goes between triple quotes" },
        { "t.conf", Job + "x = \"\"\"abc\ny = 1", "CFG-0008 t.conf:4:5: text in triple quotes is never closed\n   4 | x = \"\"\"abc\n     |     ^^^\n  fix: add three quotes where the text ends" },
        { "t.conf", Job + "x = \"a\\d\"", "CFG-0009 t.conf:4:7: \"\\d\" is not an escape\n   4 | x = \"a\\d\"\n     |       ^^\n  fix: write \"\\\\d\" or use triple quotes" },
        { "t.conf", Job + "x = \"\\u12g4\"", "CFG-0009 t.conf:4:6: \"\\u\" needs four hexadecimal digits\n   4 | x = \"\\u12g4\"\n     |      ^^\n  fix: write them, as in \\u00e9" },
        { "t.conf", Job + "x = \"\\ud800\"", "CFG-0009 t.conf:4:6: \"\\ud800\" is half a character\n   4 | x = \"\\ud800\"\n     |      ^^^^^^\n  fix: write both halves, or the character itself" },
        { "t.conf", Job + "x = me@home", "CFG-0010 t.conf:4:7: character \"@\" is not allowed in a bare value\n   4 | x = me@home\n     |       ^\n  fix: write the value in double quotes" },
        { "t.conf", Job + "x = { a:1 b:2 }", "CFG-0010 t.conf:4:12: character \":\" is not allowed in a bare value\n   4 | x = { a:1 b:2 }\n     |            ^\n  fix: write the value in double quotes" },
        { "t.conf", Job + "a*b = 1", "CFG-0010 t.conf:4:2: character \"*\" is not allowed in a bare key\n   4 | a*b = 1\n     |  ^\n  fix: write the key in double quotes" },
        { "t.conf", Job + "url = jdbc:mysql://h:3306/db", "CFG-0011 t.conf:4:7: \"jdbc:mysql://h:3306/db\" needs quotes: outside them \"//\" starts a comment\n   4 | url = jdbc:mysql://h:3306/db\n     |       ^^^^^^^^^^^^^^^^^^^^^^\n  fix: write it in double quotes" },
        { "t.conf", Job + "path = /data//out", "warning CFG-0011 t.conf:4:13: \"//\" starts a comment here, so the value ends as \"/data\"\n   4 | path = /data//out\n     |             ^^\n  fix: write the text in double quotes" },
        { "t.conf", Job + "x =\n", "CFG-0012 t.conf:4:1: \"x\" has no value\n   4 | x =\n     | ^\n  fix: add a value or remove the key" },
        { "t.conf", Job + "x\ny = 1", "CFG-0012 t.conf:4:1: \"x\" has no value\n   4 | x\n     | ^\n  fix: write key = value or name { .. }" },
        { "t.conf", Job + "x = [1,,2]", "CFG-0012 t.conf:4:8: an element is missing before \",\"\n   4 | x = [1,,2]\n     |        ^\n  fix: add the element or remove the comma" },
        { "t.conf", Job + "= 1", "CFG-0013 t.conf:4:1: a key is missing before \"=\"\n   4 | = 1\n     | ^\n  fix: add the key" },
        { "t.conf", Job + "${x} = 1", "CFG-0013 t.conf:4:1: a key cannot hold a reference\n   4 | ${x} = 1\n     | ^\n  fix: write the key itself; only values hold references" },
        { "t.conf", Job + "a${x} = 1", "CFG-0013 t.conf:4:2: a key cannot hold a reference\n   4 | a${x} = 1\n     |  ^\n  fix: write the key itself; only values hold references" },
        { "t.conf", Job + "a-> = 1", "CFG-0013 t.conf:4:5: a key is missing before \"=\"\n   4 | a-> = 1\n     |     ^\n  fix: add the key" },
        { "t.conf", Job + "x = ${}", "CFG-0014 t.conf:4:5: \"${}\" is not a reference\n   4 | x = ${}\n     |     ^^^\n  fix: write ${name}" },
        { "t.conf", Job + "x = ${a\ny = 1", "CFG-0014 t.conf:4:5: \"${\" is never closed\n   4 | x = ${a\n     |     ^^\n  fix: add \"}\"" },
        { "t.conf", Job + "rows = 1\nx = ${row}", "CFG-0015 t.conf:5:5: reference \"row\" has no value (defined: \"rows\")\n   5 | x = ${row}\n     |     ^^^^^^\n  fix: did you mean \"rows\"?" },
        { "t.conf", "env { n = ${day} }\nsource { A { } }\nsink { B { } }", "CFG-0015 t.conf:1:11: reference \"day\" has no value (no names are defined)\n   1 | env { n = ${day} }\n     |           ^^^^^^\n  fix: pass the variable, give a default as ${name:default}, or quote it when a sink fills it" },
        { "t.conf", Job + "a = ${b}\nb = ${a}", "CFG-0016 t.conf:5:5: \"a\" needs itself: a -> b -> a\n   5 | b = ${a}\n     |     ^^^^\n  fix: give one of them a value of its own" },
        { "t.conf", Job + "a { b = ${a} }", "CFG-0016 t.conf:4:9: \"a\" needs itself: a -> b -> a\n   4 | a { b = ${a} }\n     |         ^^^^\n  fix: give one of them a value of its own" },
        { "t.conf", Job + "a = x [1]", "CFG-0017 t.conf:4:7: text cannot be joined with a list\n   4 | a = x [1]\n     |       ^^^\n  fix: put a comma or a new line between the values" },
        { "t.conf", Job + "b = 1\na = ${b} { c = 1 }", "CFG-0017 t.conf:5:5: text cannot be joined with an object\n   5 | a = ${b} { c = 1 }\n     |     ^^^^\n  fix: put a comma or a new line between the values" },
        { "t.conf", Job + "a = 1\na += 2", "CFG-0017 t.conf:5:6: \"+=\" adds to a list, but \"a\" is text\n   5 | a += 2\n     |      ^\n  fix: put a comma or a new line between the values" },
        { "t.conf", Job + "x = " + new string('[', 101), "CFG-0018 t.conf:4:105: brackets nest deeper than 100\n   4 | x = " + new string('[', 101) + "\n     | " + new string(' ', 104) + "^\n  fix: make the text flatter" },
        { "t.conf", Job + "include \"x.conf\"", "CFG-0021 t.conf:4:9: include of \"x.conf\" is not allowed in this text\n   4 | include \"x.conf\"\n     |         ^^^^^^^^\n  fix: put the included text into the job" },
        { "t.conf", Job + "include file(x.conf)", "CFG-0023 t.conf:4:1: \"include file(x.conf)\" is not an include\n   4 | include file(x.conf)\n     | ^^^^^^^^^^^^^\n  fix: write include \"file.conf\"" },
        { "t.conf", "source { A { } }\nsink { B { } }", "CFG-0026 t.conf:1:1: there is no \"env\" block (Miss <Env> config! Please check the config file.)\n   1 | source { A { } }\n     | ^\n  fix: add env { .. }" },
        { "t.conf", "env { }\nsourec { A { } }\nsink { B { } }", "CFG-0026 t.conf:2:1: there is no \"source\" block (Miss <Source> config! Please check the config file.)\n   2 | sourec { A { } }\n     | ^^^^^^\n  fix: write \"source\" instead of \"sourec\"" },
        { "t.conf", "env { }\nsource { A { } }", "CFG-0026 t.conf:1:1: there is no \"sink\" block (Miss <Sink> config! Please check the config file.)\n   1 | env { }\n     | ^\n  fix: add sink { .. }" },
        { "t.conf", "env { }\nsource { A { } }\nsink { }", "CFG-0027 t.conf:3:1: \"sink\" holds no plug-in (Source And Sink can not be null)\n   3 | sink { }\n     | ^^^^\n  fix: write sink { Name { .. } }" },
        { "t.json", "{\"env\":{},\"source\":[],\"sink\":[{\"plugin_name\":\"B\"}]}", "CFG-0027 t.json:1:11: \"source\" holds no plug-in (Source And Sink can not be null)\n   1 | {\"env\":{},\"source\":[],\"sink\":[{\"plugin_name\":\"B\"}]}\n     |           ^^^^^^^^\n  fix: write source { Name { .. } }" },
        { "t.conf", Job + "source { C { } }", "CFG-0028 t.conf:4:1: \"source\" is given twice, first at t.conf:2:1\n   4 | source { C { } }\n     | ^^^^^^\n  fix: move the plug-ins into one block" },
        { "t.conf", "env = 5\nsource { A { } }\nsink { B { } }", "CFG-0029 t.conf:1:7: \"env\" is not an object\n   1 | env = 5\n     |       ^\n  fix: write env { .. }" },
        { "t.conf", "env { }\nsource = A\nsink { B { } }", "CFG-0029 t.conf:2:10: \"source\" is neither a block nor a list\n   2 | source = A\n     |          ^\n  fix: write source { Name { .. } }" },
        { "t.conf", "env { }\nsource { A { } }\nsink { plugin_name = B }", "CFG-0029 t.conf:3:8: \"plugin_name\" is text, not a plug-in block\n   3 | sink { plugin_name = B }\n     |        ^^^^^^^^^^^\n  fix: write plugin_name { .. }, or move it into a plug-in's block" },
        { "t.conf", "env { }\nsource = [ A ]\nsink { B { } }", "CFG-0029 t.conf:2:12 source[0]: the element is not an object\n   2 | source = [ A ]\n     |            ^\n  fix: write { plugin_name = \"Name\", .. }" },
        { "t.conf", "env { }\nsource = [ { x = 1 } ]\nsink { B { } }", "CFG-0030 t.conf:2:12 source[0]: The 'plugin_name' option is not configured, please configure it.\n   2 | source = [ { x = 1 } ]\n     |            ^\n  fix: add plugin_name" },
        { "t.conf", "env { }\nsource { A { plugin_name = C } }\nsink { B { } }", "CFG-0031 t.conf:2:14: plug-in \"A\" also has plugin_name\n   2 | source { A { plugin_name = C } }\n     |              ^^^^^^^^^^^\n  fix: remove plugin_name" },
        { "t.sql", "CREATE TABLE a", "CFG-0035 t.sql:1:1: SQL job text is not supported yet\n   1 | CREATE TABLE a\n     | ^\n  fix: rewrite the job with env, source, transform and sink blocks" },
        { "t.json", "", "CFG-0024 t.json:1:1: the text is empty\n   1 | \n     | ^\n  fix: correct it, or give the file the ending .conf to write it as HOCON" },
        { "t.json", "env { }", "CFG-0024 t.json:1:1: the text does not start with \"{\"\n   1 | env { }\n     | ^\n  fix: correct it, or give the file the ending .conf to write it as HOCON" },
        { "t.json", "{\"env\":{\"a\":1,\"a\":2},\"source\":[{\"plugin_name\":\"A\"}],\"sink\":[{\"plugin_name\":\"B\"}]}", "CFG-0025 t.json:1:15: key \"a\" is given twice, first at t.json:1:9\n   1 | {\"env\":{\"a\":1,\"a\":2},\"source\":[{\"plugin_name\":\"A\"}],\"sink\":[{\"plugin_name\":\"B\"}]}\n     |               ^^^\n  fix: remove one of them" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Error_reads(string name, string text, string expected) =>
        Assert.Equal(expected, string.Join('\n', Reading.Job(text, null, name).Diagnostics));

    [Theory]
    [InlineData("{\"a\":1,}", "nothing follows the comma before \"}\"", 7)]
    [InlineData("{\"a\":[1,]}", "nothing follows the comma before \"]\"", 8)]
    [InlineData("{\"a\":1 \"b\":2}", "a comma is missing before this", 8)]
    [InlineData("{\"a\":[1 2]}", "a comma is missing before this", 9)]
    [InlineData("{\"a\":1,,\"b\":2}", "a value is missing before \",\"", 8)]
    [InlineData("{a:1}", "a key in double quotes is expected, not \"a\"", 2)]
    [InlineData("{\"a\" 1}", "key \"a\" is not followed by \":\"", 2)]
    [InlineData("{\"a\":x}", "\"x\" is not a JSON value", 6)]
    [InlineData("{\"a\":01}", "\"01\" is not a JSON value", 6)]
    [InlineData("{\"a\":'x'}", "\"'x'\" is not a JSON value", 6)]
    [InlineData("{\"a\":}", "a value is missing before \"}\"", 6)]
    [InlineData("{\"a\":1} x", "text follows the closing brace of the document", 9)]
    [InlineData("{ // note\n\"a\":1}", "JSON has no comments", 3)]
    public void Json_is_strict(string text, string message, int column)
    {
        var problems = new DiagnosticBag();

        JsonReader.Read(SourceText.FromString("t.json", text), JobReadOptions.Default, problems);

        var problem = Assert.Single(problems.ToImmutable());
        Assert.Equal(ConfigErrors.BadJson, problem.Code);
        Assert.Equal(message, problem.Message);
        Assert.Equal($"t.json:1:{column}", problem.Span.ToString());
    }

    [Theory]
    [InlineData(new byte[] { (byte)'a', (byte)'\n', 0xC3, 0x28 }, "byte 0xC3 is not part of a UTF-8 text", "t.conf:2:1")]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'a', 0 }, "the text is UTF-16, not UTF-8", "t.conf:1:1")]
    public void Bytes_that_are_not_utf8_are_refused(byte[] bytes, string message, string place)
    {
        var result = JobReader.Read(new SourceText("t.conf", bytes), JobTextKind.Hocon, JobReadOptions.Default);

        var problem = Assert.Single(result.Diagnostics);
        Assert.Equal((ConfigErrors.NotUtf8, message, place), (problem.Code, problem.Message, problem.Span.ToString()));
    }

    [Fact]
    public void A_text_over_the_limit_is_refused()
    {
        var result = Reading.Job(Job, new JobReadOptions { MaxTextBytes = 10 });

        Assert.Equal(ConfigErrors.TextTooLarge, Assert.Single(result.Diagnostics).Code);
    }

    [Fact]
    public void Reading_stops_after_very_many_problems()
    {
        var result = Reading.Job(string.Concat(Enumerable.Repeat("a @ b\n", 1000)));

        Assert.Equal(101, result.Diagnostics.Length);
        Assert.Contains(result.Diagnostics, d => d.Code == ConfigErrors.TooManyProblems);
        Assert.Null(result.Job);
    }

    [Fact]
    public void Files_that_cannot_be_read_say_why()
    {
        var problems = new DiagnosticBag();

        Assert.Null(JobText.Load("no/such.conf", problems));
        Assert.Null(JobText.Load(AppContext.BaseDirectory, problems));
        Assert.Null(JobText.KindOfFormat("yaml", problems));

        Assert.Equal(
            [
                "CFG-0001: file \"no/such.conf\" does not exist (upstream: read file failed, because it not existed)",
                $"CFG-0002: \"{AppContext.BaseDirectory}\" is a folder",
                "CFG-0036: format \"yaml\" is not known",
            ],
            problems.ToImmutable().Select(p => p.ToString().Split('\n')[0]));
        Assert.Equal("COMMON-22", problems.ToImmutable()[0].Code.Upstream);
    }

    [Fact]
    public void Codes_are_unique_and_in_order()
    {
        var codes = typeof(ConfigErrors).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (ErrorCode)f.GetValue(null)!).ToList();

        Assert.Equal(Enumerable.Range(1, codes.Count).Select(i => $"CFG-{i:D4}"), codes.Select(c => c.Id));
    }
}
