using System.Collections.Immutable;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Connectors.Files.Reading;

/// <summary>Reads files of this machine.</summary>
internal sealed class LocalFileSource : ISource, IPlugin<LocalFileSource, LocalFileSourceOptions>
{
    private readonly ImmutableArray<FileTable> _tables;
    private readonly IPluginContext _context;

    private LocalFileSource(ImmutableArray<FileTable> tables, IPluginContext context) => (_tables, _context) = (tables, context);

    /// <inheritdoc/>
    public int BlockingThreads => 0;

    /// <inheritdoc/>
    public bool IsBounded => true;

    /// <inheritdoc/>
    public int SplitsPerReader => 1;

    /// <inheritdoc/>
    public static LocalFileSource Create(LocalFileSourceOptions options, IPluginContext context)
    {
        var tables = options.TablesConfigs is { } several ? several.Select(t => FileTable.Create(t, context)) : [FileTable.Create(options, context)];
        return new LocalFileSource([.. tables.OfType<FileTable>()], context);
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Diagnostic>> ProbeAsync(CancellationToken cancellationToken) => new([]);

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<SourceTable>> DiscoverAsync(CancellationToken cancellationToken)
    {
        var found = ImmutableArray.CreateBuilder<SourceTable>();
        for (var i = 0; i < _tables.Length; i++)
        {
            found.Add(new SourceTable(await _tables[i].DiscoverAsync(_tables.Length == 1 ? 0 : i + 1, cancellationToken)));
        }

        return found.ToImmutable();
    }

    /// <inheritdoc/>
    public ISplitEnumerator CreateEnumerator(EnumeratorContext context) => new FileSplitEnumerator(_tables, context);

    /// <inheritdoc/>
    public ISourceReader CreateReader(IReaderContext context) => new FileSourceReader(_tables, context, _context);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
