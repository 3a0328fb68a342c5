namespace Seikan.Cli;

/// <summary>Exit codes (docs/guide/command-line.md).</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Ok = 0;

    /// <summary>The job failed or was cancelled by somebody.</summary>
    public const int Failed = 1;

    /// <summary>The job text, an option or the command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>Something around the job is missing before the first row: a file, a host, a port.</summary>
    public const int Environment = 3;

    /// <summary>Ctrl-C (128 + SIGINT).</summary>
    public const int Interrupted = 130;

    /// <summary>SIGTERM (128 + SIGTERM).</summary>
    public const int Terminated = 143;
}
