namespace Seikan.Plugins;

/// <summary>What a plug-in is.</summary>
public enum PluginKind
{
    /// <summary>Where rows come from.</summary>
    Source,

    /// <summary>A step between.</summary>
    Transform,

    /// <summary>Where rows go.</summary>
    Sink,

    /// <summary>Bytes to rows and back, for connectors that move bytes.</summary>
    Format,
}
