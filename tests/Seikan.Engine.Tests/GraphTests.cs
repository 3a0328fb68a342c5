using System.Collections.Immutable;
using Seikan.Core;
using Seikan.Engine.Tests.Toys;
using Seikan.Plugins;
using Seikan.Testing.Steps;

namespace Seikan.Engine.Tests;

public sealed class GraphTests
{
    [Fact]
    public async Task An_unknown_connector_is_answered_with_the_nearest_names()
    {
        var error = Single(await PlanAsync("env {}\nsource { Tyo {} }\nsink { Keep {} }"), "PLN-0001");
        Assert.Equal("there is no source \"Tyo\"", error.Message);
        Assert.Equal("job.conf:2:10", error.Span.ToString());
        Assert.Equal(["Toy"], error.Candidates);
    }

    [Fact]
    public async Task A_connector_on_the_wrong_side_is_told_where_it_belongs()
    {
        var errors = await PlanAsync("env {}\nsource { Keep {} }\nsink { Toy {} }");
        Assert.Equal(["\"Keep\" is a sink, not a source", "\"Toy\" is a source, not a sink"], Errors(errors, "PLN-0002").Select(e => e.Message));
        Assert.Equal(["job.conf:2:10", "job.conf:3:8"], Errors(errors, "PLN-0002").Select(e => e.Span.ToString()));
    }

    [Fact]
    public async Task Names_are_matched_without_regard_to_case() =>
        Assert.NotNull((await PlanAsync("env {}\nsource { tOY {} }\nsink { KEEP {} }")).Plan);

    [Fact]
    public async Task In_the_short_form_names_may_be_left_out_or_wrong()
    {
        var result = await PlanAsync("env {}\nsource { Toy { plugin_output = a } }\ntransform { Pass { plugin_input = b } }\nsink { Keep {} }");
        Assert.NotNull(result.Plan);
        var warning = Assert.Single(result.Diagnostics);
        Assert.Equal(("PLN-0012", Severity.Warning, "job.conf:3:35"), (warning.Code.Id, warning.Severity, warning.Span.ToString()));
    }

    [Fact]
    public async Task In_the_long_form_every_name_is_needed()
    {
        var result = await PlanAsync("env {}\nsource { Toy {}, Toy { plugin_output = b } }\ntransform { Pass {} }\nsink { Keep {} }");
        Assert.Equal(["source[0] Toy", "transform[0] Pass"], Errors(result, "PLN-0003").Select(e => e.Path));
        Assert.Equal(["transform[0] Pass", "sink[0] Keep"], Errors(result, "PLN-0004").Select(e => e.Path));
        Assert.Equal("source[1] Toy", Single(result, "PLN-0007").Path);
    }

    [Fact]
    public async Task An_output_name_can_be_used_once()
    {
        var error = Single(await PlanAsync("env {}\nsource { Toy { plugin_output = a }, Toy { plugin_output = a } }\nsink { Keep { plugin_input = a } }"), "PLN-0005");
        Assert.Equal("job.conf:2:59", error.Span.ToString());
        Assert.StartsWith("\"a\" is already the output of source[0] Toy at job.conf:2:32", error.Message);
        Assert.Contains("and they must be different", error.Message);
    }

    [Fact]
    public async Task An_input_that_nothing_produces_is_answered_with_the_nearest_name()
    {
        var result = await PlanAsync("env {}\nsource { Toy { plugin_output = orders }, Toy { plugin_output = people } }\nsink { Keep { plugin_input = [ordres, people] } }");
        var error = Single(result, "PLN-0006");
        Assert.Equal(["orders"], error.Candidates);
        Assert.Equal("job.conf:3:31", error.Span.ToString());
        Assert.Equal("source[0] Toy", Single(result, "PLN-0007").Path);
    }

    [Fact]
    public async Task A_cycle_is_printed()
    {
        var error = Single(await PlanAsync("""
            env {}
            source { Toy { plugin_output = a } }
            transform { Pass { plugin_input = [a, z], plugin_output = x }, Pass { plugin_input = x, plugin_output = y }, Pass { plugin_input = y, plugin_output = z } }
            sink { Keep { plugin_input = y } }
            """), "PLN-0008");
        Assert.Equal("transforms feed each other: transform[0] Pass -> transform[2] Pass -> transform[1] Pass -> transform[0] Pass", error.Message);
    }

    [Fact]
    public async Task Transforms_may_stand_in_any_order()
    {
        var result = await PlanAsync("""
            env {}
            source { Toy { result_table_name = a } }
            transform { Pass { source_table_name = b, result_table_name = c }, Pass { source_table_name = a, result_table_name = b } }
            sink { Keep { source_table_name = c } }
            """);
        var tree = result.Plan!.Pipelines[0].Tree;
        Assert.Equal("Transform[1]-Pass", Assert.Single(tree.Children).Vertex.Name);
        Assert.Equal("Transform[0]-Pass", Assert.Single(tree.Children[0].Children).Vertex.Name);
    }

