using System.Collections.Immutable;
using System.Text;

namespace Seikan.Plugins;

/// <summary>Markdown pages of plug-ins, made from their declared options.</summary>
public static class OptionDocs
{
    private const int Deepest = 3;

    /// <summary>One page for each connector, transform and format: the path from the repository root, and the text.</summary>
    /// <param name="plugins">All plug-ins. Those of one name share a page.</param>
    public static IEnumerable<(string Path, string Text)> Pages(IEnumerable<PluginRegistration> plugins) =>
        from plugin in plugins
        group plugin by PathOf(plugin.Kind, plugin.Identifier).ToUpperInvariant() into page
        orderby page.Key
        let first = page.First()
        select (PathOf(first.Kind, first.Identifier), Page([.. page.OrderBy(p => p.Kind)]));

    /// <summary>The page of a plug-in, from the repository root.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="identifier">Its identifier.</param>
    public static string PathOf(PluginKind kind, string identifier) => kind switch
    {
        PluginKind.Transform => $"docs/transforms/{identifier}.md",
        PluginKind.Format => $"docs/formats/{identifier}.md",
        _ => $"docs/connectors/{identifier}.md",
    };

    /// <summary>The page of one name.</summary>
    /// <param name="roles">Its plug-ins: a source and a sink, or one.</param>
    public static string Page(ImmutableArray<PluginRegistration> roles)
    {
        var text = new StringBuilder($"# {roles[0].Identifier}\n\n<!-- Generated from the options record in the code; edits here are lost. -->\n");
        foreach (var role in roles)
        {
            AppendRole(text, role, role.Descriptor());
        }

        return text.ToString();
    }

    private static void AppendRole(StringBuilder text, PluginRegistration plugin, PluginDescriptor description)
    {
        text.Append($"\n## {description.Kind}\n\n{description.Summary}\n");
        text.Append(description.Remarks is { } remarks ? $"\n{remarks}\n" : "");
        text.Append(plugin.Aliases.IsDefaultOrEmpty ? "" : $"\nAlso known as {string.Join(", ", plugin.Aliases.Select(a => $"`{a}`"))}.\n");
        text.Append("\n```hocon\n").Append(OptionExample.Of(description)).Append("```\n");

        var common = CommonKeys(description.Kind);
        var own = description.Options.Where(o => !common.Contains(o.Key)).ToList();
        AppendTables(text, own, "### Options", "###");
        if (description.Options.Length > own.Count)
        {
            AppendTable(text, $"### Common to every {description.Kind.ToString().ToLowerInvariant()}", description.Options.Where(o => common.Contains(o.Key)));
        }

        AppendRules(text, "### Rules", description.Rules);
        AppendNested(text, description.Options, "", 0);
    }

    private static ImmutableArray<string> CommonKeys(PluginKind kind) =>
    [
        .. (kind switch
        {
            PluginKind.Source => SourceOptions.AllOptions,
            PluginKind.Sink => SinkOptions.AllOptions,
            PluginKind.Transform => TransformOptions.AllOptions,
            _ => [],
        }).Select(o => o.Key),
    ];

    private static void AppendTables(StringBuilder text, List<OptionDescriptor> options, string first, string heading)
    {
        var usable = options.Where(o => o.NotSupported is null).ToList();
        AppendTable(text, first, usable.Where(o => !o.IsAdvanced && o.Group is null));
        foreach (var group in usable.Where(o => !o.IsAdvanced && o.Group is not null).GroupBy(o => o.Group))
        {
            AppendTable(text, $"{heading} {group.Key}", group);
        }

        AppendTable(text, heading + " Advanced", usable.Where(o => o.IsAdvanced));
        var refused = options.Where(o => o.NotSupported is not null).ToList();
        if (refused.Count > 0)
        {
            text.Append($"\n{heading} Not supported yet\n\nGiving one of these is an error.\n\n| Option | Why, and what to do |\n|---|---|\n");
            text.AppendJoin("", refused.Select(o => $"| `{o.Key}` | {Cell(o.Summary)} {Cell(Sentence(o.NotSupported!))} |\n"));
        }
    }

