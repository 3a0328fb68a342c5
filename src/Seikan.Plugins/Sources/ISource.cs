using System.Collections.Immutable;
using Seikan.Core;

namespace Seikan.Plugins;

/// <summary>Where rows come from.</summary>
public interface ISource : IConnector
{
    /// <summary>Whether it ends.</summary>
    bool IsBounded { get; }

    /// <summary>How many splits a reader serves at once; 1 for most.</summary>
    int SplitsPerReader { get; }

    /// <summary>The tables it reads. At plan time and at the first start; a restored job has its schemas from the checkpoint.</summary>
    /// <param name="cancellationToken">Ends the look-up.</param>
    /// <exception cref="SeikanException">The tables cannot be found or read.</exception>
    ValueTask<ImmutableArray<SourceTable>> DiscoverAsync(CancellationToken cancellationToken);

    /// <summary>One a source, in the coordinator.</summary>
    /// <param name="context">Readers, tables and state.</param>
    ISplitEnumerator CreateEnumerator(EnumeratorContext context);

    /// <summary>One a data task.</summary>
    /// <param name="context">What the reader may use.</param>
    ISourceReader CreateReader(IReaderContext context);
}

/// <summary>One table of a source and the kinds its rows have.</summary>
/// <param name="Schema">The table.</param>
/// <param name="Mode">Kinds of rows.</param>
public sealed record SourceTable(TableSchema Schema, ChangelogMode Mode = ChangelogMode.InsertOnly);

/// <summary>What an enumerator starts from.</summary>
/// <param name="Readers">Parallelism of the source.</param>
/// <param name="Tables">The tables of the plan, or of the checkpoint.</param>
/// <param name="Restored">The enumerator's state in the checkpoint; null at the first start.</param>
public sealed record EnumeratorContext(int Readers, ImmutableArray<TableSchema> Tables, JsonState? Restored);

/// <summary>
/// Capability: something must exist at the source before reading and be removed when the job is deleted for good (a replication slot, a
/// publication). Both are idempotent.
/// </summary>
public interface IOwnsSourceResources
{
    /// <summary>After the plan, before the first reader; not on restore.</summary>
    /// <param name="cancellationToken">Ends the preparation.</param>
    ValueTask PrepareAsync(CancellationToken cancellationToken);

    /// <summary>When the job is removed and can no longer be restored.</summary>
    /// <param name="cancellationToken">Ends the removal.</param>
    ValueTask ReleaseAsync(CancellationToken cancellationToken);
}
