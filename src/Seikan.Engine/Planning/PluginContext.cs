using Seikan.Core;
using Seikan.Engine.Execution;
using Seikan.Plugins;

namespace Seikan.Engine.Planning;

/// <summary>What one plug-in of a job is given.</summary>
internal sealed class PluginContext(
    IPluginRegistry plugins, EngineSettings settings, JobFacts job, JobMemory memory, DiagnosticBag diagnostics, string place) : IPluginContext
{
    /// <inheritdoc/>
    public string Place { get; } = place;

    /// <inheritdoc/>
    public TimeProvider Time => settings.Time;

    /// <inheritdoc/>
    public IMemoryBudget Memory => memory;

    /// <inheritdoc/>
    public IRowErrors Errors { get; } = new FailingRowErrors(place);

    /// <inheritdoc/>
    public DiagnosticBag Diagnostics => diagnostics;

    /// <inheritdoc/>
    public JobFacts Job => job;

    /// <inheritdoc/>
    public TextWriter Output => settings.Output;

    /// <inheritdoc/>
    public Random CreateRandom() => settings.CreateRandom();

    /// <inheritdoc/>
    public IFileFormat? FileFormat(string name, OptionBlock block) => Format<IFileFormat>(name, block);

    /// <inheritdoc/>
    public IMessageFormat? MessageFormat(string name, OptionBlock block) => Format<IMessageFormat>(name, block);

    private T? Format<T>(string name, OptionBlock block)
        where T : class
    {
        var registration = plugins.Find(PluginKind.Format, name);
        if (registration is null)
        {
            var known = plugins.All.Where(p => p.Kind == PluginKind.Format).Select(p => p.Identifier).ToList();
            diagnostics.Add(new Diagnostic(PlanErrors.UnknownPlugin, $"there is no format \"{name}\"")
            {
                Path = Place, Span = block.Node.Span with { Length = Math.Min(1, block.Node.Span.Length) }, Candidates = NearestNames.Find(name, known),
                Fix = NearestNames.Find(name, known).IsEmpty ? $"use one of {string.Join(", ", known)}" : null,
            });
            return null;
        }

        return registration.Bind(block) is { } options ? registration.Create(options, this) as T : null;
    }
}
