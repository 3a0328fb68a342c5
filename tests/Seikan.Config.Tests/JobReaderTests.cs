using Seikan.Core;

namespace Seikan.Config.Tests;

public sealed class JobReaderTests
{
    private const string Around = "env { }\nsink { Console { } }\n";

    [Fact]
    public void Blocks_keep_their_order_names_and_places()
    {
        var job = Reading.GoodJob("""
            env { job.mode = BATCH }
            source {
              FakeSource { plugin_output = a, row.num = 1 }
              c.Console { x = 1 }
              FakeSource { plugin_output = b }
            }
            transform { }
            sink { "MySQL-CDC" { y = 2 } }
            """);

        Assert.Equal(["FakeSource", "c.Console", "FakeSource"], job.Sources.Select(s => s.Name));
        Assert.Equal([0, 1, 2], job.Sources.Select(s => s.Index));
        Assert.Equal("t.conf:5:3", job.Sources[2].NameSpan.ToString());
        Assert.Equal("""{"plugin_output":"a","row.num":1}""", ConfigText.ToCompactJson(job.Sources[0].Options));
        Assert.Empty(job.Transforms);
        Assert.Equal("sink[0] MySQL-CDC", job.Sinks[0].Path);
        Assert.Equal("""{"job.mode":"BATCH"}""", ConfigText.ToCompactJson(job.Env));
    }

    [Theory]
    [InlineData("source { FakeSource { row.num = 5 } }")]
    [InlineData("source = [ { plugin_name = \"FakeSource\", row.num = 5 } ]")]
    [InlineData("source = { FakeSource = { row.num = 5 } }")]
    [InlineData("source -> FakeSource { row.num = 5 }")]
    [InlineData("source -> FakeSource -> row.num = 5")]
    [InlineData("source { FakeSource { plugin_name = fakesource, row.num = 5 } }")]
    [InlineData("common { row.num = 5 }\nsource { FakeSource = ${common} }")]
    [InlineData("common { row.num = 4 }\nsource { FakeSource = ${common} { row.num = 5 } }")]
    [InlineData("all = [ { plugin_name = FakeSource, row.num = 5 } ]\nsource = ${all}")]
    [InlineData("all { FakeSource { row.num = 5 } }\nsource = ${all}")]
    public void Every_form_of_a_block_gives_the_same_plugin(string source)
    {
        var job = Reading.GoodJob(Around + source);

        var plugin = Assert.Single(job.Sources);
        Assert.Equal("FakeSource", plugin.Name);
        Assert.Equal("""{"row.num":5}""", ConfigText.ToCompactJson(plugin.Options));
    }

    [Fact]
    public void A_column_named_source_or_sink_stays_a_column()
    {
        var job = Reading.GoodJob(Around + "source { A { schema { fields { source { x = int }, sink = string } } } }");

        Assert.Equal("""{"schema":{"fields":{"source":{"x":"int"},"sink":"string"}}}""", ConfigText.ToCompactJson(job.Sources[0].Options));
    }

    [Theory]
    [InlineData("error_handler { mode = ROUTE, sink { plugin_name = Console, a = 1 } }")]
    [InlineData("error_handler { mode = ROUTE, sink { Console { a = 1 } } }")]
    [InlineData("error_handler -> mode = ROUTE, error_handler -> sink { Console { a = 1 } }")]
    [InlineData("error_handler { mode = ROUTE, sink = [ { plugin_name = Console, a = 1 } ] }")]
    public void The_sink_of_an_error_handler_is_a_list(string handler)
    {
        var job = Reading.GoodJob($"env {{ {handler} }}\nsource {{ A {{ }} }}\nsink {{ B {{ }} }}");

        Assert.Equal("""{"error_handler":{"mode":"ROUTE","sink":[{"plugin_name":"Console","a":1}]}}""", ConfigText.ToCompactJson(job.Env));
    }

    [Fact]
    public void The_sink_of_an_error_handler_in_json_is_a_list_too()
    {
        var job = Reading.GoodJob(
            """{"env":{"sink_error_handler":{"sink":{"plugin_name":"C"}}},"source":[{"plugin_name":"A"}],"sink":[{"plugin_name":"B"}]}""", null, "t.json");

        Assert.Equal("""{"sink_error_handler":{"sink":[{"plugin_name":"C"}]}}""", ConfigText.ToCompactJson(job.Env));
    }

    [Fact]
    public void Column_order_is_kept_also_when_a_schema_is_given_twice()
    {
        var job = Reading.GoodJob(Around + "source { A { schema { fields { z = int, a = int } }\n schema { fields { a = string, b = int } } } }");

        Assert.Equal("""{"schema":{"fields":{"z":"int","a":"string","b":"int"}}}""", ConfigText.ToCompactJson(job.Sources[0].Options));
    }

    [Fact]
    public void Three_mistakes_give_three_errors()
    {
        var result = Reading.Job("env { parallelism = @2 }\nsource { A { url = http://x/y } }\nsinc { B { n = ${rows} } }");

        Assert.Equal(
            ["CFG-0010 t.conf:1:21", "CFG-0011 t.conf:2:20", "CFG-0026 t.conf:3:1", "CFG-0015 t.conf:3:16"],
            result.Diagnostics.Select(d => $"{d.Code} {d.Span}"));
    }

    [Fact]
    public void A_job_is_there_beside_errors_so_that_more_can_be_found()
    {
        var result = Reading.Job(Around + "source { A { n = ${rows} } }");

        Assert.True(result.HasErrors);
        Assert.NotNull(result.Job);
    }

    [Theory]
    [InlineData("a.json", JobTextKind.Json)]
    [InlineData("A.JSON", JobTextKind.Json)]
    [InlineData("a.SQL", JobTextKind.Sql)]
    [InlineData("a.conf", JobTextKind.Hocon)]
    [InlineData("a.config", JobTextKind.Hocon)]
    [InlineData("a.template", JobTextKind.Hocon)]
    [InlineData("job", JobTextKind.Hocon)]
    public void The_language_is_chosen_by_file_name(string name, JobTextKind kind) => Assert.Equal(kind, JobText.KindOf(name));

    [Theory]
    [InlineData(null, JobTextKind.Json)]
    [InlineData("", JobTextKind.Json)]
    [InlineData("JSON", JobTextKind.Json)]
    [InlineData("Hocon", JobTextKind.Hocon)]
    [InlineData("sql", JobTextKind.Sql)]
    public void The_language_is_chosen_by_format(string? format, JobTextKind kind) => Assert.Equal(kind, JobText.KindOfFormat(format, new DiagnosticBag()));
}
