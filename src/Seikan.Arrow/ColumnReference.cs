using Seikan.Core;

namespace Seikan.Arrow;

/// <summary>One reference to a column, given up when a buffer that shows its memory is freed.</summary>
/// <param name="column">Takes the reference over.</param>
internal sealed class ColumnReference(Column column) : IDisposable
{
    private Column? _column = column;

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _column, null)?.Release();
}
