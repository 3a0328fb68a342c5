using System.Collections.Immutable;
using System.Globalization;
using Seikan.Core;

namespace Seikan.Plugins;

/// <summary>Single values of a <c>schema</c> block.</summary>
internal sealed partial class SchemaReader
{
    private static ConfigField? Given(ConfigObject block, string key, bool nullCounts = false) =>
        block.Find(key) is { } field && (nullCounts || field.Value is not ConfigScalar { IsNull: true }) ? field : null;

    private static SourceSpan Start(ConfigObject block) => block.Span with { Length = Math.Min(1, block.Span.Length) };

    private ConfigScalar? Scalar(ConfigObject block, string key)
    {
        if (Given(block, key)?.Value is not { } value)
        {
            return null;
        }

        if (value is not ConfigScalar scalar)
        {
            Error(OptionErrors.WrongType, $"\"{key}\" is not a text", value.Span, "write a text");
            return null;
        }

        return scalar;
    }

    private string? Text(ConfigObject block, string key) => Scalar(block, key)?.Text;

    // One of some words in any case, as the list spells it; null when not given or wrong.
    private string? Word(ConfigObject block, string key, string[] words)
    {
        if (Scalar(block, key) is not { } scalar)
        {
            return null;
        }

        var word = words.FirstOrDefault(w => string.Equals(w, scalar.Text, StringComparison.OrdinalIgnoreCase));
        if (word is null)
        {
            problems.Add(new Diagnostic(OptionErrors.WrongValue, $"\"{key}\" cannot be \"{scalar.Text}\"")
            {
                Span = scalar.Span, Path = _place, Fix = $"use one of {string.Join(", ", words)}",
            });
            _failed = true;
        }

        return word;
    }

    private bool Boolean(ConfigObject block, string key, bool fallback)
    {
        if (Scalar(block, key) is not { } scalar)
        {
            return fallback;
        }

        if (bool.TryParse(scalar.Text, out var value))
        {
            return value;
        }

        Error(OptionErrors.WrongType, $"\"{key}\" is \"{scalar.Text}\", not true or false", scalar.Span, "write true or false");
        return fallback;
    }

    private long? Integer(ConfigObject block, string key, long most)
    {
        if (Scalar(block, key) is not { } scalar)
        {
            return null;
        }

        if (long.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= most)
        {
            return value;
        }

        Error(OptionErrors.WrongType, $"\"{key}\" is \"{scalar.Text}\", not a whole number of at least 0", scalar.Span, "write a whole number");
        return null;
    }

    // A single value stands for a list of one; anything in a list is checked by who reads it.
    private static ImmutableArray<ConfigNode> Items(ConfigObject block, string key) => Given(block, key)?.Value switch
    {
        ConfigList list => list.Items,
        { } one => [one],
        null => [],
    };

    private void WarnUnknown(ConfigObject block, string[] known)
    {
        foreach (var field in block.Fields)
        {
            if (!known.Contains(field.Key))
            {
                problems.Add(new Diagnostic(OptionErrors.Unknown, $"unknown option \"{field.Key}\"")
                {
                    Severity = Severity.Warning, Span = field.KeySpan, Path = _place, Candidates = NearestNames.Find(field.Key, known),
                });
            }
        }
    }

    private void Error(ErrorCode code, string message, SourceSpan span, string fix)
    {
        problems.Add(new Diagnostic(code, message) { Span = span, Path = _place, Fix = fix });
        _failed = true;
    }
}
