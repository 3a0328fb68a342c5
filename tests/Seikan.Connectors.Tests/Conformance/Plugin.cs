using Seikan.Config;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Connectors.Tests.Conformance;

/// <summary>Makes plug-ins from option text, through the same entry as a host.</summary>
internal static class Plugin
{
    /// <summary>Binds and makes; problems are the context's.</summary>
    public static T Make<T>(string options, IPluginContext context, Func<OptionBlock, object?> bind, Func<object, IPluginContext, object> create)
    {
        var root = HoconReader.Read(SourceText.FromString("test.conf", options), JobReadOptions.Default, context.Diagnostics);
        context.Diagnostics.ThrowIfErrors();
        var bound = bind(new OptionBlock(root!, context.Place, context.Diagnostics));
        context.Diagnostics.ThrowIfErrors();
        return (T)create(bound!, context);
    }
}
