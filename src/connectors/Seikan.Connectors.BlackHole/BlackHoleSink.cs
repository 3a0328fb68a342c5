using System.Collections.Immutable;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Connectors.BlackHole;

/// <summary>Swallows rows, for measuring everything before it.</summary>
[PluginOptions("BlackHole", PluginKind.Sink)]
internal sealed partial record BlackHoleOptions : SinkOptions;

/// <summary>Swallows rows.</summary>
internal sealed class BlackHoleSink : ISink, IPlugin<BlackHoleSink, BlackHoleOptions>
{
    /// <inheritdoc/>
    public int BlockingThreads => 0;

    /// <inheritdoc/>
    public bool AllowsLanes => true;

    /// <inheritdoc/>
    public Delivery Delivery { get; } = new Delivery.AtLeastOnce(static _ => new BlackHoleWriter());

    /// <inheritdoc/>
    public static BlackHoleSink Create(BlackHoleOptions options, IPluginContext context) => new();

    /// <inheritdoc/>
    public ChangelogMode Accepts(TableSchema table) => ChangelogMode.Full;

    /// <inheritdoc/>
    public ImmutableArray<Diagnostic> CheckTables(ImmutableArray<TableSchema> tables) => [];

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Diagnostic>> ProbeAsync(CancellationToken cancellationToken) => new([]);

    /// <inheritdoc/>
    public ValueTask PrepareTablesAsync(ImmutableArray<TableSchema> tables, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask FinishAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class BlackHoleWriter : ISinkWriter
    {
        public ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken)
        {
            batch.Dispose();
            return ValueTask.CompletedTask;
        }

        public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
