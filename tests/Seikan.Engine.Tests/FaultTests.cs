using Seikan.Core;
using Seikan.Engine.Tests.Toys;
using Seikan.Testing.Steps;

namespace Seikan.Engine.Tests;

/// <summary>A failure at every call of every plug-in: the job fails with it, nothing becomes final, nothing leaks.</summary>
public sealed class FaultTests
{
    public static TheoryData<string, int> Calls()
    {
        var data = new TheoryData<string, int>();
        foreach (var place in (string[])["source.probe", "sink.probe", "sink.prepare", "enumerator.create", "reader.create", "step.create", "writer.create"])
        {
            data.Add(place, 1);
        }

        foreach (var place in (string[])["enumerator.next", "enumerator.finished", "reader.read", "step.process", "step.emit", "writer.write", "writer.flush", "writer.prepare"])
        {
            data.Add(place, 1);
            data.Add(place, 2);
        }

        data.Add("reader.read", 7);
        data.Add("step.emit", 5);
        data.Add("writer.write", 6);
        data.Add("reader.dispose", 1);
        return data;
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_failure_anywhere_ends_the_job_and_leaves_nothing(string place, int call)
    {
        var faults = new FaultPoints { At = place, Call = call };
        var sinks = Sinks(faults);
        var result = await RunAsync(faults, sinks);

        Assert.True(faults.CountOf(place) >= call, "the place was never reached");
        Assert.Equal(JobStatus.Failed, result.Status);
        var error = Assert.Single(result.Diagnostics);
        Assert.Equal(("TST-0001", $"broken at \"{place}\""), (error.Code.Id, error.Message));
        Assert.Equal(place[..place.IndexOf('.')] is "writer" or "sink" ? "sink" : place.StartsWith("step") ? "transform" : "source", error.Path![..error.Path!.IndexOf('[')]);
        Assert.All(sinks, s => Assert.Empty(s.Final));
        Assert.All(sinks, s => Assert.Equal((0, 0), (s.Alive, s.Pending)));
        Assert.All(sinks, s => Assert.DoesNotContain("finish", s.Log));
    }

    [Theory]
    [InlineData("writer.write")]
    [InlineData("reader.read")]
    [InlineData("step.process")]
    public async Task What_nobody_expected_is_told_without_a_trace(string place)
    {
        var faults = new FaultPoints { At = place, Failure = static at => new ArithmeticException($"odd {at}") };
        var sinks = Sinks(faults);
        var bugs = new List<Exception>();
        var result = await RunAsync(faults, sinks, bugs);
        var error = Assert.Single(result.Diagnostics);
        Assert.Equal(("INT-0001", $"ArithmeticException: odd {place}"), (error.Code.Id, error.Message));
        Assert.NotNull(error.Path);
        Assert.IsType<ArithmeticException>(Assert.Single(bugs));
    }

    [Fact]
    public async Task A_failed_write_to_disk_is_not_called_a_bug()
    {
        var faults = new FaultPoints { At = "writer.write", Failure = static _ => new IOException("No space left on device.") };
        var bugs = new List<Exception>();
        var result = await RunAsync(faults, Sinks(faults), bugs);
        Assert.Equal(("RUN-0001", "No space left on device"), (Assert.Single(result.Diagnostics).Code.Id, result.Diagnostics[0].Message));
        Assert.Empty(bugs);
        Assert.False(result.FailedBeforeFirstRow);
    }

    [Fact]
    public async Task A_failed_probe_from_outside_is_known_as_such()
    {
        var faults = new FaultPoints { At = "sink.probe", Failure = static _ => new SeikanException(new Diagnostic(FaultPoints.Broken, "no host")) { Domain = ErrorDomain.External } };
        Assert.True((await RunAsync(faults, Sinks(faults))).FailedBeforeFirstRow);
    }

    [Fact]
    public async Task The_first_failure_is_the_one_that_is_told()
    {
        var faults = new FaultPoints { At = "writer.write" };
        var slow = new ToySink
        {
            // Fails because the job is ended, after the failure that ended it.
            BeforeWrite = async token =>
            {
                var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                await using var registration = token.Register(() => ended.SetResult());
                await ended.Task;
                throw new InvalidOperationException("a consequence");
            },
        };
        var result = await RunAsync(faults, [slow, new ToySink { Faults = faults }]);
        Assert.Equal("TST-0001", Assert.Single(result.Diagnostics).Code.Id);
    }

    [Theory]
    [InlineData("committer.abort")]
    [InlineData("committer.sweep")]
    [InlineData("enumerator.dispose")]
    public async Task A_clean_up_that_fails_is_a_warning_beside_the_cause(string place)
    {
        // One fault point for the cause and one for what comes after it.
        var (cause, after) = (new FaultPoints { At = "writer.prepare", Call = 2 }, new FaultPoints { At = place });
        var (first, second) = (new ToySink { Kind = ToyDelivery.TwoPhase, Faults = after }, new ToySink { Kind = ToyDelivery.TwoPhase, Faults = cause });
        await using var kit = new EngineKit().Source("Toy", c => new ToySource { Context = c, Faults = after }).Sink("One", first).Sink("Two", second);
        var result = await kit.RunAsync("env { parallelism = 2 }\nsource { Toy { plugin_output = a } }\nsink { One { plugin_input = a }, Two { plugin_input = a } }");
        Assert.Equal(JobStatus.Failed, result.Status);
        Assert.Equal("broken at \"writer.prepare\"", result.Diagnostics[0].Message);
        Assert.All(result.Diagnostics.Skip(1), d => Assert.Equal((Severity.Warning, $"broken at \"{place}\""), (d.Severity, d.Message)));
        Assert.Equal((0, 0, 0, 0), (first.Alive, second.Alive, first.Pending, second.Pending));
        Assert.Empty(first.Final.Concat(second.Final));
    }

    private static ToySink[] Sinks(FaultPoints faults) => [new ToySink { Kind = ToyDelivery.TwoPhase, Faults = faults }, new ToySink { Kind = ToyDelivery.TwoPhase, Faults = faults }];

    private static async Task<JobResult> RunAsync(FaultPoints faults, ToySink[] sinks, List<Exception>? bugs = null)
    {
        var step = StepTransform.Exploding(3).With(faults);
        await using var kit = new EngineKit { Settings = s => s with { ReportBug = e => bugs?.Add(e) } }
            .Source("Toy", c => new ToySource { Context = c, Faults = faults, Splits = 4 })
            .Transform("Explode", _ => step).Sink("One", sinks[0]).Sink("Two", sinks[1]);
        var result = await kit.RunAsync("""
            env { parallelism = 2 }
            source { Toy { plugin_output = a } }
            transform { Explode { plugin_input = a, plugin_output = b } }
            sink { One { plugin_input = b }, Two { plugin_input = a } }
            """);
        Assert.Equal(0, step.Alive);
        return result;
    }
}
