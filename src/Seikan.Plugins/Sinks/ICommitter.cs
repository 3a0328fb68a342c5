using System.Collections.Immutable;
using Seikan.Core;

namespace Seikan.Plugins;

/// <summary>How a commit ended.</summary>
public enum CommitOutcome
{
    /// <summary>Done now.</summary>
    Committed,

    /// <summary>Was done before.</summary>
    AlreadyCommitted,

    /// <summary>Not now; may succeed later.</summary>
    Retry,

    /// <summary>Can never succeed: the prepared work is gone.</summary>
    Lost,
}

/// <summary>Outcome of a commit.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Cause">Why, for Retry and Lost.</param>
public readonly record struct CommitResult(CommitOutcome Outcome, Diagnostic? Cause = null);

/// <summary>Finishes what writers prepared. One a sink vertex and pipeline, in the coordinator. Idempotent.</summary>
public interface ICommitter : IAsyncDisposable
{
    /// <summary>Commits an item.</summary>
    /// <param name="item">As prepared.</param>
    /// <param name="cancellationToken">Ends the attempt, never the item.</param>
    ValueTask<CommitResult> CommitAsync(CommitInfo item, CancellationToken cancellationToken);

    /// <summary>Removes a prepared item for good.</summary>
    /// <param name="item">As prepared.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    ValueTask AbortAsync(CommitInfo item, CancellationToken cancellationToken);

    /// <summary>At restore and at the end: removes what this job left and no checkpoint names.</summary>
    /// <param name="keep">What must stay.</param>
    /// <param name="cancellationToken">Ends the sweep.</param>
    ValueTask SweepAsync(ImmutableArray<CommitInfo> keep, CancellationToken cancellationToken);
}
