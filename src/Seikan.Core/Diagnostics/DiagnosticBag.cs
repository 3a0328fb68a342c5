using System.Collections.Immutable;

namespace Seikan.Core;

/// <summary>Collects diagnostics so that all problems of a job are reported together. Not thread-safe.</summary>
public sealed class DiagnosticBag
{
    private readonly ImmutableArray<Diagnostic>.Builder _items = ImmutableArray.CreateBuilder<Diagnostic>();

    /// <summary>True once an error was added.</summary>
    public bool HasErrors => ErrorCount > 0;

    /// <summary>How many errors were added.</summary>
    public int ErrorCount { get; private set; }

    /// <summary>How many were added.</summary>
    public int Count => _items.Count;

    /// <summary>Adds one.</summary>
    public void Add(Diagnostic diagnostic)
    {
        _items.Add(diagnostic);
        ErrorCount += diagnostic.Severity == Severity.Error ? 1 : 0;
    }

    /// <summary>Adds several.</summary>
    public void AddRange(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            Add(diagnostic);
        }
    }

    /// <summary>All of them: those with a place by document and place, then the others, each in the order of adding.</summary>
    public ImmutableArray<Diagnostic> ToImmutable() =>
        [.. _items.OrderBy(d => d.Span.IsKnown ? 0 : 1).ThenBy(d => d.Span.Document?.Name, StringComparer.Ordinal).ThenBy(d => d.Span.Start)];

    /// <summary>Throws when an error was added.</summary>
    /// <exception cref="SeikanException">Holds everything that was added.</exception>
    public void ThrowIfErrors()
    {
        if (HasErrors)
        {
            throw new SeikanException(ToImmutable());
        }
    }
}
