using System.Collections.Immutable;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Testing;

/// <summary>Who writes in a test.</summary>
public sealed class TestWriterContext : IWriterContext
{
    /// <inheritdoc/>
    public long JobId { get; init; } = 1;

    /// <inheritdoc/>
    public int Pipeline { get; init; } = 1;

    /// <inheritdoc/>
    public int Sink { get; init; }

    /// <inheritdoc/>
    public int Task { get; init; }

    /// <inheritdoc/>
    public int Lane { get; init; }

    /// <inheritdoc/>
    public long Attempt { get; init; } = 1;

    /// <inheritdoc/>
    public ImmutableArray<JsonState> Restored { get; init; } = [];

    /// <summary>Bytes that the writer reported.</summary>
    public long Bytes { get; private set; }

    /// <inheritdoc/>
    public void BytesWritten(TablePath table, long bytes) => Bytes += bytes;
}
