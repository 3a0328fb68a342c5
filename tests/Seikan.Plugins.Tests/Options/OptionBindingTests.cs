using Seikan.Core;

namespace Seikan.Plugins.Tests.Options;

/// <summary>Values of every type, as jobs write them.</summary>
public sealed class OptionBindingTests
{
    [Fact]
    public void Absent_options_keep_their_initialisers()
    {
        var bound = Blocks.Good("name = ab");

        Assert.Equal((true, 5, null, 0.5, null), (bound.On, bound.RowNum, bound.Large, bound.Share, bound.Price));
        Assert.Equal((SampleMode.FirstRow, TimeSpan.FromSeconds(2), new ByteSize(64 << 20)), (bound.Mode, bound.Wait, bound.Size));
        Assert.Equal([SampleMode.Specific], bound.Modes);
        Assert.Null(bound.Table);
        Assert.Equal("ab", bound.Block?.Find("name")?.Value.ToString());
    }

    [Theory]
    [InlineData("row.num = 7")]
    [InlineData("row { num = 7 }")]
    [InlineData("row->num = 7")]
    [InlineData("row.num = \"7\"")]
    [InlineData("row.num = \" 7 \"")]
    [InlineData("row.num = 7\nrow { num = 8 }")]
    public void A_key_is_found_flat_then_nested(string text) => Assert.Equal(7, Blocks.Good("name = ab\n" + text).RowNum);

    [Theory]
    [InlineData("on = false, first = 1", false)]
    [InlineData("on = \"FALSE\", first = 1", false)]
    [InlineData("on = \"True\"", true)]
    public void Booleans_are_true_or_false_in_any_case(string text, bool expected) => Assert.Equal(expected, Blocks.Good("name = ab, " + text).On);

    [Theory]
    [InlineData("10", 10_000)]
    [InlineData("500ms", 500)]
    [InlineData("1.5s", 1_500)]
    [InlineData("\"1 min\"", 60_000)]
    [InlineData("0", 0)]
    public void Times_have_units_and_bare_numbers_take_the_options_unit(string text, double milliseconds) =>
        Assert.Equal(milliseconds, Blocks.Good($"name = ab, wait = {text}").Wait.TotalMilliseconds);

    [Theory]
    [InlineData("10", 10)]
    [InlineData("64mb", 64L << 20)]
    [InlineData("\"1 GiB\"", 1L << 30)]
    [InlineData("1.5kb", 1536)]
    public void Sizes_have_units_that_are_powers_of_1024(string text, long bytes) => Assert.Equal(bytes, Blocks.Good($"name = ab, size = {text}").Size.Bytes);

    [Fact]
    public void Numbers_of_all_kinds_are_read_exactly()
    {
        var bound = Blocks.Good("name = ab, large = -9223372036854775808, share = 1e-3, small = 0.25, price = 0.10000000000000000000000001");

        Assert.Equal((long.MinValue, 0.001, 0.25f, 0.10000000000000000000000001m), (bound.Large, bound.Share, bound.Small, bound.Price));
    }

    [Theory]
    [InlineData("first_row", "FirstRow")]
    [InlineData("FIRST_ROW", "FirstRow")]
    [InlineData("Tail", "LastRow")]
    public void Words_match_in_any_case(string text, string expected) => Assert.Equal(expected, Blocks.Good($"name = ab, start_mode = {text}").Mode.ToString());

    [Theory]
    [InlineData("numbers = [1, 2]", "")]
    [InlineData("numbers = \"[1,2]\"", "")]
    [InlineData("numbers = \"1, 2\"", "warning OPT-0010 2:11 \"numbers\" is a list written as one text | write numbers = [\"1\", \"2\"]")]
    public void Lists_are_lists_or_texts(string text, string problems)
    {
        var (bound, found) = Blocks.Bind("name = ab\n" + text);

        Assert.Equal([1, 2], bound!.Numbers);
        Assert.Equal(problems, found);
    }

    [Fact]
    public void One_value_is_a_list_of_one() => Assert.Equal([5], Blocks.Good("name = ab, numbers = 5").Numbers);

    [Fact]
    public void A_bare_list_in_a_text_is_a_list_of_texts() => Assert.Equal(["abc", "def"], Blocks.Good("names = \"[abc,def]\"").Names);

