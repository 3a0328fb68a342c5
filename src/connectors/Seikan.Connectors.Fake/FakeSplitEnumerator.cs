using System.Collections.Immutable;
using System.Text.Json;
using Seikan.Plugins;

namespace Seikan.Connectors.Fake;

/// <summary>Hands out the splits of all tables and readers in a fixed order: tables that end first, then those that never do.</summary>
internal sealed class FakeSplitEnumerator : ISplitEnumerator, IEstimatesWork
{
    // More rows than a reader makes in years, and few enough for 8,192 readers to have ranges of their own.
    private const long RowsWithoutEnd = 1L << 50;

    private readonly ImmutableArray<FakeTable> _tables;
    private readonly int[] _order;
    private readonly int _readers;
    private readonly long[] _seeds;
    private readonly Queue<Split> _returned = [];
    private int _next;

    public FakeSplitEnumerator(ImmutableArray<FakeTable> tables, EnumeratorContext context)
    {
        _tables = tables;
        _order = [.. Enumerable.Range(0, tables.Length).OrderBy(i => tables[i].Options.Unbounded)];
        if (context.Restored is not { } state)
        {
            (_readers, _seeds) = (context.Readers, [.. tables.Select(t => t.Seed)]);
            return;
        }

        var cursor = JsonSerializer.Deserialize(state.Utf8.Span, FakeJson.Default.FakeCursor)!;
        (_next, _readers, _seeds) = (cursor.Next, cursor.Readers, cursor.Seeds);
        foreach (var (id, split, from) in cursor.Returned)
        {
            _returned.Enqueue(ToSplit(id, split, from));
        }
    }

    /// <inheritdoc/>
    public long? TotalRows => _tables.Any(t => t.RowsAReader is null) ? null : _tables.Sum(t => t.RowsAReader!.Value * _readers);

    /// <inheritdoc/>
    public long? TotalBytes => null;

    /// <inheritdoc/>
    public ValueTask<Split?> NextAsync(int reader, CancellationToken cancellationToken)
    {
        if (_returned.TryDequeue(out var returned))
        {
            return new ValueTask<Split?>(returned);
        }

        while (Make(_next) is { } split)
        {
            _next++;
            if (split.End > split.Start)
            {
                return new ValueTask<Split?>(ToSplit($"{split.Table}-{_next - 1}", split, null));
            }
        }

        return default;
    }

    /// <inheritdoc/>
    public void Finished(string splitId, Position? last)
    {
    }

    /// <inheritdoc/>
    public void Returned(ImmutableArray<Split> splits)
    {
        foreach (var split in splits)
        {
            _returned.Enqueue(split);
        }
    }

    /// <inheritdoc/>
    public JsonState Snapshot()
    {
        var returned = _returned.Select(s => new ReturnedSplit(s.Id, FakeSplit.Of(s.Body), s.From?.Sequence)).ToArray();
        return new JsonState(1, JsonSerializer.SerializeToUtf8Bytes(new FakeCursor(_next, _readers, _seeds, returned), FakeJson.Default.FakeCursor));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Split ToSplit(string id, FakeSplit split, long? from) => new(
        id, SplitKind.Resumable, split.ToState(), from is { } row ? new Position(row, JsonState.Empty) : null,
        _tables[split.Table].Options.Unbounded ? null : split.End - split.Start);

    // Split n counted over tables, then parts, then readers: so each reader finds one of its own size at once.
    private FakeSplit? Make(int number)
    {
        foreach (var i in _order)
        {
            var table = _tables[i];
            var parts = table.Parts;
            if (number >= (long)parts * _readers)
            {
                number -= parts * _readers;
                continue;
            }

            var (reader, part) = (number % _readers, number / _readers);
            var rows = table.RowsAReader ?? RowsWithoutEnd;
            return new FakeSplit(i, (reader * rows) + (rows * part / parts), (reader * rows) + (rows * (part + 1) / parts), _seeds[i]);
        }

        return null;
    }
}
