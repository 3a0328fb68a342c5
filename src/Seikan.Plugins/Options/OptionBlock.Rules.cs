using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Seikan.Core;

namespace Seikan.Plugins;

/// <summary>The rules of options: what must be given, what goes together, what is too large.</summary>
public sealed partial class OptionBlock
{
    private void CheckMissing(OptionDescriptor option, ImmutableArray<OptionDescriptor> all, Dictionary<string, object?> values)
    {
        var because = option.IsRequired ? "" : option.RequiredWhen.Select(w => Reason(w.Key, w.Values, all, values)).FirstOrDefault(r => r is not null);
        if (because is null)
        {
            return;
        }

        var example = option.Example ?? option.Type.Kind switch
        {
            OptionTypeKind.Schema or OptionTypeKind.Object or OptionTypeKind.Map => "{ .. }",
            OptionTypeKind.List => "[ .. ]",
            _ => "..",
        };
        Error(OptionErrors.Required, $"\"{option.Key}\" must be given{because}", default, $"add {option.Key} = {example}");
    }

    // Null when the other option has another value.
    private static string? Reason(string key, ImmutableArray<string> asking, ImmutableArray<OptionDescriptor> all, Dictionary<string, object?> values) =>
        all.FirstOrDefault(o => o.Key == key) is { } other
        && OptionDefault.Text(other.Type, values.GetValueOrDefault(other.Property))?.Trim('"') is { } now
        && asking.Contains(now, StringComparer.OrdinalIgnoreCase)
            ? $", because \"{key}\" is {now}"
            : null;

    private void CheckGiven(OptionDescriptor option, ConfigField field)
    {
        if (option.NotSupported is { } reason)
        {
            Error(OptionErrors.NotSupported, $"\"{option.Key}\" is not supported yet", field.KeySpan, reason);
        }

        if (option.Deprecated is { } advice)
        {
            Warn(OptionErrors.Deprecated, $"\"{option.Key}\" has no effect or a better successor", field.KeySpan, advice);
        }

        var spellings = option.Aliases.Prepend(option.Key).Where(k => FindAs(k, option.Type.Kind) is not null).ToList();
        foreach (var other in spellings.Skip(1))
        {
            Warn(
                OptionErrors.GivenTwice, $"\"{other}\" has no effect beside \"{spellings[0]}\": both mean the same", FindAs(other, option.Type.Kind)!.Value.KeySpan,
                $"remove \"{other}\"");
        }
    }

    private void Warn(ErrorCode code, string message, SourceSpan span, string fix) =>
        Diagnostics.Add(new Diagnostic(code, message) { Severity = Severity.Warning, Span = span, Path = Place, Fix = fix, See = See });

    private void Check(OptionRule rule, ImmutableArray<OptionDescriptor> all)
    {
        var given = rule.Keys.Where(k => all.FirstOrDefault(o => o.Key == k) is { } option && Find(option) is not null).ToList();
        var names = string.Join(", ", rule.Keys.Select(k => $"\"{k}\""));
        switch (rule.Kind)
        {
            case OptionRuleKind.ExactlyOneOf when given.Count == 0:
                Error(OptionErrors.Required, $"one of {names} must be given", default, $"add one of {names}");
                break;
            case OptionRuleKind.ExactlyOneOf or OptionRuleKind.AtMostOneOf when given.Count > 1:
                Error(OptionErrors.Exclusive, $"only one of {names} can be given", Find(given[1])!.Value.KeySpan, $"keep one of {string.Join(" and ", given.Select(g => $"\"{g}\""))}");
                break;
            case OptionRuleKind.AllOrNone when given.Count > 0 && given.Count < rule.Keys.Length:
                Error(OptionErrors.Together, $"{names} are given together or not at all", Find(given[0])!.Value.KeySpan, $"add {string.Join(", ", rule.Keys.Except(given).Select(k => $"\"{k}\""))}");
                break;
            default:
                break;
        }
    }

    private void CheckLimits<T>(OptionDescriptor option, ConfigNode node, T value)
    {
        if (value is string text)
        {
            if (option.Type.Kind == OptionTypeKind.Text && (text.Length < option.Minimum || text.Length > option.Maximum))
            {
                Error(OptionErrors.OutOfRange, $"\"{option.Key}\" has {text.Length} characters{Shown(option, node)}", node.Span, $"use {Limits(option)} characters");
            }

            if (option.Pattern is { } pattern && !Regex.IsMatch(text, $"^(?:{pattern})$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking))
            {
                Error(OptionErrors.WrongValue, $"\"{option.Key}\" is {Quoted(option, node)}, not {option.PatternMeaning}", node.Span);
            }

            return;
        }

        var number = value switch
        {
            int i => i,
            long l => l,
            float f => f,
            double d => d,
            decimal m => (double)m,
            TimeSpan t => t.TotalMilliseconds,
            ByteSize b => b.Bytes,
            _ => (double?)null,
        };
        if (!option.IsCountLimited && (number < option.Minimum || number > option.Maximum))
        {
            Error(OptionErrors.OutOfRange, $"\"{option.Key}\" is {Quoted(option, node)}", node.Span, $"use {Limits(option)}{(value is TimeSpan ? " ms" : "")}");
        }
    }

    private void CheckCount(OptionDescriptor option, ConfigNode node, int count)
    {
        if (option.IsCountLimited && (count < option.Minimum || count > option.Maximum))
        {
            Error(OptionErrors.OutOfRange, $"\"{option.Key}\" has {count} elements", node.Span, $"give {Limits(option)}");
        }
    }

    private static string Limits(OptionDescriptor option) => (option.Minimum, option.Maximum) switch
    {
        (null, var most) => $"at most {most}",
        (var least, null or >= int.MaxValue) => $"at least {least}",
        var (least, most) => $"{least} to {most}",
    };
}
