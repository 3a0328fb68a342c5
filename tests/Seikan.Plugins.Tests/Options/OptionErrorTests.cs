using Seikan.Core;

namespace Seikan.Plugins.Tests.Options;

/// <summary>What is said about options that are wrong.</summary>
public sealed class OptionErrorTests
{
    [Theory]
    [InlineData("row.num = 1.0", "OPT-0003 2:11 \"row.num\" is \"1.0\", not a whole number | write a whole number")]
    [InlineData("row.num = abc", "OPT-0003 2:11 \"row.num\" is \"abc\", not a whole number | write a whole number")]
    [InlineData("row.num = 3000000000", "OPT-0003 2:11 \"row.num\" is \"3000000000\", not a whole number from -2147483648 to 2147483647 | write a whole number from -2147483648 to 2147483647")]
    [InlineData("row.num = 0", "OPT-0004 2:11 \"row.num\" is \"0\" | use 1 to 100")]
    [InlineData("row.num = [1]", "OPT-0003 2:11 \"row.num\" is a list, not a whole number | write a whole number")]
    [InlineData("row.num { a = 1 }", "OPT-0003 2:9 \"row.num\" is an object, not a whole number | write a whole number")]
    [InlineData("large = 9223372036854775808", "OPT-0003 2:9 \"large\" is \"9223372036854775808\", not a whole number from -9223372036854775808 to 9223372036854775807 | write a whole number from -9223372036854775808 to 9223372036854775807")]
    [InlineData("share = 1.5", "OPT-0004 2:9 \"share\" is \"1.5\" | use 0 to 1")]
    [InlineData("share = half", "OPT-0003 2:9 \"share\" is \"half\", not a number | write a number")]
    [InlineData("small = x", "OPT-0003 2:9 \"small\" is \"x\", not a number | write a number")]
    [InlineData("price = x", "OPT-0003 2:9 \"price\" is \"x\", not a number | write a number")]
    [InlineData("on = yes", "OPT-0003 2:6 \"on\" is \"yes\", not true or false | write true or false")]
    [InlineData("on = 1", "OPT-0003 2:6 \"on\" is \"1\", not true or false | write true or false")]
    [InlineData("start_mode = speciffic", "OPT-0005 2:14 \"start_mode\" is \"speciffic\", not one of FIRST_ROW, tail, SPECIFIC | did you mean \"SPECIFIC\"?")]
    [InlineData("start_mode = zzz", "OPT-0005 2:14 \"start_mode\" is \"zzz\", not one of FIRST_ROW, tail, SPECIFIC | use one of FIRST_ROW, tail, SPECIFIC")]
    [InlineData("modes = [tail, tial]", "OPT-0005 2:16 \"modes\" is \"tial\", not one of FIRST_ROW, tail, SPECIFIC | did you mean \"tail\"?")]
    [InlineData("wait = 10 parsecs", "OPT-0003 2:8 \"wait\" is \"10 parsecs\", not a time such as 500ms or 10s | write a time such as 500ms or 10s")]
    [InlineData("wait = 61s", "OPT-0004 2:8 \"wait\" is \"61s\" | use 0 to 60000 ms")]
    [InlineData("size = -1mb", "OPT-0003 2:8 \"size\" is \"-1mb\", not a size such as 64mb | write a size such as 64mb")]
    [InlineData("size = 10 apples", "OPT-0003 2:8 \"size\" is \"10 apples\", not a size such as 64mb | write a size such as 64mb")]
    [InlineData("numbers = [1, 10]", "OPT-0004 2:15 \"numbers\" is \"10\" | use 0 to 9")]
    [InlineData("numbers = [1, [2]]", "OPT-0003 2:15 \"numbers\" is a list, not a whole number | write a whole number")]
    [InlineData("user = u", "OPT-0007 2:1 \"user\", \"password\" are given together or not at all | add \"password\"")]
    [InlineData("left = 1, right = 2", "OPT-0006 2:11 only one of \"left\", \"right\" can be given | keep one of \"left\" and \"right\"")]
    [InlineData("names = [a]", "OPT-0006 2:1 only one of \"name\", \"names\" can be given | keep one of \"name\" and \"names\"")]
    [InlineData("start_mode = specific", "OPT-0001 1:1 \"start_mode.offsets\" must be given, because \"start_mode\" is SPECIFIC | add start_mode.offsets = { .. }")]
    [InlineData("on = false", "OPT-0001 1:1 \"first\" must be given, because \"on\" is false | add first = ..")]
    [InlineData("table { rows = 1 }", "OPT-0001 2:7 \"path\" must be given | add path = ..")]
    [InlineData("table = 5", "OPT-0003 2:9 \"table\" is \"5\", not an object | write an object")]
    [InlineData("tables_configs = 5", "OPT-0003 2:18 \"tables_configs\" is \"5\", not a list of objects | write a list of objects")]
    [InlineData("tables_configs = [5]", "OPT-0003 2:19 \"tables_configs\" is \"5\", not an object | write an object")]
    [InlineData("start_mode.offsets = 5", "OPT-0003 2:22 \"start_mode.offsets\" is \"5\", not an object | write an object")]
    [InlineData("start_mode.offsets { a = [1] }", "OPT-0003 2:26 \"start_mode.offsets\" is a list, not text | write text")]
    [InlineData("later = x", "OPT-0008 2:1 \"later\" is not supported yet | leave it out")]
    [InlineData("parallelism = 0", "OPT-0004 2:15 \"parallelism\" is \"0\" | use 1 to 100000")]
    public void A_wrong_option_is_an_error_at_its_place(string text, string expected)
    {
        var (bound, problems) = Blocks.Bind("name = ab\n" + text);

        Assert.Equal(expected, problems);
        Assert.Null(bound);
    }

