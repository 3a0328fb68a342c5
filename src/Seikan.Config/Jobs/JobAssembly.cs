using System.Collections.Immutable;
using Seikan.Core;

namespace Seikan.Config;

/// <summary>Takes the blocks of a job out of its text and checks their form.</summary>
/// <param name="context">Gets the problems.</param>
/// <param name="text">The main document.</param>
/// <param name="root">Its outermost object.</param>
internal sealed class JobAssembly(ReadContext context, SourceText text, ConfigObject root)
{
    /// <summary>The job; null when a block is missing or has no usable content.</summary>
    public JobSpec? Assemble()
    {
        var env = ReadEnv();
        var sources = ReadBlock(PluginRole.Source);
        var transforms = ReadBlock(PluginRole.Transform);
        var sinks = ReadBlock(PluginRole.Sink);
        return env is null || context.IsStructureBroken || sources is not { Length: > 0 } || sinks is not { Length: > 0 }
            ? null
            : new JobSpec(text, env, sources.Value, transforms ?? [], sinks.Value);
    }

    private ConfigObject? ReadEnv()
    {
        if (root.Find(JobBlocks.Env) is not { } field)
        {
            ReportMissing(JobBlocks.Env, "Env");
            return null;
        }

        if (field.Value is ConfigObject env)
        {
            return HandlerSinksAsLists(env);
        }

        context.Error(ConfigErrors.BlockForm, "\"env\" is not an object", field.Value.Span, "write env { .. }");
        return null;
    }

    private ImmutableArray<PluginBlock>? ReadBlock(PluginRole role)
    {
        var key = JobRoles.KeyOf(role);
        if (root.Find(key) is not { } field)
        {
            if (role != PluginRole.Transform)
            {
                ReportMissing(key, role.ToString());
            }

            return null;
        }

        // An object comes from a reference or a JSON text: the names are its keys.
        var items = field.Value switch
        {
            ConfigList list => list.Items,
            ConfigObject named => NamedItems(named),
            _ => (ImmutableArray<ConfigNode>?)null,
        };
        if (items is null)
        {
            context.Error(
                ConfigErrors.BlockForm, $"\"{key}\" is neither a block nor a list", field.Value.Span, $"write {key} {{ Name {{ .. }} }}");
            return null;
        }

        if (items.Value.IsEmpty && role != PluginRole.Transform && !context.IsStructureBroken && !HasBlockErrors(field))
        {
            context.Error(
                ConfigErrors.BlockEmpty,
                $"\"{key}\" holds no plug-in (Source And Sink can not be null)", field.KeySpan,
                $"write {key} {{ Name {{ .. }} }}");
        }

        var blocks = ImmutableArray.CreateBuilder<PluginBlock>(items.Value.Length);
        for (var i = 0; i < items.Value.Length; i++)
        {
            if (ReadPlugin(role, i, items.Value[i]) is { } block)
            {
                blocks.Add(block);
            }
        }

        return blocks.DrainToImmutable();
    }

    // Entries that were refused already are reason enough for an empty block.
    private bool HasBlockErrors(ConfigField block) =>
        context.Bag.HasErrors && context.Bag.ToImmutable().Any(d =>
            d.Severity == Severity.Error && d.Span.Document == block.KeySpan.Document
            && d.Span.Start >= block.KeySpan.Start && d.Span.Start <= block.Value.Span.End);

    private ImmutableArray<ConfigNode> NamedItems(ConfigObject named)
    {
        var items = ImmutableArray.CreateBuilder<ConfigNode>(named.Fields.Length);
        foreach (var field in named.Fields)
        {
            if (field.Value is ConfigObject options)
            {
                var name = new ConfigScalar(field.Key, ScalarKind.QuotedText, field.KeySpan);
                items.Add(new ConfigObject([new ConfigField(JobBlocks.PluginName, field.KeySpan, name), .. OptionsOf(options).Fields], options.Span));
            }
            else
            {
                context.Error(ConfigErrors.BlockForm, $"\"{field.Key}\" is not a plug-in block", field.KeySpan);
            }
        }

        return items.DrainToImmutable();
    }

    private PluginBlock? ReadPlugin(PluginRole role, int index, ConfigNode node)
    {
        var path = $"{JobRoles.KeyOf(role)}[{index}]";
        if (node is not ConfigObject item)
        {
            context.Add(new Diagnostic(ConfigErrors.BlockForm, "the element is not an object")
            {
                Span = node.Span,
                Path = path,
                Fix = "write { plugin_name = \"Name\", .. }",
            });
            return null;
        }

        if (item.Find(JobBlocks.PluginName) is not { Value: ConfigScalar { IsNull: false } name } || string.IsNullOrWhiteSpace(name.Text))
        {
            context.Add(new Diagnostic(ConfigErrors.PluginNameMissing, "The 'plugin_name' option is not configured, please configure it.")
            {
                Span = item.Span with { Length = Math.Min(1, item.Span.Length) },
                Path = path,
            });
            return null;
        }

        return new PluginBlock(role, index, name.Text, name.Span, OptionsOf(item));
    }

    private static ConfigObject OptionsOf(ConfigObject item)
    {
        var options = ImmutableArray.CreateBuilder<ConfigField>(item.Fields.Length);
        foreach (var field in item.Fields)
        {
            if (field.Key != JobBlocks.PluginName)
            {
                options.Add(field);
            }
        }

        return new ConfigObject(options.DrainToImmutable(), item.Span);
    }

    private void ReportMissing(string key, string shown)
    {
        // With open brackets the block may stand inside another one; that is reported.
        if (context.IsStructureBroken)
        {
            return;
        }

        var near = NearestNames.Find(key, root.Fields.Select(f => f.Key).Where(k => !(k == JobBlocks.Env || JobBlocks.IsPluginBlock(k))), 1);
        var place = new SourceSpan(text, 0, 0);
        string? fix = null;
        if (!near.IsEmpty && root.Find(near[0]) is { } typo)
        {
            place = typo.KeySpan;
            fix = $"write \"{key}\" instead of \"{near[0]}\"";
        }

        context.Error(
            ConfigErrors.BlockMissing,
            $"there is no \"{key}\" block (Miss <{shown}> config! Please check the config file.)", place, fix ?? $"add {key} {{ .. }}");
    }

    // JSON writes the plug-in itself where HOCON has a block; both become a list.
    private static ConfigObject HandlerSinksAsLists(ConfigObject env)
    {
        ImmutableArray<ConfigField>.Builder? changed = null;
        for (var i = 0; i < env.Fields.Length; i++)
        {
            var field = env.Fields[i];
            if (!JobBlocks.IsHandler(field.Key) || field.Value is not ConfigObject handler
                || handler.Find(JobBlocks.Sink) is not { Value: ConfigObject sink })
            {
                continue;
            }

            ConfigField AsList(ConfigField f) => f.Key == JobBlocks.Sink ? f with { Value = new ConfigList([sink], sink.Span) } : f;
            changed ??= env.Fields.ToBuilder();
            changed[i] = field with { Value = new ConfigObject([.. handler.Fields.Select(AsList)], handler.Span) };
        }

        return changed is null ? env : new ConfigObject(changed.DrainToImmutable(), env.Span);
    }
}
