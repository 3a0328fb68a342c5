using System.Collections.Immutable;
using System.Text;
using Seikan.Core;

namespace Seikan.Config;

internal sealed partial class Resolver
{
    private ConfigNode? ResolveJoin(JoinDraft join)
    {
        List<(string Blanks, ConfigNode Value)> parts = [];
        foreach (var (blanks, draft) in join.Parts)
        {
            if (ResolveValue(draft) is { } value)
            {
                parts.Add((blanks, value));
            }
        }

        if (parts.Count == 0)
        {
            return null;
        }

        var first = parts[0].Value;
        for (var i = 1; i < parts.Count; i++)
        {
            if (!SameForm(first, parts[i].Value))
            {
                var message = $"{Describe(first)} cannot be joined with {Describe(parts[i].Value)}";
                _context.Error(ConfigErrors.MixedJoin, message, join.Parts[i].Value.Span);
                return first;
            }
        }

        return first switch
        {
            ConfigObject => JoinObjects(parts),
            ConfigList => JoinLists(parts, join.Span),
            _ => JoinText(parts, join.Span),
        };
    }

    private static bool SameForm(ConfigNode a, ConfigNode b) =>
        (a, b) is (ConfigScalar, ConfigScalar) or (ConfigList, ConfigList) or (ConfigObject, ConfigObject);

    private static string Describe(ConfigNode? node) => node switch
    {
        ConfigObject => "an object",
        ConfigList => "a list",
        ConfigScalar { IsNull: true } => "null",
        _ => "text",
    };

    private ConfigObject JoinObjects(List<(string Blanks, ConfigNode Value)> parts)
    {
        var result = (ConfigObject)parts[0].Value;
        for (var i = 1; i < parts.Count; i++)
        {
            result = Merge(result, (ConfigObject)parts[i].Value);
        }

        return result;
    }

    private ConfigList JoinLists(List<(string Blanks, ConfigNode Value)> parts, SourceSpan span)
    {
        var items = ImmutableArray.CreateBuilder<ConfigNode>();
        foreach (var (_, value) in parts)
        {
            var list = (ConfigList)value;
            if (!TryCharge(list.Items.Length, span))
            {
                break;
            }

            items.AddRange(list.Items);
        }

        return new ConfigList(items.DrainToImmutable(), span);
    }

    private ConfigScalar JoinText(List<(string Blanks, ConfigNode Value)> parts, SourceSpan span)
    {
        var text = new StringBuilder();
        for (var i = 0; i < parts.Count; i++)
        {
            var part = (ConfigScalar)parts[i].Value;
            if (!TryCharge(part.Text.Length / 8, span))
            {
                break;
            }

            text.Append(i == 0 ? "" : parts[i].Blanks).Append(part.Text);
        }

        // A single part left over by undefined references keeps what it is.
        return parts.Count == 1
            ? new ConfigScalar(text.ToString(), ((ConfigScalar)parts[0].Value).Kind, span)
            : new ConfigScalar(text.ToString(), ScalarKind.QuotedText, span);
    }

    // Each field with an object is an entry that starts with its name, as in the list form.
    private ConfigList ResolveBlock(BlockDraft block)
    {
        if (block.IsHandlerSink && block.Entries.Exists(e => e.Name.Name == JobBlocks.PluginName))
        {
            var single = new ObjectDraft(block.Span);
            foreach (var (name, value) in block.Entries)
            {
                single.Add([name], value);
            }

            return new ConfigList([ResolveObject(single)], block.Span);
        }

        var items = ImmutableArray.CreateBuilder<ConfigNode>(block.Entries.Count);
        foreach (var (name, draft) in block.Entries)
        {
            var value = ResolveValue(draft);
            if (value is ConfigObject options)
            {
                items.Add(Named(name, options));
            }
            else if (value is not null)
            {
                _context.Error(
                    ConfigErrors.BlockForm,
                    $"\"{name.Name}\" is {Describe(value)}, not a plug-in block", name.Span,
                    $"write {name.Name} {{ .. }}, or move it into a plug-in's block");
            }
        }

        return new ConfigList(items.DrainToImmutable(), block.Span);
    }

    private ConfigObject Named(KeyElement name, ConfigObject options)
    {
        var fields = ImmutableArray.CreateBuilder<ConfigField>(options.Fields.Length + 1);
        fields.Add(new ConfigField(JobBlocks.PluginName, name.Span, new ConfigScalar(name.Name, ScalarKind.QuotedText, name.Span)));
        foreach (var field in options.Fields)
        {
            if (field.Key != JobBlocks.PluginName)
            {
                fields.Add(field);
            }
            else if (field.Value is not ConfigScalar given || !given.Text.Equals(name.Name, StringComparison.OrdinalIgnoreCase))
            {
                _context.Error(ConfigErrors.PluginNamedTwice, $"plug-in \"{name.Name}\" also has {JobBlocks.PluginName}", field.KeySpan);
            }
        }

        return new ConfigObject(fields.DrainToImmutable(), options.Span);
    }
}
