using Seikan.Core;

namespace Seikan.Engine.Execution;

/// <summary>What can go wrong while a job runs, whatever its connectors.</summary>
internal static class RunErrors
{
    public static readonly ErrorCode Bug = new(
        "INT-0001", "internal error", "Something happened that only a bug can cause.", "report it with the job file and this text; the trace is in the log");

    public static readonly ErrorCode Io = new(
        "RUN-0001", "input or output failed", "The operating system refused to read or write.", "look at the named file, its permissions and the free space");

    public static readonly ErrorCode CommitLost = new(
        "RUN-0002", "prepared rows are gone", "Rows that a writer had prepared were no longer there when they were to be committed.", "run the job again; see what removed the named files");

    public static readonly ErrorCode CommitTimeout = new(
        "RUN-0003", "commit did not succeed in time", "A commit was tried again and again until its time was over.", "look at the target system, then run the job again");

    public static readonly ErrorCode SchemaChange = new(
        "RUN-0004", "schema change in the stream", "The source reported a change of a table while the job ran; following it is not supported yet.", "stop the job, change the target, and start it again");

    public static readonly ErrorCode Abandoned = new(
        "RUN-0005", "connector did not stop", "A connector did not listen to the cancellation and was left behind; what it holds is not used again.", "restart the process when this repeats");

    public static readonly ErrorCode Unbalanced = new(
        "RUN-0006", "rows are unaccounted for", "At the end of the job the rows read are not the rows written, filtered and rejected.", "report it with the job file: this is a bug of a connector or of the engine");

    public static readonly ErrorCode NeedsCheckpoints = new(
        "RUN-0007", "source needs checkpoints", "A source goes on only after a checkpoint is complete; checkpoints are not supported yet.", "use a source or a mode without checkpoints");

    public static readonly ErrorCode PartlyCommitted = new(
        "RUN-0008", "part of the work was committed", "The job ended while prepared work was being committed, one item after the other.", "look at what is there before the job runs again, or let it overwrite");
}
