using Seikan.Core;
using Seikan.Engine.Tests.Toys;

namespace Seikan.Engine.Tests;

public sealed class EnvTests
{
    [Theory]
    [InlineData("checkpoint.interval = 10000")]
    [InlineData("execution.checkpoint.interval = 10000")]
    [InlineData("checkpoint { interval = 10000, timeout = 60000 }")]
    [InlineData("job.retry.times = 5")]
    [InlineData("job.retry.interval.seconds = 1")]
    [InlineData("jars = \"file:///a.jar\"")]
    [InlineData("savemode.execute.location = CLIENT")]
    [InlineData("spark.executor.memory = 1g, \"flink.x\" = 1")]
    [InlineData("engine.observability { enabled = true }")]
    public async Task What_changes_nothing_in_this_run_is_accepted_with_one_note(string env)
    {
        var result = await PlanAsync(env);
        Assert.NotNull(result.Plan);
        Assert.Equal((Severity.Note, "env", true), (Assert.Single(result.Diagnostics).Severity, result.Diagnostics[0].Path, result.Diagnostics[0].Span.IsKnown));
    }

    [Theory]
    [InlineData("tag_filter { zone = a }")]
    [InlineData("tag_filter.zone = a")]
    [InlineData("error_handler { mode = LOG }")]
    [InlineData("sink_error_handler.mode = LOG")]
    [InlineData("transform_error_handler { mode = ROUTE }")]
    [InlineData("sink.flush.interval = 1000")]
    [InlineData("pipeline_concurrency = 2")]
    [InlineData("shade.options = [password]")]
    [InlineData("shade.properties { a = b }")]
    [InlineData("job.mode = STREAMING, checkpoint.interval = 1000")]
    public async Task What_would_change_the_result_is_refused(string env)
    {
        var result = await PlanAsync(env);
        Assert.Null(result.Plan);
        var error = Assert.Single(result.Diagnostics, d => d.Severity == Severity.Error);
        Assert.Equal(("OPT-0008", "env", true), (error.Code.Id, error.Path, error.Span.IsKnown));
        Assert.Contains("not supported yet", error.Message + error.Code.Title);
    }

    [Theory]
    [InlineData("parallelism = many", "OPT-0003")]
    [InlineData("job.mode = SOMETIMES", "OPT-0005")]
    [InlineData("read_limit.rows_per_second = 0", "OPT-0004")]
    [InlineData("time-zone = \"Mars/Olympus\"", "OPT-0005")]
    [InlineData("checkpoint.interval = 5", "OPT-0004")]
    [InlineData("job.retry.times = -1", "OPT-0004")]
    [InlineData("shade.identifier = rot13", "OPT-0005")]
    [InlineData("savemode.execute.location = MOON", "OPT-0005")]
    public async Task Wrong_values_are_errors_at_the_value(string env, string code)
    {
        var result = await PlanAsync(env);
        Assert.Null(result.Plan);
        Assert.Contains(result.Diagnostics, d => d.Code.Id == code && d.Span.IsKnown);
    }

    [Fact]
    public async Task A_key_that_nobody_knows_is_answered_with_the_nearest()
    {
        var warning = Assert.Single((await PlanAsync("job { nmae = x }")).Diagnostics);
        Assert.Equal((Severity.Warning, "\"job.nmae\": not a setting of this engine, no effect", "job.name"), (warning.Severity, warning.Message, warning.Candidates[0]));
    }

    [Theory]
    [InlineData("job.name = mine", null, "mine")]
    [InlineData("job.name = mine", "theirs", "theirs")]
    [InlineData("job.name = mine", "SeaTunnel", "mine")]
    [InlineData("job.name = mine", "", "mine")]
    [InlineData("", "SeaTunnel_Job", "SeaTunnel_Job")]
    [InlineData("", null, "SeaTunnel_Job")]
    public async Task The_name_comes_from_the_command_line_then_from_the_job(string env, string? asked, string expected) =>
        Assert.Equal(expected, (await PlanAsync(env, asked)).Plan!.Job.JobName);

    [Fact]
    public async Task Facts_of_the_job_come_from_env()
    {
        var plan = (await PlanAsync("job.mode = streaming, time-zone = \"Europe/Berlin\", read_limit.rows_per_second = 5, parallelism = 4, custom_parameters { a = b }")).Plan!;
        Assert.Equal((7L, true, "Europe/Berlin", 5L, 4), (plan.Job.JobId, plan.Job.IsStreaming, plan.Job.TimeZone.Id, plan.RowsPerSecond, plan.Pipelines[0].Parallelism));
        Assert.NotNull(plan.Env.Find("custom_parameters"));
    }

    [Fact]
    public async Task A_made_up_id_is_positive_and_survives_json_numbers()
    {
        await using var kit = new EngineKit().Source("Toy", c => new ToySource { Context = c }).Sink("Keep", new ToySink());
        var plan = (await kit.PlanAsync("env {}\nsource { Toy {} }\nsink { Keep {} }", new PlanOptions())).Plan!;
        Assert.InRange(plan.Job.JobId, 1, 1L << 53);
    }

    private static async Task<PlanResult> PlanAsync(string env, string? name = null)
    {
        await using var kit = new EngineKit().Source("Toy", c => new ToySource { Context = c }).Sink("Keep", new ToySink());
        return await kit.PlanAsync($"env {{ {env} }}\nsource {{ Toy {{}} }}\nsink {{ Keep {{}} }}", new PlanOptions { JobId = 7, JobName = name });
    }
}
