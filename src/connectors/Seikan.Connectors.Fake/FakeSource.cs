using System.Collections.Immutable;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Connectors.Fake;

/// <summary>Makes rows up.</summary>
internal sealed class FakeSource : ISource, IPlugin<FakeSource, FakeSourceOptions>
{
    private readonly ImmutableArray<FakeTable> _tables;
    private readonly IPluginContext _context;

    private FakeSource(ImmutableArray<FakeTable> tables, IPluginContext context) => (_tables, _context) = (tables, context);

    /// <inheritdoc/>
    public int BlockingThreads => 0;

    /// <inheritdoc/>
    public bool IsBounded => !_context.Job.IsStreaming && _tables.All(t => !t.Options.Unbounded);

    /// <inheritdoc/>
    public int SplitsPerReader => Math.Max(1, _tables.Count(t => t.Options.Unbounded));

    /// <inheritdoc/>
    public static FakeSource Create(FakeSourceOptions options, IPluginContext context)
    {
        var block = options.Block ?? new OptionBlock(new ConfigObject([], default), context.Place, context.Diagnostics);
        ImmutableArray<FakeTable?> tables = options.TablesConfigs is { } several
            ? [.. several.Select((t, i) => FakeTable.Create(t, t.Block ?? block, context, i + 1))]
            : [FakeTable.Create(options, block, context, 0)];
        WarnOfLostOptions(options, block);
        ImmutableArray<FakeTable> made = [.. tables.OfType<FakeTable>()];
        foreach (var path in made.GroupBy(t => t.Schema.Path).Where(g => g.Count() > 1).Select(g => g.Key))
        {
            block.ErrorAt(FakeErrors.SameTable, $"several of \"tables_configs\" make the table \"{path}\"", "tables_configs");
        }

        return new FakeSource(made, context);
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Diagnostic>> ProbeAsync(CancellationToken cancellationToken) => new([]);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<SourceTable>> DiscoverAsync(CancellationToken cancellationToken) =>
        new([.. _tables.Select(t => new SourceTable(t.Schema, t.Mode))]);

    /// <inheritdoc/>
    public ISplitEnumerator CreateEnumerator(EnumeratorContext context) => new FakeSplitEnumerator(_tables, context);

    /// <inheritdoc/>
    public ISourceReader CreateReader(IReaderContext context) => new FakeSourceReader(_tables, SplitsPerReader, context, _context);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static void WarnOfLostOptions(FakeSourceOptions options, OptionBlock block)
    {
        foreach (var option in options.TablesConfigs is null ? [] : FakeRowOptions.AllOptions.ExceptBy(SourceOptions.AllOptions.Select(o => o.Key), o => o.Key))
        {
            if (block.Find(option) is { } found)
            {
                block.Diagnostics.Add(new Diagnostic(FakeErrors.NoEffect, $"\"{option.Key}\" has no effect beside \"tables_configs\"")
                {
                    Severity = Severity.Warning, Span = found.KeySpan, Path = block.Place,
                });
            }
        }
    }
}
