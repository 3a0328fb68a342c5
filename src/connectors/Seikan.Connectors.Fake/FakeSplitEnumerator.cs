using System.Collections.Immutable;
using System.Text.Json;
using Seikan.Plugins;

namespace Seikan.Connectors.Fake;

/// <summary>Hands out the splits of all tables and readers in a fixed order.</summary>
internal sealed class FakeSplitEnumerator : ISplitEnumerator
{
    private readonly ImmutableArray<FakeTable> _tables;
    private readonly int _readers;
    private readonly Queue<Split> _returned = [];
    private int _next;

    public FakeSplitEnumerator(ImmutableArray<FakeTable> tables, EnumeratorContext context)
    {
        (_tables, _readers) = (tables, context.Readers);
        _next = context.Restored is { } state ? JsonSerializer.Deserialize(state.Utf8.Span, FakeJson.Default.FakeCursor)!.Next : 0;
    }

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
                return new ValueTask<Split?>(new Split($"{split.Table}-{_next - 1}", SplitKind.Resumable, split.ToState(), null, split.End - split.Start));
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
    public JsonState Snapshot() => new(1, JsonSerializer.SerializeToUtf8Bytes(new FakeCursor(_next), FakeJson.Default.FakeCursor));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // Split n counted over tables, then splits, then readers: so each reader finds one of its own size at once.
    private FakeSplit? Make(int number)
    {
        for (var i = 0; i < _tables.Length; i++)
        {
            var table = _tables[i];
            var splits = table.Rows is null && !table.Options.Unbounded ? table.Options.SplitNum : 1;
            if (number >= splits * _readers)
            {
                number -= splits * _readers;
                continue;
            }

            var (reader, part) = (number % _readers, number / _readers);
            var rows = table.RowsAReader;
            var first = table.Options.Unbounded && table.Rows is null ? (long)reader << 40 : reader * rows;
            return new FakeSplit(i, first + (rows * part / splits), first + (rows * (part + 1) / splits));
        }

        return null;
    }
}
