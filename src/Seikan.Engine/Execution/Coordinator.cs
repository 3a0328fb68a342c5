using System.Collections.Immutable;
using Seikan.Plugins;

namespace Seikan.Engine.Execution;

/// <summary>The coordinator of a pipeline: hands out splits, later checkpoints. Thread-safe; calls of the enumerator start one at a time.</summary>
internal sealed class Coordinator(ISplitEnumerator enumerator) : IAsyncDisposable
{
    private readonly Lock _gate = new(); // one call into the enumerator at a time, and the sums below
    private readonly Dictionary<string, Split> _given = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _reached = new(StringComparer.Ordinal);
    private bool _isExhausted;

    /// <summary>The next split for a reader; null = never again.</summary>
    public async ValueTask<Split?> NextAsync(int reader, CancellationToken cancellationToken)
    {
        ValueTask<Split?> next;
        lock (_gate)
        {
            next = enumerator.NextAsync(reader, cancellationToken);
        }

        var split = await next;
        lock (_gate)
        {
            _isExhausted |= split is null;
            if (split is not null)
            {
                _given[split.Id] = split;
            }
        }

        return split;
    }

    /// <summary>A split was read to its end.</summary>
    public void Finished(string splitId, Position? last)
    {
        lock (_gate)
        {
            _reached[splitId] = long.MaxValue;
            enumerator.Finished(splitId, last);
        }
    }

    /// <summary>Rows and positions went on.</summary>
    public void Reached(ImmutableArray<SplitPosition> positions)
    {
        lock (_gate)
        {
            foreach (var (id, position) in positions)
            {
                _reached[id] = position.Sequence;
            }
        }
    }

    /// <summary>0 to 1; null while it cannot be known. By rows where splits estimate rows, else by bytes.</summary>
    /// <param name="rowsRead">Rows that the pipeline read.</param>
    public double? Fraction(long rowsRead)
    {
        lock (_gate)
        {
            if (enumerator is IEstimatesWork { TotalRows: { } totalRows })
            {
                return totalRows == 0 ? 1 : Math.Min(1, (double)rowsRead / totalRows);
            }

            if (enumerator is IEstimatesWork { TotalBytes: { } totalBytes } && _given.Values.All(s => s.EstimatedBytes is not null))
            {
                return totalBytes == 0 ? 1 : Math.Min(1, _given.Values.Sum(BytesDone) / totalBytes);
            }

            if (!_isExhausted || _given.Count == 0)
            {
                return null;
            }

            if (_given.Values.All(s => s.EstimatedRows is not null))
            {
                var rows = _given.Values.Sum(s => s.EstimatedRows!.Value);
                return rows == 0 ? 1 : Math.Min(1, (double)rowsRead / rows);
            }

            var all = _given.Values.Sum(s => s.EstimatedBytes);
            return _given.Values.Any(s => s.EstimatedBytes is null) ? null : all == 0 ? 1 : Math.Min(1, _given.Values.Sum(BytesDone) / all!.Value);
        }
    }

    // Positions count bytes, or rows where the split knows how many it has.
    private double BytesDone(Split split)
    {
        var bytes = split.EstimatedBytes!.Value;
        if (!_reached.TryGetValue(split.Id, out var at))
        {
            return 0;
        }

        if (at == long.MaxValue)
        {
            return bytes;
        }

        var (units, since) = (split.EstimatedRows ?? bytes, Math.Max(0, at - (split.From?.Sequence ?? 0)));
        return units == 0 ? 0 : bytes * Math.Min(1, (double)since / units);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => enumerator.DisposeAsync();
}
