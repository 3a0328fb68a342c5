using System.Collections.Immutable;
using Seikan.Core;

namespace Seikan.Cli.Rendering;

/// <summary>Diagnostics for people.</summary>
internal static class DiagnosticOutput
{
    /// <summary>Writes all of them, one below the other.</summary>
    public static void Write(TextWriter to, ImmutableArray<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            to.WriteLine(DiagnosticText.Render(diagnostic));
        }
    }
}