    [Fact]
    public async Task Inputs_of_different_columns_are_refused_with_both()
    {
        var error = Single(await PlanAsync("env {}\nsource { Toy { plugin_output = a }, Wide { plugin_output = b } }\nsink { Keep { plugin_input = [a, b] } }"), "PLN-0009");
        Assert.Equal("sink[0] Keep", error.Path);
        Assert.StartsWith("\"numbers\" has (id bigint, name string) and \"wide\" has (id bigint, name string, more bigint)", error.Message);
    }

    [Fact]
    public async Task Several_tables_and_another_input_do_not_go_into_one_sink() =>
        Assert.Contains("multi-table source", Single(await PlanAsync("env {}\nsource { Toy { plugin_output = a }, Many { plugin_output = b } }\nsink { Keep { plugin_input = [a, b] } }"), "PLN-0016").Message);

    [Fact]
    public async Task An_unbounded_source_needs_a_streaming_job()
    {
        const string Job = "env {{ job.mode = {0} }}\nsource {{ Endless {{}} }}\nsink {{ Keep {{}} }}";
        var error = Single(await PlanAsync(string.Format(null, Job, "batch")), "PLN-0010");
        Assert.Contains("'Endless' source don't support off-line job.", error.Message);
        Assert.NotNull((await PlanAsync(string.Format(null, Job, "Streaming"))).Plan);
    }

    [Fact]
    public async Task A_table_comes_once_from_a_source() =>
        Assert.Equal("table \"numbers\" comes 2 times from one source", Single(await PlanAsync("env {}\nsource { Twice {} }\nsink { Keep {} }"), "PLN-0017").Message);

    [Fact]
    public async Task Changes_are_refused_by_a_sink_that_only_appends() =>
        Assert.Equal("table \"numbers\" carries changes (Full), the sink takes InsertOnly only", Single(await PlanAsync("env {}\nsource { Changes {} }\nsink { Append {} }"), "PLN-0011").Message);

    [Fact]
    public async Task Changes_become_upserts_only_where_there_is_a_key() =>
        Assert.Equal("give the table a primary key", Single(await PlanAsync("env {}\nsource { Changes {} }\nsink { ByKey {} }"), "PLN-0011").Fix);

    [Fact]
    public async Task A_sink_with_positions_is_alone_in_its_pipeline() =>
        Single(await PlanAsync("env {}\nsource { Toy { plugin_output = a } }\nsink { Keep { plugin_input = a }, Exact { plugin_input = a } }"), "PLN-0014");

    [Fact]
    public async Task A_job_without_tables_has_nothing_to_run() =>
        Assert.Contains("No actions define", Single(await PlanAsync("env {}\nsource { Empty {} }\nsink { Keep {} }"), "PLN-0015").Message);

    [Fact]
    public async Task Blocking_connectors_may_not_take_more_threads_than_there_are() =>
        Assert.Contains("needs 65 threads", Single(await PlanAsync("env { parallelism = 65 }\nsource { Blocking {} }\nsink { Keep {} }"), "PLN-0018").Message);

    [Fact]
    public async Task What_a_sink_says_about_tables_gets_its_place()
    {
        var error = Single(await PlanAsync("env {}\nsource { Toy {} }\nsink { Picky {} }"), "TST-0001");
        Assert.Equal(("sink[0] Picky", "job.conf:3:8"), (error.Path, error.Span.ToString()));
    }

    [Fact]
    public async Task All_problems_are_reported_together()
    {
        var result = await PlanAsync("env { parallelism = 0 }\nsource { Toy { needed = wrong, plugin_output = a }, Nope { plugin_output = a } }\nsink { Keep { plugin_input = b, nmae = 1 } }");
        Assert.Null(result.Plan);
        Assert.Equal(["OPT-0004", "OPT-0005", "PLN-0001", "PLN-0005", "PLN-0006", "OPT-0002"], result.Diagnostics.Select(d => d.Code.Id).Where(c => c != "PLN-0007"));
    }

    [Theory]
    [InlineData("discover", "Broken", false)]
    [InlineData("external", "BrokenOutside", true)]
    [InlineData("io", "BrokenFile", true)]
    [InlineData("bug", "BrokenBadly", false)]
    public async Task A_source_that_cannot_find_its_tables_is_a_problem_of_the_plan(string what, string source, bool isEnvironment)
    {
        var result = await PlanAsync($"env {{}}\nsource {{ {source} {{}} }}\nsink {{ Keep {{}} }}");
        var error = result.Diagnostics.First();
        Assert.Equal((what, isEnvironment), (error.Code.Id switch { "RUN-0001" => "io", "INT-0001" => "bug", _ when error.Message.Contains("outside") => "external", _ => "discover" }, result.IsEnvironmentError));
        Assert.Equal(("source[0] " + source, "job.conf:2:10"), (error.Path, error.Span.ToString()));
    }

