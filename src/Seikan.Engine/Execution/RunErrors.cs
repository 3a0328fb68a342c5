using Seikan.Core;

namespace Seikan.Engine.Execution;

/// <summary>What can go wrong while a job runs, whatever its connectors.</summary>
internal static class RunErrors
{
    /// <summary>Internal error.</summary>
    public static readonly ErrorCode Bug = new(
        "INT-0001", "internal error", "Something happened that only a bug can cause.", "report it with the job file and this text; the trace is in the log");

    /// <summary>Input or output failed.</summary>
    public static readonly ErrorCode Io = new(
        "RUN-0001", "input or output failed", "The operating system refused to read or write.", "look at the named file, its permissions and the free space");

    /// <summary>Prepared rows are gone.</summary>
    public static readonly ErrorCode CommitLost = new(
        "RUN-0002", "prepared rows are gone", "Rows that a writer had prepared were no longer there when they were to be committed.", "run the job again; see what removed the named files");

    /// <summary>Commit did not succeed in time.</summary>
    public static readonly ErrorCode CommitTimeout = new(
        "RUN-0003", "commit did not succeed in time", "A commit was tried again and again until its time was over.", "look at the target system, then run the job again");

    /// <summary>Schema change in the stream.</summary>
    public static readonly ErrorCode SchemaChange = new(
        "RUN-0004", "schema change in the stream", "The source reported a change of a table while the job ran; following it is not supported yet.", "stop the job, change the target, and start it again");

    /// <summary>Connector did not stop.</summary>
    public static readonly ErrorCode Abandoned = new(
        "RUN-0005", "connector did not stop", "A connector did not listen to the cancellation and was left behind; what it holds is not used again.", "restart the process when this repeats");

    /// <summary>Rows are unaccounted for.</summary>
    public static readonly ErrorCode Unbalanced = new(
        "RUN-0006", "rows are unaccounted for", "At the end of the job the rows read are not the rows written, filtered and rejected.", "report it with the job file: this is a bug of a connector or of the engine");

    /// <summary>Source needs checkpoints.</summary>
    public static readonly ErrorCode NeedsCheckpoints = new(
        "RUN-0007", "source needs checkpoints", "A source goes on only after a checkpoint is complete; checkpoints are not supported yet.", "use a source or a mode without checkpoints");

    /// <summary>Part of the work was committed.</summary>
    public static readonly ErrorCode PartlyCommitted = new(
        "RUN-0008", "part of the work was committed", "The job ended while prepared work was being committed, one item after the other.", "look at what is there before the job runs again, or let it overwrite");
}
