using System.Globalization;

namespace Seikan.Cli.Composition;

/// <summary>Keeps the trace of a bug in a file, so that people read a sentence and developers find the trace.</summary>
internal static class BugReport
{
    /// <summary>Writes the trace and says where it is; never fails.</summary>
    /// <param name="bug">What happened.</param>
    /// <param name="terminal">Where to say it.</param>
    public static void Keep(Exception bug, Terminal terminal)
    {
        var file = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"seikan-bug-{Environment.ProcessId}.txt"));
        try
        {
            File.AppendAllText(file, $"seikan {typeof(BugReport).Assembly.GetName().Version} {Environment.OSVersion}\n{bug}\n");
            terminal.Errors.WriteLine($"seikan: the trace of an internal error is in {file}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            terminal.Errors.WriteLine($"seikan: the trace of an internal error cannot be kept ({e.Message}): {bug}");
        }
    }
}