    [Theory]
    [InlineData("gone = x", "warning OPT-0009 2:1 \"gone\" has no effect or a better successor | use name")]
    [InlineData("title = cd", "warning OPT-0012 2:1 \"title\" has no effect beside \"name\": both mean the same | remove \"title\"")]
    [InlineData("row.nums = 3", "warning OPT-0002 2:1 unknown option \"row.nums\" | did you mean \"row.num\"?")]
    [InlineData("row { nums = 3 }", "warning OPT-0002 2:7 unknown option \"row.nums\" | did you mean \"row.num\"?")]
    [InlineData("zzzzzzzzzzz = 3", "warning OPT-0002 2:1 unknown option \"zzzzzzzzzzz\" | remove the option, or see \"seikan connectors NAME\"")]
    [InlineData("table { path = p, row = 3 }", "warning OPT-0002 2:19 unknown option \"row\" | did you mean \"rows\"?")]
    [InlineData("table.path = p\ntable.row = 3", "warning OPT-0002 3:1 unknown option \"row\" | did you mean \"rows\"?")]
    [InlineData("tables_configs = [ { path = p }, { path = p, row = 3 } ]", "warning OPT-0002 2:46 unknown option \"row\" | did you mean \"rows\"?")]
    [InlineData("start_mode { offset { a = 1 } }", "warning OPT-0002 2:14 unknown option \"start_mode.offset\" | did you mean \"start_mode.offsets\"?")]
    public void A_doubtful_option_is_a_warning(string text, string expected)
    {
        var (bound, problems) = Blocks.Bind("name = ab\n" + text);

        Assert.Equal(expected, problems);
        Assert.Equal("ab", bound?.Name);
    }

