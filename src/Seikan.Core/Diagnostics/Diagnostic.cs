using System.Collections.Immutable;

namespace Seikan.Core;

/// <summary>How grave a diagnostic is.</summary>
public enum Severity
{
    /// <summary>Worth knowing; nothing is wrong.</summary>
    Note,

    /// <summary>The job runs, but probably not as meant.</summary>
    Warning,

    /// <summary>The job cannot run or go on.</summary>
    Error,
}

/// <summary>A problem that a user can cause: registered code, text, where, what to do. Never holds a secret.</summary>
/// <param name="Code">The registered code.</param>
/// <param name="Message">What is wrong, in the user's words, values quoted, lower case start, no full stop.</param>
public sealed record Diagnostic(ErrorCode Code, string Message)
{
    /// <summary>How grave it is.</summary>
    /// <value>Default <see cref="Severity.Error"/>.</value>
    public Severity Severity { get; init; } = Severity.Error;

    /// <summary>The place in a job or server file, if the problem has one.</summary>
    public SourceSpan Span { get; init; }

    /// <summary>What the place belongs to: <c>source[0] FakeSource</c>, <c>env</c>, or a data place such as <c>people.csv:17 column "age"</c>.</summary>
    public string? Path { get; init; }

    /// <summary>One imperative sentence; null means the code's own.</summary>
    public string? Fix { get; init; }

    /// <summary>Known names near to an unknown one, nearest first, at most five.</summary>
    public ImmutableArray<string> Candidates { get; init; } = [];

    /// <summary>A documentation page that explains more, relative to the repository root.</summary>
    public string? See { get; init; }

    /// <summary>The fix to show: the candidates, else the diagnostic's own sentence, else the code's.</summary>
    public string FixText => Candidates.IsDefaultOrEmpty
        ? Fix ?? Code.Fix
        : Fix ?? NearestNames.Question(Candidates);

    /// <summary>The diagnostic as users read it, with an excerpt of the document when it has a place.</summary>
    public override string ToString() => DiagnosticText.Render(this);
}
