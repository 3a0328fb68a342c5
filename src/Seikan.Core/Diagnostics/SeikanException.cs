using System.Collections.Immutable;

namespace Seikan.Core;

/// <summary>Whose problem it is.</summary>
public enum ErrorDomain
{
    /// <summary>The job, an option or the data is wrong.</summary>
    User,

    /// <summary>Another system failed or refused.</summary>
    External,

    /// <summary>A bug here.</summary>
    Internal,
}

/// <summary>Whether a new attempt can help.</summary>
public enum RetryHint
{
    /// <summary>The same attempt fails again.</summary>
    Never,

    /// <summary>A later attempt may succeed.</summary>
    WithBackoff,
}

/// <summary>Ends an operation with one or more diagnostics.</summary>
public sealed class SeikanException : Exception
{
    /// <summary>Makes an exception of several diagnostics.</summary>
    public SeikanException(ImmutableArray<Diagnostic> diagnostics, Exception? inner = null)
        : base(string.Join('\n', diagnostics.Select(DiagnosticText.Render)), inner) =>
        Diagnostics = diagnostics;

    /// <summary>Makes an exception of one diagnostic.</summary>
    public SeikanException(Diagnostic diagnostic, Exception? inner = null)
        : this([diagnostic], inner)
    {
    }

    /// <summary>What is wrong; at least one.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>Whose problem it is.</summary>
    /// <value>Default <see cref="ErrorDomain.User"/>.</value>
    public ErrorDomain Domain { get; init; } = ErrorDomain.User;

    /// <summary>Whether a new attempt can help.</summary>
    /// <value>Default <see cref="RetryHint.Never"/>.</value>
    public RetryHint Retry { get; init; } = RetryHint.Never;
}