    [Fact]
    public async Task Unknown_options_are_warnings_and_errors_when_strict()
    {
        const string Job = "env {}\nsource { Toy { paralelism = 2 } }\nsink { Keep {} }";
        var warning = Assert.Single((await PlanAsync(Job)).Diagnostics);
        Assert.Equal((Severity.Warning, "parallelism"), (warning.Severity, warning.Candidates[0]));
        var strict = await PlanAsync(Job, isStrict: true);
        Assert.Equal((null, Severity.Error), (strict.Plan, Assert.Single(strict.Diagnostics).Severity));
    }

    [Fact]
    public async Task More_writers_a_task_are_noted_as_without_effect()
    {
        var result = await PlanAsync("env {}\nsource { Toy {} }\nsink { Keep { multi_table_sink_replica = 4 } }");
        Assert.NotNull(result.Plan);
        Assert.Equal((Severity.Note, "job.conf:3:15"), (Assert.Single(result.Diagnostics).Severity, result.Diagnostics[0].Span.ToString()));
    }

    [Fact]
    public async Task The_graph_has_the_names_and_numbers_of_the_contract()
    {
        var plan = (await PlanAsync("""
            env { parallelism = 3 }
            source { Toy { plugin_output = a, parallelism = 2 }, Many { plugin_output = b } }
            transform { Pass { plugin_input = a, plugin_output = c }, Pass { plugin_input = c, plugin_output = d } }
            sink { Keep { plugin_input = d }, Keep { plugin_input = a }, Keep { plugin_input = b } }
            """)).Plan!;
        Assert.Equal(
            [
                "1 pipeline-1 [Source[0]-Toy] numbers x2",
                "2 pipeline-1 [TransformChain[Transform[0]-Pass->Transform[1]-Pass]]  x2",
                "3 pipeline-1 [Sink[0]-Keep-MultiTableSink] numbers x2",
                "4 pipeline-1 [Sink[1]-Keep-MultiTableSink] numbers x2",
                "5 pipeline-2 [Source[1]-Many] a,b x3",
                "6 pipeline-2 [Sink[2]-Keep-MultiTableSink] a,b x3",
            ],
            plan.Graph.Vertices.Select(v => $"{v.Id} {v.Name} {string.Join(",", v.Tables)} x{v.Parallelism}"));
        Assert.Equal([(1, 1, 2), (1, 2, 3), (1, 1, 4), (2, 5, 6)], plan.Graph.Edges.Select(e => (e.Pipeline, e.From, e.To)));
        Assert.Equal([3, 4], plan.Pipelines.Select(p => p.TaskGroups));
    }

    private static IEnumerable<Diagnostic> Errors(PlanResult result, string code) => result.Diagnostics.Where(d => d.Code.Id == code);

    private static Diagnostic Single(PlanResult result, string code)
    {
        Assert.Null(result.Plan);
        var error = Assert.Single(Errors(result, code));
        Assert.Equal(Severity.Error, error.Severity);
        return error;
    }

    private static async Task<PlanResult> PlanAsync(string job, bool isStrict = false)
    {
        ImmutableArray<SourceTable> wide = [new(ToySource.Numbers("wide", new ColumnDef("more", DataType.BigInt)))];
        ImmutableArray<SourceTable> many = [new(ToySource.Numbers("a")), new(ToySource.Numbers("b"))];
        await using var kit = new EngineKit { Settings = s => s with { IsStrict = isStrict } }
            .Source("Toy", c => new ToySource { Context = c })
            .Source("Wide", c => new ToySource { Context = c, Tables = wide })
            .Source("Many", c => new ToySource { Context = c, Tables = many })
            .Source("Empty", c => new ToySource { Context = c, Tables = [] })
            .Source("Twice", c => new ToySource { Context = c, Tables = [new(ToySource.Numbers()), new(ToySource.Numbers())] })
            .Source("Endless", c => new ToySource { Context = c, IsBounded = false })
            .Source("Blocking", c => new ToySource { Context = c, BlockingThreads = 1 })
            .Source("Changes", c => new ToySource { Context = c, Tables = [new(ToySource.Numbers(), ChangelogMode.Full)] })
            .Source("Broken", c => Failing(c, static at => new SeikanException(new Diagnostic(FaultPoints.Broken, at))))
            .Source("BrokenOutside", c => Failing(c, static _ => new SeikanException(new Diagnostic(FaultPoints.Broken, "outside")) { Domain = ErrorDomain.External }))
            .Source("BrokenFile", c => Failing(c, static at => new IOException(at)))
            .Source("BrokenBadly", c => Failing(c, static at => new InvalidOperationException(at)))
            .Transform("Pass", _ => StepTransform.PassThrough())
            .Sink("Keep", new ToySink())
            .Sink("Append", new ToySink { Mode = ChangelogMode.InsertOnly })
            .Sink("ByKey", new ToySink { Mode = ChangelogMode.Upsert })
            .Sink("Exact", new ToySink { Kind = ToyDelivery.Positioned })
            .Sink("Picky", new ToySink { Check = static _ => [new Diagnostic(FaultPoints.Broken, "no")] });
        return await kit.PlanAsync(job);
    }

    private static ToySource Failing(IPluginContext context, Func<string, Exception> failure) =>
        new() { Context = context, Faults = new FaultPoints { At = "source.discover", Failure = failure } };
}
