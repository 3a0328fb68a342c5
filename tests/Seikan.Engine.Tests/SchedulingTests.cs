using Microsoft.Extensions.Time.Testing;
using Seikan.Engine.Tests.Toys;
using Seikan.Testing.Steps;

namespace Seikan.Engine.Tests;

public sealed class SchedulingTests
{
    private const string Job = """
        env { parallelism = 3 }
        source { Toy { plugin_output = a } }
        transform { Drop { plugin_input = a, plugin_output = b } }
        sink { One { plugin_input = b }, Two { plugin_input = a } }
        """;

    [Fact]
    public async Task The_whole_engine_runs_on_one_thread_and_the_seed_decides_the_order()
    {
        var first = await RunAsync(1, null);
        Assert.Equal(first, await RunAsync(1, null));
        var orders = new HashSet<string> { first.Order };
        for (var seed = 2; seed < 12; seed++)
        {
            var other = await RunAsync(seed, null);
            Assert.Equal(("Finished", 84, 120), (other.Status, other.First, other.Second));
            orders.Add(other.Order);
        }

        Assert.True(orders.Count > 3, "the seed changes nothing");
    }

    [Fact]
    public async Task Any_failure_in_any_order_leaves_nothing()
    {
        foreach (var place in (string[])["reader.read", "step.process", "step.emit", "writer.write", "writer.flush", "writer.prepare", "enumerator.next"])
        {
            for (var seed = 0; seed < 40; seed++)
            {
                var call = 1 + (seed % 3);
                var (status, first, second, _, _) = await RunAsync(seed, new FaultPoints { At = place, Call = call });
                Assert.True((status, first, second) == ("Failed", 0, 0), $"{place} call {call} seed {seed}: {status} {first} {second}");
            }
        }
    }

    private static async Task<(string Status, int First, int Second, string Order, int Steps)> RunAsync(int seed, FaultPoints? faults)
    {
        faults ??= new FaultPoints();
        var time = new FakeTimeProvider();
        var scheduler = new OneThread(seed);
        var (first, second) = (new ToySink { Kind = ToyDelivery.TwoPhase, Faults = faults }, new ToySink { Kind = ToyDelivery.TwoPhase, Faults = faults });
        await using var kit = new EngineKit(time) { Scheduler = scheduler, Settings = s => s with { DecodeDegree = 1 } }
            .Source("Toy", c => new ToySource { Context = c, Splits = 4, Faults = faults })
            .Transform("Drop", _ => StepTransform.Dropping(static (_, row) => row % 3 != 2).With(faults)).Sink("One", first).Sink("Two", second);
        var plan = (await kit.PlanAsync(Job)).Plan!;
        var thread = Environment.CurrentManagedThreadId;
        var run = kit.Host().Start(plan);
        scheduler.RunUntil(run.Completion, () =>
        {
            time.Advance(TimeSpan.FromMilliseconds(10));
            return true;
        });
        var result = await run.Completion;
        if (faults.At is null)
        {
            Assert.Equal([thread], scheduler.Threads);
        }

        var disposed = run.DisposeAsync().AsTask();
        scheduler.RunUntil(disposed, static () => true);
        await disposed;
        await plan.DisposeAsync();
        Assert.Equal((0, 0, 0, 0), (first.Alive, second.Alive, first.Pending, second.Pending));
        return (result.Status.ToString(), first.Final.Count, second.Final.Count, string.Join(",", first.Final), scheduler.Steps);
    }
}
