namespace Seikan.Cli;

/// <summary>The flags of upstream's client script, as commands: <c>--config FILE -m local</c> is <c>run FILE</c>, with <c>--check</c> it is <c>check FILE</c>.</summary>
internal static class UpstreamFlags
{
    /// <summary>The arguments as our commands take them; unchanged when they do not start with a flag of the script.</summary>
    public static IReadOnlyList<string> Translate(IReadOnlyList<string> arguments)
    {
        if (arguments.Count == 0 || !arguments[0].StartsWith('-') || !arguments.Any(IsConfig))
        {
            return arguments;
        }

        var command = arguments.Contains("--check") ? "check" : "run";
        return [command, .. arguments.Where(a => a != "--check")];
    }

    private static bool IsConfig(string argument) =>
        argument is "-c" or "--config" || argument.StartsWith("--config=", StringComparison.Ordinal) || argument.StartsWith("-c=", StringComparison.Ordinal);
}
