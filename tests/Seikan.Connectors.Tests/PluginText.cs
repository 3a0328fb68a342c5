using Seikan.Config;
using Seikan.Core;
using Seikan.Plugins;
using Seikan.Testing;

namespace Seikan.Connectors.Tests;

/// <summary>Plug-ins made from the text of their block, as a job makes them.</summary>
internal static class PluginText
{
    /// <summary>Reads a block; problems go to the context.</summary>
    public static OptionBlock Block(string text, TestPluginContext context)
    {
        var node = HoconReader.Read(SourceText.FromString("job.conf", text), JobReadOptions.Default, context.Diagnostics);
        context.Diagnostics.ThrowIfErrors();
        return new OptionBlock(node!, context.Place, context.Diagnostics);
    }

    /// <summary>Binds the options and makes the plug-in; null after an error.</summary>
    public static object? Make(string text, TestPluginContext context, Func<OptionBlock, object?> bind, Func<object, IPluginContext, object> create) =>
        bind(Block(text, context)) is { } options ? create(options, context) : null;

    /// <summary>Codes and messages of all errors.</summary>
    public static string[] Errors(TestPluginContext context) =>
        [.. context.Diagnostics.ToImmutable().Where(d => d.Severity == Severity.Error).Select(d => $"{d.Code} {d.Message}")];
}
