using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Engine.Execution;

/// <summary>The policy until a job can ask for another: the first row that cannot be delivered ends the job.</summary>
internal sealed class FailingRowErrors(string place) : IRowErrors
{
    /// <inheritdoc/>
    public void Reject(RowBatch batch, int row, Diagnostic cause) => throw new SeikanException(cause with { Path = cause.Path ?? place });

    /// <inheritdoc/>
    public void Reject(TableSchema table, ReadOnlySpan<byte> original, Diagnostic cause) => throw new SeikanException(cause with { Path = cause.Path ?? place });
}
