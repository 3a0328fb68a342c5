using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Seikan.Core;

namespace Seikan.Plugins;

/// <summary>What the generated binders call: one typed read for each property, then the rules.</summary>
public sealed partial class OptionBlock
{
    /// <summary>Binds a record: reads every property, then checks required options and rules. Null after an error.</summary>
    /// <typeparam name="T">The record.</typeparam>
    /// <param name="options">Its options, those of its bases first.</param>
    /// <param name="rules">Rules over several options.</param>
    /// <param name="read">The generated constructor.</param>
    public T? Bind<T>(ImmutableArray<OptionDescriptor> options, ImmutableArray<OptionRule> rules, Func<OptionBlock, T> read)
        where T : class
    {
        var before = Diagnostics.ErrorCount;
        foreach (var option in options)
        {
            _known.Add(option.Key);
            _known.UnionWith(option.Aliases);
            Check(option, options);
        }

        foreach (var rule in rules)
        {
            Check(rule, options);
        }

        var record = read(this);
        return Diagnostics.ErrorCount == before ? record : null;
    }

    /// <summary>Reads a value, or keeps the default.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="option">The option.</param>
    /// <param name="fallback">The default.</param>
    /// <param name="convert">Reads the type.</param>
    public T Value<T>(OptionDescriptor option, T fallback, OptionConversion<T> convert)
    {
        if (Find(option) is not { } field)
        {
            return fallback;
        }

        if (convert(field.Value, option, out var value) is { } expected)
        {
            WrongType(option, field.Value, expected);
            return fallback;
        }

        CheckLimits(option, field.Value, value);
        return value;
    }

    /// <summary>As <see cref="Value{T}"/>, for options that may be absent.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="option">The option.</param>
    /// <param name="fallback">The default.</param>
    /// <param name="convert">Reads the type.</param>
    public T? Optional<T>(OptionDescriptor option, T? fallback, OptionConversion<T> convert)
        where T : struct =>
        Find(option) is null ? fallback : Value(option, default, convert);

    /// <summary>Reads a list of values: a list, one value, or one text with commas.</summary>
    /// <typeparam name="T">Type of the elements.</typeparam>
    /// <param name="option">The option.</param>
    /// <param name="fallback">The default.</param>
    /// <param name="convert">Reads an element.</param>
    public IReadOnlyList<T> List<T>(OptionDescriptor option, IReadOnlyList<T>? fallback, OptionConversion<T> convert)
    {
        if (Find(option) is not { } field)
        {
            return fallback!;
        }

        var values = new List<T>();
        foreach (var item in Elements(option, field.Value))
        {
            if (convert(item, option, out var value) is { } expected)
            {
                WrongType(option, item, expected);
                continue;
            }

            CheckLimits(option, item, value);
            values.Add(value);
        }

        CheckCount(option, field.Value, values.Count);
        return values;
    }

    /// <summary>Reads free keys with text values.</summary>
    /// <param name="option">The option.</param>
    /// <param name="fallback">The default.</param>
    public IReadOnlyDictionary<string, string> Map(OptionDescriptor option, IReadOnlyDictionary<string, string>? fallback)
    {
        if (Find(option) is not { } field)
        {
            return fallback!;
        }

        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        if (AsContainer(field.Value) is not ConfigObject values)
        {
            WrongType(option, field.Value, "an object");
            return map;
        }

        foreach (var entry in values.Fields)
        {
            if (OptionConvert.Text(entry.Value, option, out var text) is { } expected)
            {
                WrongType(option, entry.Value, expected);
            }
            else
            {
                map[entry.Key] = text;
            }
        }

        return map;
    }

    /// <summary>Reads nested options.</summary>
    /// <typeparam name="T">Their record.</typeparam>
    /// <param name="option">The option.</param>
    /// <param name="fallback">The default.</param>
    /// <param name="bind">The generated binder.</param>
    public T? Record<T>(OptionDescriptor option, T? fallback, Func<OptionBlock, T?> bind)
        where T : class
    {
        if (Find(option) is not { } field)
        {
            return fallback;
        }

        if (AsContainer(field.Value) is ConfigObject inner)
        {
            return bind(Nested(inner, option.Key));
        }

        WrongType(option, field.Value, "an object");
        return fallback;
    }

    /// <summary>Reads a list of nested options.</summary>
    /// <typeparam name="T">Their record.</typeparam>
    /// <param name="option">The option.</param>
    /// <param name="fallback">The default.</param>
    /// <param name="bind">The generated binder.</param>
    public IReadOnlyList<T> Records<T>(OptionDescriptor option, IReadOnlyList<T>? fallback, Func<OptionBlock, T?> bind)
        where T : class
    {
        if (Find(option) is not { } field)
        {
            return fallback!;
        }

        var container = AsContainer(field.Value);
        if (container is not ConfigList && container is not ConfigObject)
        {
            WrongType(option, field.Value, "a list of objects");
            return [];
        }

        var records = new List<T>();
        var items = container is ConfigList list ? list.Items : [container];
        for (var i = 0; i < items.Length; i++)
        {
            if (items[i] is not ConfigObject inner)
            {
                WrongType(option, items[i], "an object");
            }
            else if (bind(Nested(inner, $"{option.Key}[{i}]")) is { } record)
            {
                records.Add(record);
            }
        }

        CheckCount(option, field.Value, items.Length);
        return records;
    }

