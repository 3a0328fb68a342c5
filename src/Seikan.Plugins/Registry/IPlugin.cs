namespace Seikan.Plugins;

/// <summary>How a plug-in is made from its bound options; the generated registry calls it. Does no I/O and does not block.</summary>
/// <typeparam name="TSelf">The plug-in: an <see cref="ISource"/>, <see cref="ISink"/>, <see cref="ITransform"/> or <see cref="IFileFormat"/>.</typeparam>
/// <typeparam name="TOptions">Its options record, marked with <see cref="PluginOptionsAttribute"/>.</typeparam>
public interface IPlugin<TSelf, TOptions>
    where TSelf : IPlugin<TSelf, TOptions>
{
    /// <summary>Makes the plug-in. Problems that only the plug-in sees go to <see cref="IPluginContext.Diagnostics"/> or are thrown.</summary>
    /// <param name="options">Bound and valid.</param>
    /// <param name="context">What the runtime offers; valid for the life of the plug-in.</param>
    static abstract TSelf Create(TOptions options, IPluginContext context);
}
