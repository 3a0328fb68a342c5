using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Connectors.Files;

/// <summary>Finds the format that a block names, and refuses what is known from upstream and not here yet.</summary>
internal static class FormatChoice
{
    private static readonly string[] NotYet = ["text", "json", "orc", "excel", "xml", "binary", "canal_json", "debezium_json", "maxwell_json", "markdown"];

    /// <summary>Warns about options of the format that have no effect here.</summary>
    /// <param name="keys">The options.</param>
    /// <param name="reason">When they would have one.</param>
    /// <param name="block">Where they may stand.</param>
    /// <param name="context">Takes the warnings.</param>
    public static void WarnAbout(IEnumerable<string> keys, string reason, OptionBlock block, IPluginContext context)
    {
        foreach (var key in keys)
        {
            if (block.Find(key) is { } given)
            {
                context.Diagnostics.Add(new Diagnostic(FileErrors.NoEffect, $"\"{key}\" has no effect: {reason}") { Severity = Severity.Warning, Span = given.KeySpan, Path = context.Place });
            }
        }
    }

    /// <summary>The format; null after a diagnostic.</summary>
    public static IFileFormat? Find(string name, OptionBlock block, IPluginContext context)
    {
        if (NotYet.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            block.ErrorAt(OptionErrors.NotSupported, $"file_format_type \"{name}\" is not supported yet", "file_format_type", "use csv or parquet");
            return null;
        }

        // Only Parquet compresses inside; compressed text files are not here yet.
        block.MarkKnown("compress_codec");
        if (!name.Equals("parquet", StringComparison.OrdinalIgnoreCase) && block.Find("compress_codec")?.Value is ConfigScalar codec
            && !codec.Text.Equals("none", StringComparison.OrdinalIgnoreCase))
        {
            block.Error(OptionErrors.NotSupported, $"compress_codec \"{codec.Text}\" is not supported yet for {name} files", codec.Span, "remove compress_codec, or use parquet");
        }

        return context.FileFormat(name, block);
    }
}
