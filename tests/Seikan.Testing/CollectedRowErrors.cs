using System.Text;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Testing;

/// <summary>Rejected rows: thrown, or collected.</summary>
/// <param name="isCollecting">True collects; false throws each rejection as a <see cref="SeikanException"/>.</param>
public sealed class CollectedRowErrors(bool isCollecting) : IRowErrors
{
    private readonly Lock _lock = new(); // guards _rejected
    private readonly List<(string Row, Diagnostic Cause)> _rejected = [];

    /// <summary>The rows rejected so far: a line of <see cref="TestText"/>, or the text that never became a row.</summary>
    public IReadOnlyList<(string Row, Diagnostic Cause)> Rejected
    {
        get
        {
            lock (_lock)
            {
                return [.. _rejected];
            }
        }
    }

    /// <inheritdoc/>
    public void Reject(RowBatch batch, int row, Diagnostic cause) => Add(TestText.Row(batch, row), cause);

    /// <inheritdoc/>
    public void Reject(TableSchema table, ReadOnlySpan<byte> original, Diagnostic cause) => Add(Encoding.UTF8.GetString(original), cause);

    private void Add(string row, Diagnostic cause)
    {
        if (!isCollecting)
        {
            throw new SeikanException(cause);
        }

        lock (_lock)
        {
            _rejected.Add((row, cause));
        }
    }
}
