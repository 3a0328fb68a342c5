using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Testing;

/// <summary>What a plug-in under test is offered: memory that is checked for leaks, fixed randomness, text and problems collected.</summary>
/// <param name="memory">The memory; the caller disposes it.</param>
/// <param name="place">The plug-in's place in the job.</param>
public sealed class TestPluginContext(TestMemory memory, string place = "source[0] Test") : IPluginContext
{
    private int _randoms;

    /// <inheritdoc/>
    public string Place => place;

    /// <inheritdoc/>
    public TimeProvider Time => memory.Time;

    /// <inheritdoc/>
    public IMemoryBudget Memory => memory.Job;

    /// <summary>Rejections; throws unless set to collect.</summary>
    public CollectedRowErrors RowErrors { get; init; } = new(isCollecting: false);

    /// <inheritdoc/>
    public IRowErrors Errors => RowErrors;

    /// <inheritdoc/>
    public DiagnosticBag Diagnostics { get; } = new();

    /// <inheritdoc/>
    public JobFacts Job { get; init; } = new(1, "test", IsStreaming: false, TimeZoneInfo.Utc);

    /// <summary>What was written to <see cref="Output"/>.</summary>
    public StringWriter Text { get; } = new() { NewLine = "\n" };

    /// <inheritdoc/>
    public TextWriter Output => TextWriter.Synchronized(Text);

    /// <summary>File formats by lower-case name.</summary>
    public Dictionary<string, Func<OptionBlock, IPluginContext, IFileFormat?>> FileFormats { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Message formats by lower-case name.</summary>
    public Dictionary<string, Func<OptionBlock, IPluginContext, IMessageFormat?>> MessageFormats { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>First seed of <see cref="CreateRandom"/>; each further call counts up.</summary>
    public int Seed { get; init; } = 42;

    /// <inheritdoc/>
    public Random CreateRandom() => new(Seed + Interlocked.Increment(ref _randoms) - 1);

    /// <inheritdoc/>
    public IFileFormat? FileFormat(string name, OptionBlock block) => Open(FileFormats, name, block);

    /// <inheritdoc/>
    public IMessageFormat? MessageFormat(string name, OptionBlock block) => Open(MessageFormats, name, block);

    private T? Open<T>(Dictionary<string, Func<OptionBlock, IPluginContext, T?>> formats, string name, OptionBlock block)
        where T : class
    {
        if (formats.TryGetValue(name, out var open))
        {
            return open(block, this);
        }

        Diagnostics.Add(new Diagnostic(OptionErrors.WrongValue, $"there is no format \"{name}\"") { Path = Place, Candidates = [.. formats.Keys.Order().Take(5)] });
        return null;
    }
}
