using System.Collections.Concurrent;
using System.Collections.Immutable;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Engine.Execution;

/// <summary>Who writes.</summary>
internal sealed class TaskWriterContext(long jobId, int pipeline, int sink, int task, int lane) : IWriterContext
{
    private readonly ConcurrentDictionary<TablePath, long> _bytes = new();

    /// <inheritdoc/>
    public long JobId => jobId;

    /// <inheritdoc/>
    public int Pipeline => pipeline;

    /// <inheritdoc/>
    public int Sink => sink;

    /// <inheritdoc/>
    public int Task => task;

    /// <inheritdoc/>
    public int Lane => lane;

    /// <inheritdoc/>
    public long Attempt => 1;

    /// <inheritdoc/>
    public ImmutableArray<JsonState> Restored => [];

    /// <summary>Bytes reported for a table; null when none were.</summary>
    public long? BytesOf(TablePath table) => _bytes.TryGetValue(table, out var bytes) ? bytes : null;

    /// <inheritdoc/>
    public void BytesWritten(TablePath table, long bytes) => _bytes.AddOrUpdate(table, bytes, (_, before) => before + bytes);
}
