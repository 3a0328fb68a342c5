using System.Collections.Concurrent;
using Seikan.Core;

namespace Seikan.Engine.Tests.Toys;

/// <summary>Places where a toy fails when a test says so, and a count of how often each was passed.</summary>
internal sealed class FaultPoints
{
    public static readonly ErrorCode Broken = new("TST-0001", "toy is broken", "A test asked for it.", "fix the toy");

    private readonly ConcurrentDictionary<string, int> _passed = new(StringComparer.Ordinal);

    /// <summary>The place that fails; null = none.</summary>
    public string? At { get; init; }

    /// <summary>The call that fails, from 1.</summary>
    public int Call { get; init; } = 1;

    /// <summary>What is thrown.</summary>
    public Func<string, Exception> Failure { get; init; } = static at => new SeikanException(new Diagnostic(Broken, $"broken at \"{at}\""));

    /// <summary>Places that were passed.</summary>
    public IEnumerable<string> Passed => _passed.Keys;

    public int CountOf(string place) => _passed.GetValueOrDefault(place);

    public void Pass(string place)
    {
        if (_passed.AddOrUpdate(place, 1, static (_, n) => n + 1) == Call && place == At)
        {
            throw Failure(place);
        }
    }
}