    [Theory]
    [InlineData("start_mode = specific\nstart_mode.offsets { a = 1, b.c = \"x\" }")]
    [InlineData("start_mode = specific\nstart_mode.offsets.a = 1\nstart_mode.offsets { b.c = x }")]
    [InlineData("start_mode = specific\nstart_mode.offsets = \"\"\"{\"a\": 1, \"b.c\": \"x\"}\"\"\"")]
    public void A_text_and_an_object_share_a_key(string text)
    {
        var bound = Blocks.Good("name = ab\n" + text);

        Assert.Equal(SampleMode.Specific, bound.Mode);
        Assert.Equal("a=1;b.c=x", string.Join(';', bound.Offsets!.OrderBy(o => o.Key, StringComparer.Ordinal).Select(o => $"{o.Key}={o.Value}")));
    }

    [Fact]
    public void An_object_under_the_key_of_a_text_holds_only_its_other_options()
    {
        var bound = Blocks.Good("name = ab\nstart_mode { offsets { a = 1 } }");

        Assert.Equal((SampleMode.FirstRow, "1"), (bound.Mode, bound.Offsets!["a"]));
    }

    [Theory]
    [InlineData("table { path = p, rows = 4 }")]
    [InlineData("table.path = p\ntable.rows = 4")]
    [InlineData("table.rows = 4\ntable { path = p, rows = 9 }")]
    [InlineData("table = \"\"\"{\"path\":\"p\",\"rows\":4}\"\"\"")]
    public void Nested_options_are_an_object_or_its_parts(string text) =>
        Assert.Equal(new SampleTableOptions { Path = "p", Rows = 4 }, Blocks.Good("name = ab\n" + text).Table);

    [Theory]
    [InlineData("tables_configs = [ { path = p }, { path = q, rows = 4 } ]", "p3q4")]
    [InlineData("tables_configs { path = p }", "p3")]
    [InlineData("tables_configs = \"\"\"[{\"path\":\"p\"}]\"\"\"", "p3")]
    [InlineData("tables_configs = []", "")]
    public void Lists_of_nested_options_are_bound_one_by_one(string text, string expected) =>
        Assert.Equal(expected, string.Concat(Blocks.Good("name = ab\n" + text).Tables.Select(t => t.Path + t.Rows)));

    [Theory]
    [InlineData("schema { fields { id = bigint, t = string } }")]
    [InlineData("schema.fields { id = bigint, t = string }")]
    [InlineData("schema.fields.id = bigint\nschema.fields.t = string")]
    [InlineData("schema->fields { id = bigint }\nschema.fields.t = string")]
    [InlineData("schema = \"\"\"{\"fields\":{\"id\":\"bigint\",\"t\":\"string\"}}\"\"\"")]
    public void A_schema_is_a_block_or_its_parts(string text) =>
        Assert.Equal(["id", "t"], Blocks.Good("name = ab\n" + text).Schema!.Columns.Select(c => c.Definition.Name));

    [Fact]
    public void Any_value_is_kept_as_written()
    {
        var bound = Blocks.Good("name = ab, any = { a = [1] }, anys = [ {}, 2 ]");

        Assert.IsType<ConfigList>(Assert.IsType<ConfigObject>(bound.Any).Find("a")!.Value.Value);
        Assert.Equal(2, bound.Anys!.Count);
    }

    [Theory]
    [InlineData("title = ab")]
    [InlineData("old { name = ab }")]
    [InlineData("title = null, name = ab")]
    public void Other_spellings_of_a_key_work(string text) => Assert.Equal("ab", Blocks.Good(text).Name);

    [Fact]
    public void Options_of_the_base_record_are_bound_too()
    {
        var bound = Blocks.Good("name = ab, result_table_name = t, parallelism = 4");

        Assert.Equal(("t", 4), (bound.PluginOutput, bound.Parallelism));
    }

    [Fact]
    public void A_secret_is_kept_out_of_sight()
    {
        var bound = Blocks.Good("name = ab, user = u, password = hunter2");

        Assert.Equal("hunter2", bound.Password!.Reveal());
        Assert.DoesNotContain("hunter2", bound.ToString(), StringComparison.Ordinal);
    }
}
