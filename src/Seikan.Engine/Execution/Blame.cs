using System.Collections.Immutable;
using Seikan.Core;

namespace Seikan.Engine.Execution;

/// <summary>Which plug-in a failure came from, and what is told about it.</summary>
internal static class Blame
{
    private const string Key = "seikan.place";

    /// <summary>Notes the plug-in that a failure came from. The innermost one stays.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="place">The plug-in: <c>sink[0] LocalFile</c>.</param>
    public static void Mark(Exception failure, string place)
    {
        if (!failure.Data.Contains(Key))
        {
            failure.Data[Key] = place;
        }
    }

    /// <summary>The failure as users see it; a bug is handed on with its trace.</summary>
    public static ImmutableArray<Diagnostic> Explain(Exception failure, Action<Exception> reportBug)
    {
        var place = failure.Data[Key] as string;
        switch (failure)
        {
            case SeikanException known:
                return [.. known.Diagnostics.Select(d => d with { Path = d.Path ?? place })];
            case IOException or UnauthorizedAccessException:
                return [new Diagnostic(RunErrors.Io, failure.Message.TrimEnd('.')) { Path = place }];
            default:
                reportBug(failure);
                return [new Diagnostic(RunErrors.Bug, $"{failure.GetType().Name}: {failure.Message}") { Path = place }];
        }
    }

    /// <summary>True when the cause lies outside of the job and of this process.</summary>
    public static bool IsExternal(Exception failure) => failure is SeikanException { Domain: ErrorDomain.External } or IOException or UnauthorizedAccessException;
}
