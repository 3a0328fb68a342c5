using Seikan.Core;

namespace Seikan.Plugins;

/// <summary>What the runtime offers every plug-in. Thread-safe.</summary>
public interface IPluginContext
{
    /// <summary>Role, place and name in the job, such as <c>source[0] FakeSource</c>: the <see cref="Diagnostic.Path"/> of its errors.</summary>
    string Place { get; }

    /// <summary>The only clock.</summary>
    TimeProvider Time { get; }

    /// <summary>The only randomness; seeded by tests and simulations. Not to be shared between threads: make one a task.</summary>
    Random CreateRandom();

    /// <summary>The job's memory.</summary>
    IMemoryBudget Memory { get; }

    /// <summary>Rows that cannot be delivered.</summary>
    IRowErrors Errors { get; }

    /// <summary>Where a plug-in adds problems of its options, with their places, while it is created. All are reported together.</summary>
    DiagnosticBag Diagnostics { get; }

    /// <summary>Facts about the job.</summary>
    JobFacts Job { get; }

    /// <summary>A file format by name; its options come from the block given, which then counts those keys as known.</summary>
    /// <param name="name">Such as <c>csv</c>, any case.</param>
    /// <param name="block">The block that holds the format's options.</param>
    /// <returns>The format, or null after adding a diagnostic (unknown name, wrong options).</returns>
    IFileFormat? FileFormat(string name, OptionBlock block);

    /// <summary>A message format by name; see <see cref="FileFormat"/>.</summary>
    /// <param name="name">Such as <c>json</c>, any case.</param>
    /// <param name="block">The block that holds the format's options.</param>
    IMessageFormat? MessageFormat(string name, OptionBlock block);

    /// <summary>Text for people, as a sink such as Console writes it: standard output of <c>run</c>, the job's log in a server.</summary>
    TextWriter Output { get; }
}

/// <summary>Facts about the job that a plug-in may need for names and defaults.</summary>
/// <param name="JobId">The job.</param>
/// <param name="JobName">Its name.</param>
/// <param name="IsStreaming">Whether <c>job.mode</c> is STREAMING.</param>
/// <param name="TimeZone">The job's zone (<c>env.time-zone</c>): used only where a wire format needs one.</param>
public sealed record JobFacts(long JobId, string JobName, bool IsStreaming, TimeZoneInfo TimeZone);

/// <summary>Rejects rows by the job's policy.</summary>
public interface IRowErrors
{
    /// <summary>Throws, counts or routes the row. Borrows the batch.</summary>
    /// <param name="batch">Holds the row.</param>
    /// <param name="row">Which.</param>
    /// <param name="cause">Why.</param>
    void Reject(RowBatch batch, int row, Diagnostic cause);

    /// <summary>Throws or counts something that never became a row, such as a line that cannot be read.</summary>
    /// <param name="table">Where it would have gone.</param>
    /// <param name="original">What was read; may be cut.</param>
    /// <param name="cause">Why.</param>
    void Reject(TableSchema table, ReadOnlySpan<byte> original, Diagnostic cause);
}
