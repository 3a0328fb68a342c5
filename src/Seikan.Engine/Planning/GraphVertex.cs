using Seikan.Config;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Engine.Planning;

/// <summary>A block of the job with the names it is joined by.</summary>
internal sealed class GraphVertex(PluginBlock block)
{
    /// <summary>The block.</summary>
    public PluginBlock Block { get; } = block;

    /// <summary>What was made of it; null when that failed.</summary>
    public PlanVertex? Vertex { get; set; }

    /// <summary>Name of its output and where it stands; null when not given.</summary>
    public (string Name, SourceSpan Span)? Output { get; private set; }

    /// <summary>Names of its inputs and where they stand.</summary>
    public List<(string Name, SourceSpan Span)> InputNames { get; } = [];

    /// <summary>What its rows come from, once joined.</summary>
    public List<GraphVertex> Inputs { get; } = [];

    /// <summary>Takes the names out of the block, whether or not its other options are right.</summary>
    public void ReadNames(OptionBlock options)
    {
        if (Block.Role != PluginRole.Sink && (options.Find("plugin_output") ?? options.Find("result_table_name")) is { Value: ConfigScalar output })
        {
            Output = (output.Text.Trim(), output.Span);
        }

        if (Block.Role != PluginRole.Source && (options.Find("plugin_input") ?? options.Find("source_table_name")) is { } input)
        {
            var items = input.Value is ConfigList list ? list.Items.OfType<ConfigScalar>() : input.Value is ConfigScalar one ? [one] : [];
            InputNames.AddRange(items.SelectMany(i => i.Text.Trim('[', ']').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(n => (n.Trim('"'), i.Span))));
        }
    }
}
