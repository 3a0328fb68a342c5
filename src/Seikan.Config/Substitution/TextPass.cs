using System.Text;
using Seikan.Core;

namespace Seikan.Config;

/// <summary>
/// Fills <c>${name}</c> and <c>${name:default}</c> inside quoted text from variables and the environment (engine.md C.4). What is filled
/// in is not looked at again. A reference without value and default stays as it is.
/// </summary>
/// <param name="context">Variables; gets a notice for each reference that nothing fills.</param>
internal sealed class TextPass(ReadContext context)
{
    private const int MaxNesting = 16;

    /// <summary>A variable, else an environment variable; null when there is none or the name is reserved.</summary>
    public VariableValue? ValueOf(string name)
    {
        if (PlaceholderNames.IsReserved(name))
        {
            return null;
        }

        if (context.Options.Variables.TryGetValue(name, out var value))
        {
            return value;
        }

        return context.Options.Environment?.Invoke(name) is { } text ? new VariableValue(text) : null;
    }

    /// <summary>The text with its references filled.</summary>
    /// <param name="text">The text without quotes and escapes.</param>
    /// <param name="span">Where it stands with its quotes.</param>
    public string Apply(string text, SourceSpan span) =>
        text.Contains("${", StringComparison.Ordinal) ? Apply(text, span, span.Start, 0) : text;

    private string Apply(string text, SourceSpan span, int searchFrom, int nesting)
    {
        StringBuilder? built = null;
        var from = 0;
        var at = 0;
        while ((at = text.IndexOf("${", at, StringComparison.Ordinal)) >= 0)
        {
            if (!TryRead(text, at, out var name, out var byDefault, out var end))
            {
                at += 2;
                continue;
            }

            var place = Locate(span, name, ref searchFrom);
            if (Fill(name, byDefault, place, nesting) is { } value)
            {
                built ??= new StringBuilder();
                built.Append(text, from, at - from).Append(value);
                from = end;
            }

            at = end;
        }

        return built is null ? text : built.Append(text, from, text.Length - from).ToString();
    }

    private string? Fill(string name, string? byDefault, SourceSpan place, int nesting)
    {
        if (PlaceholderNames.IsReserved(name))
        {
            return null;
        }

        // An empty value counts as unset.
        if (ValueOf(name) is { Text.Length: > 0 } value)
        {
            return value.Text;
        }

        if (byDefault is not null)
        {
            var text = byDefault.Trim();
            return nesting < MaxNesting && text.Contains("${", StringComparison.Ordinal)
                ? Apply(text, place, place.Start, nesting + 1)
                : text;
        }

        if (!PlaceholderNames.IsKnown(name))
        {
            context.Notice(
                ConfigErrors.UnfilledText,
                context.IsInSink ? Severity.Note : Severity.Warning,
                $"\"${{{name}}}\" has no value and stays as it is",
                place,
                $"pass -i {name}=.., or write ${{{name}:default}}");
        }

        return null;
    }

    // Names are word characters, dots and dashes: anything else, such as an expression of another language, is left alone.
    private static bool TryRead(string text, int at, out string name, out string? byDefault, out int end)
    {
        name = "";
        byDefault = null;
        end = at + 2;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '_' or '.' or '-'))
        {
            end++;
        }

        if (end == at + 2 || end == text.Length)
        {
            return false;
        }

        name = text[(at + 2)..end];
        if (text[end] == '}')
        {
            end++;
            return true;
        }

        if (text[end] != ':')
        {
            return false;
        }

        var from = end + 1;
        var close = FindClose(text, from);
        if (close < 0)
        {
            return false;
        }

        byDefault = text[from..close];
        end = close + 1;
        return true;
    }

    // The brace that ends a default; a default may hold further references.
    private static int FindClose(string text, int from)
    {
        var depth = 0;
        for (var i = from; i < text.Length; i++)
        {
            if (text[i] == '{' && text[i - 1] == '$')
            {
                depth++;
            }
            else if (text[i] == '}' && depth-- == 0)
            {
                return i;
            }
        }

        return -1;
    }

    // The reference inside the quotes; the whole text when escapes hide it.
    private static SourceSpan Locate(SourceSpan span, string name, ref int searchFrom)
    {
        if (span.Document is not { } document)
        {
            return span;
        }

        var sought = Encoding.UTF8.GetBytes("${" + name);
        var bytes = document.Utf8.Span[..span.End];
        searchFrom = Math.Clamp(searchFrom, span.Start, span.End);
        var at = bytes[searchFrom..].IndexOf(sought);
        if (at < 0)
        {
            return span;
        }

        var start = searchFrom + at;
        searchFrom = start + sought.Length;
        var close = bytes[searchFrom..].IndexOf((byte)'}');
        return new SourceSpan(document, start, (close < 0 ? span.End : searchFrom + close + 1) - start);
    }
}
