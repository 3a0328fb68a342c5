using System.Collections.Immutable;
using Seikan.Core;

namespace Seikan.Config;

/// <summary>The variables of <c>-i</c> arguments, with the problems found in them.</summary>
/// <param name="Variables">The variables; of one name given twice, the last.</param>
/// <param name="Diagnostics">What is wrong with the arguments.</param>
public sealed record VariableArguments(ImmutableDictionary<string, VariableValue> Variables, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>Reads arguments of the form <c>name=value,name=value</c> (engine.md C.5). Never throws for what a user writes.</summary>
    /// <param name="arguments">One text for each <c>-i</c>. It is split at commas outside quotes, brackets and braces.</param>
    public static VariableArguments Parse(IEnumerable<string> arguments)
    {
        var variables = ImmutableDictionary.CreateBuilder<string, VariableValue>(StringComparer.Ordinal);
        var problems = new DiagnosticBag();
        foreach (var argument in arguments)
        {
            var start = 0;
            while (start <= argument.Length)
            {
                var end = FindComma(argument, start);
                ReadPair(argument, start, end, variables, problems);
                start = end + 1;
            }
        }

        return new VariableArguments(variables.ToImmutable(), problems.ToImmutable());
    }

    /// <summary>A value as written: quotes around it are taken off, blanks around it too.</summary>
    internal static VariableValue ReadValue(string text)
    {
        text = text.Trim();
        return text is ['"', .., '"'] ? new VariableValue(text[1..^1], true) : new VariableValue(text);
    }

    // A bracket or quote that is never closed does not swallow the other variables.
    private static int FindComma(string text, int start)
    {
        var depth = 0;
        var plain = -1;
        var quoted = false;
        for (var i = start; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"':
                    quoted = !quoted;
                    break;
                case '[' or '{' when !quoted:
                    depth++;
                    break;
                case ']' or '}' when !quoted && depth > 0:
                    depth--;
                    break;
                case ',':
                    if (!quoted && depth == 0)
                    {
                        return i;
                    }

                    plain = plain < 0 ? i : plain;
                    break;
            }
        }

        return (quoted || depth > 0) && plain >= 0 ? plain : text.Length;
    }

    private static void ReadPair(
        string argument, int start, int end, ImmutableDictionary<string, VariableValue>.Builder variables, DiagnosticBag problems)
    {
        var part = argument[start..end];
        var split = part.IndexOf('=', StringComparison.Ordinal);
        var name = split < 0 ? "" : part[..split].Trim();
        if (name.Length == 0)
        {
            var message = split >= 0 ? $"a name is missing before \"{part.Trim()}\""
                : part.Trim().Length == 0 ? "a variable is empty"
                : $"\"{part.Trim()}\" is not name=value";
            var fix = split < 0 && start > 0 ? "write name=value; a value with a comma goes in quotes: name=\"a,b\"" : null;
            problems.Add(new Diagnostic(ConfigErrors.BadVariable, message) { Span = Place(argument, start, end), Fix = fix });
        }
        else if (PlaceholderNames.IsReserved(name))
        {
            problems.Add(new Diagnostic(
                ConfigErrors.ReservedVariable, $"System placeholders cannot be used. Incorrect config parameter: {name}")
            {
                Span = Place(argument, start, start + split),
            });
        }
        else
        {
            variables[name] = ReadValue(part[(split + 1)..]);
        }
    }

    private static SourceSpan Place(string argument, int start, int end)
    {
        var text = SourceText.FromString("-i", argument);
        var first = System.Text.Encoding.UTF8.GetByteCount(argument.AsSpan(0, start));
        return new SourceSpan(text, first, System.Text.Encoding.UTF8.GetByteCount(argument.AsSpan(start, end - start)));
    }
}
