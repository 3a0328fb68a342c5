using System.Text;

namespace Seikan.Core;

/// <summary>Diagnostics as text: what and where on the first line, the excerpt with a caret, the fix, where to read more.</summary>
public static class DiagnosticText
{
    private const int MaxExcerpt = 160;

    /// <summary>Renders one diagnostic, without a line end after the last line.</summary>
    public static string Render(Diagnostic diagnostic)
    {
        var text = new StringBuilder();
        if (diagnostic.Severity != Severity.Error)
        {
            text.Append(diagnostic.Severity == Severity.Warning ? "warning " : "note ");
        }

        text.Append(diagnostic.Code.Id);
        if (diagnostic.Span.IsKnown)
        {
            text.Append(' ').Append(diagnostic.Span);
        }

        if (diagnostic.Path is { Length: > 0 } path)
        {
            text.Append(' ').Append(path);
        }

        text.Append(": ").Append(diagnostic.Message);
        AppendExcerpt(text, diagnostic.Span);
        text.Append("\n  fix: ").Append(diagnostic.FixText);
        if (diagnostic.See is { } see)
        {
            text.Append("\n  see: ").Append(see);
        }

        return text.ToString();
    }

    private static void AppendExcerpt(StringBuilder text, SourceSpan span)
    {
        if (span.Document is not { } document)
        {
            return;
        }

        var (line, column) = document.Locate(span.Start);
        var excerpt = document.GetLine(line).Replace('\t', ' ');
        var skipped = 0;
        if (excerpt.Length > MaxExcerpt)
        {
            skipped = Math.Clamp(column - (MaxExcerpt / 2), 0, excerpt.Length - MaxExcerpt);
            excerpt = excerpt.Substring(skipped, MaxExcerpt);
        }

        var caret = Math.Max(0, column - 1 - skipped);
        var width = Math.Clamp(document.CountCharacters(span.Start, span.Length), 1, Math.Max(1, excerpt.Length - caret));
        var number = line.ToString();
        text.Append("\n   ").Append(number).Append(" | ").Append(Printable(excerpt).TrimEnd());
        text.Append("\n   ").Append(' ', number.Length).Append(" | ").Append(' ', caret).Append('^', width);
    }

    private static string Printable(string text) =>
        string.Create(text.Length, text, static (to, from) =>
        {
            for (var i = 0; i < from.Length; i++)
            {
                to[i] = char.IsControl(from[i]) ? '\uFFFD' : from[i];
            }
        });
}