    [Theory]
    [InlineData("", "OPT-0001 1:1 one of \"name\", \"names\" must be given | add one of \"name\", \"names\"")]
    [InlineData("name = a", "OPT-0004 1:8 \"name\" has 1 characters: \"a\" | use 2 to 5 characters")]
    [InlineData("name = aB", "OPT-0005 1:8 \"name\" is \"aB\", not small letters | use one of the possible values")]
    [InlineData("name = { }", "OPT-0003 1:8 \"name\" is an object, not text | write text")]
    [InlineData("names = []", "OPT-0004 1:9 \"names\" has 0 elements | give 1 to 3")]
    [InlineData("name = \"x\u00e9\u00e9\u00e9\"", "OPT-0005 1:8 \"name\" is \"xééé\", not small letters | use one of the possible values")]
    public void Texts_and_lists_keep_their_limits(string text, string expected) => Assert.Equal(expected, Blocks.Bind(text).Problems);

    [Theory]
    [InlineData("password = [hunter2], user = u")]
    [InlineData("pins = [hunter2]")]
    [InlineData("pins = \"hunter2,12\"")]
    [InlineData("pins = \"12,13\"")]
    public void A_secret_is_never_quoted(string text)
    {
        var problems = Blocks.Bind("name = ab\n" + text).Problems;

        Assert.Contains("OPT-00", problems, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", problems, StringComparison.Ordinal);
        Assert.DoesNotContain("13", problems, StringComparison.Ordinal);
    }

    [Fact]
    public void All_problems_are_reported_together()
    {
        var (_, problems) = Blocks.Bind("row.num = x\nshare = 2\nzzzzzzzzz = 1");

        Assert.Equal(["OPT-0001", "OPT-0003", "OPT-0004", "warning"], problems.Split('\n').Select(p => p.Split(' ')[0]));
    }

    [Fact]
    public void Unknown_options_are_errors_when_the_job_is_strict()
    {
        var block = Blocks.Of("name = ab\nnam = x");
        SampleSourceOptions.Bind(block);

        block.ReportUnknown(Severity.Error);

        Assert.True(block.Diagnostics.HasErrors);
    }

    [Fact]
    public void Keys_of_options_bound_later_from_the_same_block_are_known()
    {
        var block = Blocks.Of("name = ab, mode = first_row, path = p");
        SampleSourceOptions.Bind(block);
        SampleConditionOptions.Bind(block);
        block.MarkKnown("path");

        block.ReportUnknown(Severity.Warning);

        Assert.Equal("", Blocks.Problems(block));
    }

    [Fact]
    public void Every_problem_of_a_block_names_the_page_that_explains_its_options()
    {
        var text = Blocks.Of("row.num = x\nunknown = 1\ngone = 1\nnames = \"a,b\"\ntable { x = 1 }");
        var block = new OptionBlock(text.Node, text.Place, new DiagnosticBag()) { See = OptionDocs.PathOf(PluginKind.Source, "Sample") };

        SampleSourceOptions.Bind(block);
        block.ReportUnknown(Severity.Warning);

        Assert.Equal(6, block.Diagnostics.Count);
        Assert.All(block.Diagnostics.ToImmutable(), d => Assert.Equal("docs/connectors/Sample.md", d.See));
    }

    [Fact]
    public void A_condition_sees_the_default_of_the_other_option()
    {
        var block = Blocks.Of("");

        Assert.Null(SampleConditionOptions.Bind(block));
        Assert.Equal("OPT-0001 1:1 \"from\" must be given, because \"mode\" is tail | add from = ..", Blocks.Problems(block));
        Assert.Equal(3, SampleConditionOptions.Bind(Blocks.Of("from = 3"))!.From);
    }

    [Fact]
    public void The_length_of_a_list_of_numbers_limits_how_many_not_which()
    {
        var tooMany = Blocks.Of("offsets = [1, 2, 3]");

        Assert.Equal([-5, 0], SampleCountOptions.Bind(Blocks.Of("offsets = [-5, 0]"))!.Offsets);
        Assert.Null(SampleCountOptions.Bind(tooMany));
        Assert.Equal("OPT-0004 1:11 \"offsets\" has 3 elements | give 1 to 2", Blocks.Problems(tooMany));
    }
}
