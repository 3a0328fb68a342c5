using Seikan.Config;
using Seikan.Core;
using Seikan.Plugins;
using Seikan.Testing;

namespace Seikan.Engine.Tests.Toys;

/// <summary>An engine with toys. Disposing it fails the test when a batch or a ticket was left.</summary>
internal sealed class EngineKit : IAsyncDisposable
{
    private readonly TestMemory _memory;
    private readonly List<PluginRegistration> _plugins = [];
    private readonly List<Exception> _bugs = [];

    public EngineKit(TimeProvider? time = null) => _memory = new TestMemory(time);

    public TestMemory Memory => _memory;

    public TaskScheduler Scheduler { get; init; } = TaskScheduler.Default;

    /// <summary>Changes of the settings.</summary>
    public Func<EngineSettings, EngineSettings> Settings { get; init; } = static s => s;

    /// <summary>Failures that the engine calls bugs.</summary>
    public IReadOnlyList<Exception> Bugs => _bugs;

    public EngineKit Source(string name, Func<IPluginContext, ISource> create) => Add(name, PluginKind.Source, create);

    public EngineKit Transform(string name, Func<IPluginContext, ITransform> create) => Add(name, PluginKind.Transform, create);

    public EngineKit Sink(string name, ISink sink) => Add(name, PluginKind.Sink, _ => sink);

    public EngineKit Format(string name) => Add<object>(name, PluginKind.Format, static _ => new object());

    public EngineHost Host() => new(new PluginTable(_plugins), Settings(new EngineSettings
    {
        Memory = _memory.Budget, Time = _memory.Time, Scheduler = Scheduler, CreateRandom = static () => new Random(1), ReportBug = _bugs.Add,
    }));

    public async Task<PlanResult> PlanAsync(string job, PlanOptions? options = null)
    {
        var read = JobReader.Read(SourceText.FromString("job.conf", job), JobTextKind.Hocon, JobReadOptions.Default);
        Assert.Empty(read.Diagnostics.Where(d => d.Severity == Severity.Error));
        return await Host().PlanAsync(read.Job!, options ?? new PlanOptions { JobId = 7 }, TestContext.Current.CancellationToken);
    }

    /// <summary>Plans a job that must be right, starts it, and lets the test act before its end.</summary>
    public async Task<JobResult> RunAsync(string job, Func<JobRun, Task>? act = null)
    {
        var planned = await PlanAsync(job);
        Assert.Empty(planned.Diagnostics.Where(d => d.Severity == Severity.Error));
        await using var plan = planned.Plan!;
        await using var run = Host().Start(plan);
        if (act is not null)
        {
            await act(run);
        }

        return await run.Completion;
    }

    public ValueTask DisposeAsync() => _memory.DisposeAsync();

    private EngineKit Add<T>(string name, PluginKind kind, Func<IPluginContext, T> create)
        where T : class
    {
        _plugins.Add(new PluginRegistration(name, [], kind, "A toy.")
        {
            Descriptor = () => new PluginDescriptor(name, kind, "A toy.", []),
            Bind = block => Bind(kind, block),
            Create = (_, context) => create(context),
        });
        return this;
    }

    private static object? Bind(PluginKind kind, OptionBlock block)
    {
        block.MarkKnown("plugin_output", "plugin_input", "result_table_name", "source_table_name", "parallelism", "multi_table_sink_replica", "needed");
        if (block.Find("needed") is { Value: ConfigScalar { Text: "wrong" } wrong })
        {
            block.Error(OptionErrors.WrongValue, "\"needed\" is \"wrong\"", wrong.Span);
            return null;
        }

        var parallelism = block.Find("parallelism") is { Value: ConfigScalar scalar } ? int.Parse(scalar.Text) : (int?)null;
        return kind switch
        {
            PluginKind.Source => new ToySourceOptions { Parallelism = parallelism },
            PluginKind.Sink => new ToySinkOptions { MultiTableSinkReplica = block.Find("multi_table_sink_replica") is { Value: ConfigScalar lanes } ? int.Parse(lanes.Text) : 1 },
            _ => new object(),
        };
    }

    private sealed record ToySourceOptions : SourceOptions;

    private sealed record ToySinkOptions : SinkOptions;
}
