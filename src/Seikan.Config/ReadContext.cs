using System.Collections.Immutable;
using Seikan.Core;

namespace Seikan.Config;

/// <summary>What one reading shares between its parsers: problems, limits, the chain of includes. Not thread-safe.</summary>
/// <param name="options">Variables, includes and limits.</param>
internal sealed class ReadContext(JobReadOptions options)
{
    private readonly List<SourceText> _active = [];
    private int _problems;
    private long _textBytes;

    /// <summary>Variables, includes and limits.</summary>
    public JobReadOptions Options { get; } = options;

    /// <summary>Every problem found so far.</summary>
    public DiagnosticBag Bag { get; } = new();

    /// <summary>True when reading was given up: nothing more is reported, parsers run to their end.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>True when brackets or strings do not close, so that blocks may be in the wrong place.</summary>
    public bool IsStructureBroken { get; set; }

    /// <summary>True while values under a top-level <c>sink</c> are made: sinks fill references of their own.</summary>
    public bool IsInSink { get; set; }

    /// <summary>Reports an error.</summary>
    public void Error(ErrorCode code, string message, SourceSpan span, string? fix = null, ImmutableArray<string> candidates = default) =>
        Add(new Diagnostic(code, message) { Span = span, Fix = fix, Candidates = candidates.IsDefault ? [] : candidates });

    /// <summary>Reports something that does not stop the job.</summary>
    public void Notice(ErrorCode code, Severity severity, string message, SourceSpan span, string? fix = null) =>
        Add(new Diagnostic(code, message) { Severity = severity, Span = span, Fix = fix });

    /// <summary>Reports a finished diagnostic.</summary>
    public void Add(Diagnostic diagnostic)
    {
        if (IsStopped)
        {
            return;
        }

        Bag.Add(diagnostic);
        if (++_problems >= Options.MaxProblems)
        {
            Bag.Add(new Diagnostic(ConfigErrors.TooManyProblems, $"stopped after {_problems} problems") { Span = diagnostic.Span });
            IsStopped = true;
        }
    }

    /// <summary>Reports an error after which nothing sensible can be read.</summary>
    public void Fatal(ErrorCode code, string message, SourceSpan span)
    {
        Error(code, message, span);
        IsStopped = true;
        IsStructureBroken = true;
    }

    /// <summary>Starts a document: size, encoding and the chain of includes are checked. Pair with <see cref="Leave"/> when true.</summary>
    /// <param name="text">The document.</param>
    /// <param name="at">The place of the include; unknown for the main document.</param>
    public bool TryEnter(SourceText text, SourceSpan at)
    {
        for (var i = 0; i < _active.Count; i++)
        {
            if (_active[i].Name == text.Name)
            {
                Error(ConfigErrors.IncludeCycle, $"\"{text.Name}\" is included while it is being read", at);
                return false;
            }
        }

        if (_active.Count > Options.MaxIncludeDepth)
        {
            Error(ConfigErrors.TooDeep, $"includes go deeper than {Options.MaxIncludeDepth} files", at);
            return false;
        }

        _textBytes += text.Utf8.Length;
        if (_textBytes > Options.MaxTextBytes)
        {
            Error(
                ConfigErrors.TextTooLarge,
                $"the text has more than {Options.MaxTextBytes} bytes", at.IsKnown ? at : new SourceSpan(text, 0, 0));
            return false;
        }

        if (!Utf8Check.Accepts(text, this))
        {
            return false;
        }

        _active.Add(text);
        return true;
    }

    /// <summary>Ends the document entered last.</summary>
    public void Leave() => _active.RemoveAt(_active.Count - 1);
}
