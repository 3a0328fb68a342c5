using System.Collections.Immutable;
using System.Globalization;
using System.Text;
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
    /// <param name="values">Gives the values of the record by property.</param>
    public T? Bind<T>(ImmutableArray<OptionDescriptor> options, ImmutableArray<OptionRule> rules, Func<OptionBlock, T> read, Action<T, Dictionary<string, object?>> values)
        where T : class
    {
        var before = Diagnostics.ErrorCount;
        foreach (var option in options)
        {
            MarkKnown(option);
        }

        var record = read(this);
        var readValues = new Dictionary<string, object?>(StringComparer.Ordinal);
        values(record, readValues);
        foreach (var option in options)
        {
            if (Find(option) is { } field)
            {
                CheckGiven(option, field);
            }
            else
            {
                CheckMissing(option, options, readValues);
            }
        }

        foreach (var rule in rules)
        {
            Check(rule, options);
        }

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

        var reader = new SchemaReader(Place, Diagnostics)
        {
            VectorDimension = Dimension("vector.dimension", 4), BinaryVectorDimension = Dimension("binary.vector.dimension", 8),
        };
        return reader.Read(AsContainer(field.Value) is ConfigObject block ? OptionGathering.Nest(block) : field.Value);
    }

    // Plug-ins with these options (FakeSource) have a dimension for vector columns that give none. A wrong value is reported with its own option.
    private int? Dimension(string key, int byDefault)
    {
        if (!_known.Contains(key))
        {
            return null;
        }

        return Find(key)?.Value is ConfigScalar scalar && int.TryParse(scalar.Text, CultureInfo.InvariantCulture, out var given) ? given : byDefault;
    }

    /// <summary>Any value, for plug-ins that read it themselves.</summary>
    /// <param name="option">The option.</param>
    /// <param name="fallback">The default.</param>
    public ConfigNode? Any(OptionDescriptor option, ConfigNode? fallback) => Find(option)?.Value ?? fallback;

    /// <summary>A list of any values; one value is a list of one.</summary>
    /// <param name="option">The option.</param>
    /// <param name="fallback">The default.</param>
    public IReadOnlyList<ConfigNode> Nodes(OptionDescriptor option, IReadOnlyList<ConfigNode>? fallback)
    {
        if (Find(option) is not { } field)
        {
            return fallback!;
        }

        ImmutableArray<ConfigNode> items = AsContainer(field.Value) is ConfigList list ? list.Items : [field.Value];
        CheckCount(option, field.Value, items.Length);
        return items;
    }

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

        var parts = scalar.Text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Diagnostics.Add(new Diagnostic(OptionErrors.TextAsList, $"\"{option.Key}\" is a list written as one text")
        {
            Severity = Severity.Warning, Span = node.Span, Path = Place, See = See,
            Fix = option.IsSensitive ? null : $"write {option.Key} = [{string.Join(", ", parts.Select(p => $"\"{p}\""))}]",
        });
        return parts.Select(part => new ConfigScalar(part, ScalarKind.QuotedText, node.Span));
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
        var choices = (option.Type.Element ?? option.Type).Choices;
        if (node is ConfigScalar scalar && !choices.IsEmpty && !option.IsSensitive)
        {
            var near = NearestNames.Find(scalar.Text, choices.Select(c => c.Word), 1);
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
