namespace Seikan.Config.Tests;

public sealed class VariableTests
{
    [Theory]
    [InlineData("a=1", "a=1")]
    [InlineData("a=1,b=2", "a=1;b=2")]
    [InlineData("a=1=2", "a=1=2")]
    [InlineData("a=\"x,y\",b=3", "a='x,y';b=3")]
    [InlineData("a=[1,2],b={c=1,d=2}", "a=[1,2];b={c=1,d=2}")]
    [InlineData("a=", "a=")]
    [InlineData(" a = some words ", "a=some words")]
    [InlineData("a=[1,b=2", "a=[1;b=2")]
    [InlineData("a=1,a=2", "a=2")]
    [InlineData("job.name=x", "job.name=x")]
    public void Arguments_split(string argument, string expected)
    {
        var result = VariableArguments.Parse([argument]);

        Assert.Empty(result.Diagnostics);
        Assert.Equal(expected, string.Join(';', result.Variables.OrderBy(v => v.Key).Select(v => v.Value.IsVerbatim ? $"{v.Key}='{v.Value}'" : $"{v.Key}={v.Value}")));
    }

    [Fact]
    public void Wrong_arguments_are_all_reported_with_their_place()
    {
        var result = VariableArguments.Parse(["a=x,y", "=1", "table_name=t", "ok=1"]);

        Assert.Equal(
            ["CFG-0032 -i:1:5: \"y\" is not name=value", "CFG-0032 -i:1:1: a name is missing before \"=1\"", "CFG-0033 -i:1:1: System placeholders cannot be used. Incorrect config parameter: table_name"],
            result.Diagnostics.OrderByDescending(d => d.Span.Start).ThenBy(d => d.Code.Id).Select(d => d.ToString().Split('\n')[0]));
        Assert.Equal(["a", "ok"], result.Variables.Keys.Order());
    }

    [Theory]
    [InlineData("\"${n}\"", "7", "\"7\"")]
    [InlineData("\"a ${n} b ${n}\"", "7", "\"a 7 b 7\"")]
    [InlineData("\"${n:50}\"", "7", "\"7\"")]
    [InlineData("\"${n:50}\"", "", "\"50\"")]
    [InlineData("\"${n: 50 }\"", null, "\"50\"")]
    [InlineData("\"${n:}\"", null, "\"\"")]
    [InlineData("\"${n}\"", "", "\"${n}\"")]
    [InlineData("\"${n}\"", null, "\"${n}\"")]
    [InlineData("\"${n:${m:x}}\"", null, "\"x\"")]
    [InlineData("\"${n}\"", "${n}", "\"${n}\"")]
    [InlineData("\"${table_name:t}\"", null, "\"${table_name:t}\"")]
    [InlineData("\"${a ? b : c}\"", null, "\"${a ? b : c}\"")]
    [InlineData("\"\"\"${n}\"\"\"", "7", "\"7\"")]
    [InlineData("[{ k = \"${n}\" }]", "7", "[{\"k\":\"7\"}]")]
    [InlineData("${n}", "7", "7")]
    [InlineData("${n}", "true", "true")]
    [InlineData("${n}", "null", "\"null\"")]
    [InlineData("${n}", "some words", "\"some words\"")]
    [InlineData("${n}", "[abc, 2, \"x y\"]", "[\"abc\",2,\"x y\"]")]
    [InlineData("${n}", "{ a = 1, b { c = x } }", "{\"a\":1,\"b\":{\"c\":\"x\"}}")]
    [InlineData("${n}", "[not a list", "\"[not a list\"")]
    [InlineData("${n}", "[a, ${b}]", "\"[a, ${b}]\"")]
    [InlineData("\"${n}\"", "[abc,def]", "\"[abc,def]\"")]
    [InlineData("${n:50}", "", "50")]
    [InlineData("${n:50}", "7", "7")]
    [InlineData("\"pre\"${n}", "7", "\"pre7\"")]
    public void Variable_fills(string value, string? variable, string json)
    {
        var options = variable is null ? JobReadOptions.Default : Reading.With(("n", variable));

        Assert.Equal($"{{\"x\":{json}}}", Reading.HoconAsJson($"x = {value}", options));
    }

    [Fact]
    public void A_quoted_list_stays_text()
    {
        var options = new JobReadOptions { Variables = VariableArguments.Parse(["n=\"[1,2]\""]).Variables };

        Assert.Equal("""{"x":"[1,2]"}""", Reading.HoconAsJson("x = ${n}", options));
    }

    [Fact]
    public void Keys_are_never_filled() =>
        Assert.Equal("""{"${n}":1}""", Reading.HoconAsJson("\"${n}\" = 1", Reading.With(("n", "7"))));

    [Fact]
    public void Json_strings_are_filled()
    {
        var job = Reading.GoodJob(
            """{"env":{},"source":[{"plugin_name":"A","n":"${n:5}","d":"${d}"}],"sink":[{"plugin_name":"B","path":"/x/${table_name}/${now}"}]}""",
            Reading.With(("d", "day")),
            "t.json");

        Assert.Equal("""{"n":"5","d":"day"}""", ConfigText.ToCompactJson(job.Sources[0].Options));
        Assert.Equal("""{"path":"/x/${table_name}/${now}"}""", ConfigText.ToCompactJson(job.Sinks[0].Options));
    }

    [Fact]
    public void An_unfilled_reference_in_quotes_is_a_warning_and_in_a_sink_a_note()
    {
        var result = Reading.Job("env { }\nsource { A { q = \"where d = ${day} and e = ${now}\" } }\nsink { B { topic = \"${field}\" } }");

        Assert.False(result.HasErrors);
        Assert.Equal(
            ["warning CFG-0034 t.conf:2:29: \"${day}\" has no value and stays as it is", "note CFG-0034 t.conf:3:21: \"${field}\" has no value and stays as it is"],
            result.Diagnostics.Select(d => d.ToString().Split('\n')[0]));
    }

    [Fact]
    public void One_reading_does_not_see_the_variables_of_another()
    {
        Assert.Equal("""{"x":1}""", Reading.HoconAsJson("x = ${?n}", Reading.With(("n", "1"))));
        Assert.Equal("{}", Reading.HoconAsJson("x = ${?n}"));
    }
}