    private static void AppendTable(StringBuilder text, string heading, IEnumerable<OptionDescriptor> options)
    {
        var rows = options.OrderByDescending(o => o.IsRequired).ToList();
        if (rows.Count > 0)
        {
            text.Append(heading.Length > 0 ? $"\n{heading}\n" : "").Append("\n| Option | Type | Default | Meaning |\n|---|---|---|---|\n");
            text.AppendJoin("", rows.Select(o => $"| `{o.Key}` | {Cell(TypeOf(o))} | {Cell(DefaultOf(o))} | {Cell(Meaning(o))} |\n"));
        }
    }

    // Options of nested records have a table of their own; those that the plug-in itself has as well are only named.
    private static void AppendNested(StringBuilder text, ImmutableArray<OptionDescriptor> options, string path, int depth)
    {
        foreach (var option in depth < Deepest && options.Length > 0 ? options : [])
        {
            var isList = option.Type.Kind == OptionTypeKind.List;
            var fields = (isList ? option.Type.Element! : option.Type).Fields;
            if (fields.IsEmpty)
            {
                continue;
            }

            var place = $"{path}{option.Key}{(isList ? "[]" : "")}";
            var same = fields.Where(f => options.Any(o => o.Key == f.Key && o.Summary == f.Summary)).ToList();
            text.Append($"\n### Inside `{place}`\n");
            text.Append(same.Count == 0 ? "" : $"\nTakes {Same(options, same)} as above.\n");
            AppendTables(text, [.. fields.Except(same)], "", "####");
            AppendRules(text, "#### Rules", (isList ? option.Type.Element! : option.Type).Rules);
            AppendNested(text, [.. fields.Except(same)], place + ".", depth + 1);
        }
    }

    // "all options but a few" reads better than a list of fifty.
    private static string Same(ImmutableArray<OptionDescriptor> all, List<OptionDescriptor> same)
    {
        var others = all.Where(o => same.TrueForAll(s => s.Key != o.Key)).Select(o => $"`{o.Key}`").ToList();
        return others.Count < same.Count ? $"all options but {string.Join(", ", others)}" : string.Join(", ", same.Select(f => $"`{f.Key}`"));
    }

    private static void AppendRules(StringBuilder text, string heading, ImmutableArray<OptionRule> rules)
    {
        if (!rules.IsEmpty)
        {
            text.Append($"\n{heading}\n\n").AppendJoin("", rules.Select(r => $"- {OptionWords.Of(r)}\n"));
        }
    }

    private static string TypeOf(OptionDescriptor option) =>
        option.NamesPlugin is { } kind ? $"name of a {kind.ToString().ToLowerInvariant()}"
        : option.IsSensitive ? "secret"
        : OptionWords.Of(option.Type) + (option.Unit is { } unit ? $", in {unit} without a unit" : "");

    private static string DefaultOf(OptionDescriptor option) => option.IsRequired ? "**required**" : option.Default is { } value ? $"`{value}`" : "";

    private static string Meaning(OptionDescriptor option)
    {
        var parts = new List<string> { option.Summary };
        parts.Add(option.Remarks ?? "");
        parts.Add(OptionWords.Limits(option) is { Length: > 0 } limits ? Sentence(limits) : "");
        parts.Add(option.PatternMeaning is { } pattern ? Sentence(pattern) : "");
        parts.AddRange((option.Type.Element ?? option.Type).Choices.Where(c => c.Meaning.Length > 0).Select(c => $"`{c.Word}`: {c.Meaning}"));
        parts.AddRange(option.RequiredWhen.Select(w => $"Required when `{w.Key}` is {string.Join(" or ", w.Values.Select(v => $"`{v}`"))}."));
        parts.Add(option.Aliases.IsEmpty ? "" : $"Also written {string.Join(", ", option.Aliases.Select(a => $"`{a}`"))}.");
        parts.Add(option.Deprecated is { } advice ? $"Deprecated: {advice}." : "");
        return string.Join(' ', parts.Where(p => p.Length > 0));
    }

    private static string Sentence(string clause) => char.ToUpperInvariant(clause[0]) + clause[1..] + (clause.EndsWith('.') ? "" : ".");

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace('\n', ' ');
}
