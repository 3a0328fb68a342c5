namespace Seikan.Config;

/// <summary>The names of the blocks that make a job.</summary>
internal static class JobBlocks
{
    /// <summary>Job-wide options.</summary>
    public const string Env = "env";

    /// <summary>Where rows come from.</summary>
    public const string Source = "source";

    /// <summary>What happens to rows.</summary>
    public const string Transform = "transform";

    /// <summary>Where rows go.</summary>
    public const string Sink = "sink";

    /// <summary>The option that names a plug-in in the list form.</summary>
    public const string PluginName = "plugin_name";

    /// <summary>True for the three blocks that hold plug-ins.</summary>
    public static bool IsPluginBlock(string key) => key is Source or Transform or Sink;

    /// <summary>True for the options of <c>env</c> whose <c>sink</c> is a plug-in block.</summary>
    public static bool IsHandler(string key) => key is "error_handler" or "transform_error_handler" or "sink_error_handler";
}
