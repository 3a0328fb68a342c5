using Apache.Arrow;
using Seikan.Core;

namespace Seikan.Arrow;

/// <summary>A record batch that shows the memory of a <see cref="RowBatch"/>. Holds one reference to it until disposed.</summary>
public sealed class ArrowLoan : IDisposable
{
    private RowBatch? _rows;

    internal ArrowLoan(RecordBatch batch, RowBatch rows) => (RecordBatch, _rows) = (batch, rows);

    /// <summary>The record batch. Borrowed: valid until this loan is disposed.</summary>
    public RecordBatch RecordBatch { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _rows, null) is { } rows)
        {
            RecordBatch.Dispose();
            rows.Dispose();
        }
    }
}