    /// <summary>Reads a <c>schema</c> block.</summary>
    /// <param name="option">The option.</param>
    /// <param name="fallback">The default.</param>
    public SchemaSpec? Schema(OptionDescriptor option, SchemaSpec? fallback)
    {
        if (Find(option) is not { } field)
        {
            return fallback;
        }

        // schema.fields and the like may be written flat, beside or instead of the block.
        return SchemaSpec.Bind(AsContainer(field.Value), Place, Diagnostics);
    }

    /// <summary>Any value, for plug-ins that read it themselves.</summary>
    /// <param name="option">The option.</param>
    /// <param name="fallback">The default.</param>
    public ConfigNode? Any(OptionDescriptor option, ConfigNode? fallback) => Find(option)?.Value ?? fallback;

    private void Check(OptionDescriptor option, ImmutableArray<OptionDescriptor> all)
    {
        var field = Find(option);
        if (field is null)
        {
            var asked = option.RequiredWhen.FirstOrDefault(w => ValueOf(all, w.Key) is { } now && w.Values.Contains(now, StringComparer.OrdinalIgnoreCase));
            if (option.IsRequired || asked.Key is not null)
            {
                var because = option.IsRequired ? "" : $", because \"{asked.Key}\" is {ValueOf(all, asked.Key!)}";
                var example = option.Example ?? option.Type.Kind switch { OptionTypeKind.Schema or OptionTypeKind.Object or OptionTypeKind.Map => "{ .. }", OptionTypeKind.List => "[ .. ]", _ => ".." };
                Error(OptionErrors.Required, $"\"{option.Key}\" must be given{because}", default, $"add {option.Key} = {example}");
            }

            return;
        }

        if (option.NotSupported is { } reason)
        {
            Error(OptionErrors.NotSupported, $"\"{option.Key}\" is not supported yet", field.Value.KeySpan, reason);
        }

        if (option.Deprecated is { } advice)
        {
            Diagnostics.Add(new Diagnostic(OptionErrors.Deprecated, $"\"{option.Key}\" has no effect or a better successor")
            {
                Severity = Severity.Warning, Span = field.Value.KeySpan, Path = Place, Fix = advice,
            });
        }
    }

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

    private string? ValueOf(ImmutableArray<OptionDescriptor> all, string key) =>
        all.FirstOrDefault(o => o.Key == key) is { } option ? Find(option)?.Value is ConfigScalar scalar ? scalar.Text : option.Default : null;

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
            TimeSpan t => t.TotalMilliseconds,
            ByteSize b => b.Bytes,
            _ => (double?)null,
        };
        if (number < option.Minimum || number > option.Maximum)
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

    private IEnumerable<ConfigNode> Elements(OptionDescriptor option, ConfigNode node)
    {
        var container = AsContainer(node);
        if (container is ConfigList list)
        {
            return list.Items;
        }

        if (container is not ConfigScalar scalar || !scalar.Text.Contains(',', StringComparison.Ordinal))
        {
            return [container];
        }

        Diagnostics.Add(new Diagnostic(OptionErrors.TextAsList, $"\"{option.Key}\" is a list written as one text")
        {
            Severity = Severity.Warning, Span = node.Span, Path = Place, Fix = $"write {option.Key} = [{string.Join(", ", scalar.Text.Split(',', StringSplitOptions.TrimEntries))}]",
        });
        return scalar.Text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(part => new ConfigScalar(part, ScalarKind.QuotedText, node.Span));
    }

    // Containers may be written as text: JSON, or [a,b] as a variable gives it.
    private static ConfigNode AsContainer(ConfigNode node)
    {
        if (node is not ConfigScalar { Kind: ScalarKind.QuotedText or ScalarKind.BareText } scalar)
        {
            return node;
        }

        var text = scalar.Text.Trim();
        if (text.Length < 2 || (text[0], text[^1]) is not (('[', ']') or ('{', '}')))
        {
            return node;
        }

        return JsonNodes.Read(Encoding.UTF8.GetBytes(text), node.Span)
            ?? (text[0] == '['
                ? new ConfigList([.. text[1..^1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(p => (ConfigNode)new ConfigScalar(p.Trim('"'), ScalarKind.QuotedText, node.Span))], node.Span)
                : node);
    }

    private void WrongType(OptionDescriptor option, ConfigNode node, string expected) =>
        Error(
            expected.StartsWith("one of ", StringComparison.Ordinal) ? OptionErrors.WrongValue : OptionErrors.WrongType,
            $"\"{option.Key}\" is {Quoted(option, node)}, not {expected}", node.Span, Fix(option, node, expected));

    private static string Fix(OptionDescriptor option, ConfigNode node, string expected)
    {
        if (node is ConfigScalar scalar && !option.Type.Choices.IsDefaultOrEmpty)
        {
            var near = NearestNames.Find(scalar.Text, option.Type.Choices.Select(c => c.Word), 1);
            return near.IsEmpty ? $"use {expected}" : $"did you mean \"{near[0]}\"?";
        }

        return $"write {expected}";
    }

    private static string Shown(OptionDescriptor option, ConfigNode node) => $": {Quoted(option, node)}";

    private static string Quoted(OptionDescriptor option, ConfigNode node) => node switch
    {
        _ when option.IsSensitive => "set to a value",
        ConfigScalar { Text.Length: > 80 } text => $"\"{text.Text[..80]}..\"",
        ConfigScalar text => $"\"{text.Text}\"",
        ConfigList => "a list",
        _ => "an object",
    };
}
