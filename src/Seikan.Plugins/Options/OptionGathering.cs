using System.Collections.Immutable;
using Seikan.Core;

namespace Seikan.Plugins;

/// <summary>Puts objects together that a job writes in parts: <c>schema { .. }</c>, <c>schema.fields { .. }</c> and <c>schema.fields.id = bigint</c>.</summary>
internal static class OptionGathering
{
    /// <summary>The object of a key: its own fields and those of dotted keys beside it. Dotted keys win.</summary>
    /// <param name="block">Where to look.</param>
    /// <param name="key">The key.</param>
    /// <param name="found">What stands under the key itself; an object or nothing.</param>
    /// <param name="known">Keys of options: they are not part of another option.</param>
    public static ConfigField? Gather(ConfigObject block, string key, ConfigField? found, IReadOnlySet<string> known)
    {
        List<ConfigField>? parts = null;
        AddParts(block, key, "", known, ref parts);
        if (parts is null)
        {
            return found;
        }

        var own = (found?.Value as ConfigObject)?.Fields ?? [];
        var fields = own.Where(f => parts.TrueForAll(p => p.Key != f.Key)).Concat(parts);
        return new ConfigField(key, found?.KeySpan ?? parts[0].KeySpan, new ConfigObject([.. fields], found?.Value.Span ?? parts[0].KeySpan));
    }

    /// <summary>The object with dotted keys turned into objects, one level deep: <c>fields.id</c> into <c>fields { id }</c>.</summary>
    /// <param name="node">The object.</param>
    public static ConfigObject Nest(ConfigObject node)
    {
        if (node.Fields.All(f => !f.Key.Contains('.', StringComparison.Ordinal)))
        {
            return node;
        }

        var none = ImmutableHashSet<string>.Empty;
        return new ConfigObject(
            [.. node.Fields.Select(f => f.Key.Split('.')[0]).Distinct(StringComparer.Ordinal).Select(name => Gather(node, name, node.Find(name), none)!.Value)], node.Span);
    }

    private static void AddParts(ConfigObject block, string key, string path, IReadOnlySet<string> known, ref List<ConfigField>? parts)
    {
        foreach (var field in block.Fields)
        {
            if (field.Key.Length > key.Length + 1 && field.Key[key.Length] == '.' && field.Key.StartsWith(key, StringComparison.Ordinal) && !known.Contains(path + field.Key))
            {
                (parts ??= []).Add(field with { Key = field.Key[(key.Length + 1)..] });
            }
            else if (field.Value is ConfigObject inner && key.Length > field.Key.Length + 1 && key[field.Key.Length] == '.' && key.StartsWith(field.Key, StringComparison.Ordinal))
            {
                AddParts(inner, key[(field.Key.Length + 1)..], path + field.Key + ".", known, ref parts);
            }
        }
    }
}
