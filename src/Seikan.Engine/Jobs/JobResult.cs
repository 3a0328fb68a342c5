using System.Collections.Immutable;
using Seikan.Core;

namespace Seikan.Engine;

/// <summary>How a job ended.</summary>
public enum JobStatus
{
    /// <summary>Every row is accounted for and committed.</summary>
    Finished,

    /// <summary>An error ended it; nothing of it is under a final name, as far as its sinks can undo.</summary>
    Failed,

    /// <summary>Somebody cancelled it.</summary>
    Canceled,
}

/// <summary>The end of a job.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Receipt">What became of every row.</param>
/// <param name="Diagnostics">The first cause and what came with it; notices of a good end.</param>
public sealed record JobResult(JobStatus Status, JobReceipt Receipt, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>True when a failure came from outside before the first row was read: a missing file, a host that does not answer.</summary>
    public bool FailedBeforeFirstRow { get; init; }
}

/// <summary>What became of every row: for each line, read + produced = written + filtered + rejected.</summary>
/// <param name="JobId">The job.</param>
/// <param name="JobName">Its name.</param>
/// <param name="Tables">A line for each sink and table.</param>
/// <param name="Elapsed">Start to end.</param>
/// <param name="PeakMemoryBytes">Highest resident memory of the process.</param>
public sealed record JobReceipt(long JobId, string JobName, ImmutableArray<TableReceipt> Tables, TimeSpan Elapsed, long PeakMemoryBytes)
{
    /// <summary>Rows that readers gave out, each once, whatever the number of sinks.</summary>
    public long RowsRead { get; init; }

    /// <summary>True when every line is balanced.</summary>
    public bool IsBalanced => Tables.All(t => t.IsBalanced);
}

/// <summary>What became of the rows of one table on their way to one sink.</summary>
/// <param name="Sink">Name of the sink vertex.</param>
/// <param name="Table">The table as the sink sees it.</param>
/// <param name="Read">Rows that the source gave out.</param>
/// <param name="Written">Rows that the sink took.</param>
/// <param name="Filtered">Rows that steps dropped on purpose.</param>
/// <param name="Rejected">Rows that were refused by the job's policy.</param>
/// <param name="Produced">Rows that steps made beyond one a row.</param>
/// <param name="Bytes">Bytes that left the process; the size in memory where the sink does not count them.</param>
public sealed record TableReceipt(string Sink, TablePath Table, long Read, long Written, long Filtered, long Rejected, long Produced, long Bytes)
{
    /// <summary>True when no row is missing and none came from nowhere.</summary>
    public bool IsBalanced => Read + Produced == Written + Filtered + Rejected;
}

/// <summary>A running job at one moment.</summary>
/// <param name="RowsRead">Rows that readers gave out.</param>
/// <param name="RowsWritten">Rows that sinks took, over all of them.</param>
/// <param name="BytesRead">Size of the rows read.</param>
/// <param name="Fraction">0 to 1; null when nobody knows.</param>
/// <param name="Elapsed">Since the start.</param>
/// <param name="Bottleneck">The stage that others wait for; null when none stands out.</param>
public sealed record JobProgress(long RowsRead, long RowsWritten, long BytesRead, double? Fraction, TimeSpan Elapsed, string? Bottleneck)
{
    /// <summary>Where the time goes, a line for each source and sink of each pipeline.</summary>
    public ImmutableArray<StageProgress> Stages { get; init; } = [];

    /// <summary>Bytes that batches and encoders of the job hold now.</summary>
    public long HeldBytes { get; init; }
}

/// <summary>Where the time of a source or sink goes, added up over its tasks.</summary>
/// <param name="Pipeline">The pipeline, from 1.</param>
/// <param name="Name">Name of the vertex.</param>
/// <param name="Busy">Reading, stepping or writing; for a source also waiting for data.</param>
/// <param name="Blocked">Held up by whoever takes the output.</param>
/// <param name="Waiting">Without input.</param>
public sealed record StageProgress(int Pipeline, string Name, TimeSpan Busy, TimeSpan Blocked, TimeSpan Waiting);
