using System.Collections.Concurrent;
using System.Collections.Immutable;
using Seikan.Core;

namespace Seikan.Engine.Execution;

/// <summary>Runs the parts of a clean-up; each that fails is told as a warning and does not keep the others from running. Thread-safe.</summary>
internal sealed class Closing(Action<Exception> reportBug)
{
    private readonly ConcurrentQueue<Diagnostic> _problems = [];

    /// <summary>What went wrong so far.</summary>
    public ImmutableArray<Diagnostic> Problems => [.. _problems];

    /// <summary>Runs a part.</summary>
    public async ValueTask AttemptAsync(Func<ValueTask> part)
    {
        try
        {
            await part();
        }
        catch (Exception e)
        {
            foreach (var diagnostic in Blame.Explain(e, reportBug))
            {
                _problems.Enqueue(diagnostic with { Severity = Severity.Warning });
            }
        }
    }
}
