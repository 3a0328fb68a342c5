using System.Collections.Immutable;
using System.Text;
using Seikan.Plugins;

namespace Seikan.Cli.Rendering;

/// <summary>Plug-ins and their options for people at a terminal.</summary>
internal static class PluginText
{
    private const int Width = 100;

    /// <summary>All plug-ins by kind, a line each.</summary>
    public static string List(ImmutableArray<PluginRegistration> plugins)
    {
        var text = new StringBuilder();
        foreach (var kind in plugins.GroupBy(p => p.Kind).OrderBy(g => g.Key))
        {
            text.Append(text.Length > 0 ? "\n" : "").Append(Heading(kind.Key)).Append('\n');
            var width = kind.Max(p => p.Identifier.Length);
            foreach (var plugin in kind.OrderBy(p => p.Identifier, StringComparer.OrdinalIgnoreCase))
            {
                text.Append("  ").Append(plugin.Identifier.PadRight(width)).Append("  ").Append(plugin.Summary).Append('\n');
            }
        }

        return text.Append("\nseikan connectors NAME shows what can be set.\n").ToString();
    }

    /// <summary>All options of one plug-in.</summary>
    public static string Describe(PluginDescriptor plugin)
    {
        var text = new StringBuilder($"{plugin.Identifier} ({plugin.Kind.ToString().ToLowerInvariant()})\n");
        Wrap(text, plugin.Summary, "  ");
        foreach (var part in new[] { ("Required options", true), ("Optional options", false) })
        {
            var options = plugin.Options.Where(o => o.IsRequired == part.Item2).OrderBy(o => o.IsAdvanced).ToList();
            if (options.Count > 0)
            {
                text.Append('\n').Append(part.Item1).Append('\n');
                options.ForEach(o => Append(text, o, "  "));
            }
        }

        if (!plugin.Rules.IsEmpty)
        {
            text.Append("\nRules\n");
            foreach (var rule in plugin.Rules)
            {
                text.Append("  ").Append(rule.Kind switch
                {
                    OptionRuleKind.ExactlyOneOf => "exactly one of: ",
                    OptionRuleKind.AtMostOneOf => "at most one of: ",
                    _ => "all or none of: ",
                }).AppendJoin(", ", rule.Keys).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>Type of an option in a few words.</summary>
    public static string TypeOf(OptionDescriptor option) => option.NamesPlugin is { } kind
        ? $"{kind.ToString().ToLowerInvariant()} name"
        : TypeOf(option.Type) + (option.Unit is { } unit ? $" ({unit})" : "");

    private static void Append(StringBuilder text, OptionDescriptor option, string indent)
    {
        text.Append(indent).Append(option.Key).Append("  ").Append(TypeOf(option));
        text.Append(option.Default is { } value ? $" = {value}" : "").Append('\n');
        Wrap(text, option.Summary, indent + "    ");
        if (option.Minimum is not null || option.Maximum is not null)
        {
            text.Append(indent).Append("    from ").Append(option.Minimum?.ToString() ?? "any").Append(" to ").Append(option.Maximum?.ToString() ?? "any").Append('\n');
        }

        foreach (var (word, meaning) in option.Type.Choices)
        {
            text.Append(indent).Append("    ").Append(word).Append(": ").Append(meaning).Append('\n');
        }

        if (!option.Aliases.IsEmpty)
        {
            text.Append(indent).Append("    also: ").AppendJoin(", ", option.Aliases).Append('\n');
        }

        if (option.NotSupported is { } reason)
        {
            Wrap(text, "refused: " + reason, indent + "    ");
        }

        if (option.Deprecated is { } advice)
        {
            Wrap(text, "deprecated: " + advice, indent + "    ");
        }

        foreach (var (key, values) in option.RequiredWhen)
        {
            text.Append(indent).Append("    required when ").Append(key).Append(" is ").AppendJoin(" or ", values).Append('\n');
        }

        var inner = option.Type.Kind == OptionTypeKind.List ? option.Type.Element : option.Type;
        foreach (var field in inner?.Fields ?? [])
        {
            Append(text, field, indent + "    ");
        }
    }

    private static string TypeOf(OptionType type) => type.Kind switch
    {
        OptionTypeKind.List => $"list of {TypeOf(type.Element!)}",
        OptionTypeKind.Map => "map",
        _ => type.Kind.ToString().ToLowerInvariant(),
    };

    private static string Heading(PluginKind kind) => kind + "s";

    private static void Wrap(StringBuilder text, string sentence, string indent)
    {
        var column = 0;
        foreach (var word in sentence.Split(' '))
        {
            if (column > 0 && indent.Length + column + 1 + word.Length > Width)
            {
                text.Append('\n');
                column = 0;
            }

            text.Append(column == 0 ? indent : " ").Append(word);
            column += word.Length + 1;
        }

        text.Append('\n');
    }
}
