using System.Collections.Immutable;
using Seikan.Connectors.Fake.Generators;
using Seikan.Plugins;

namespace Seikan.Connectors.Fake;

/// <summary>
/// Makes the rows of its splits, a batch at a time; of several splits that never end, the one whose turn is longest due. Values depend on seed and
/// row number only, so any position can be gone on from.
/// </summary>
internal sealed class FakeSourceReader(ImmutableArray<FakeTable> tables, int splitsAtOnce, IReaderContext reader, IPluginContext context) : ISourceReader
{
    private readonly List<OpenSplit> _open = [];
    private readonly Dictionary<(int Table, long Seed), ImmutableArray<ValueGenerator>> _generators = [];
    private bool _hasFinishedSplit;
    private long _turns;

    /// <inheritdoc/>
    public async ValueTask<ReaderOutput?> ReadAsync(CancellationToken cancellationToken)
    {
        while (_open.Count < splitsAtOnce && reader.Splits.TryRead(out var split))
        {
            await OpenAsync(split, cancellationToken);
        }

        if (_open.Count == 0)
        {
            if (!await reader.Splits.WaitToReadAsync(cancellationToken))
            {
                if (context.Job.IsStreaming)
                {
                    // As upstream: the rows are out, the job goes on until somebody stops it.
                    await Task.Delay(Timeout.InfiniteTimeSpan, context.Time, cancellationToken);
                }

                return null;
            }

            await OpenAsync(await reader.Splits.ReadAsync(cancellationToken), cancellationToken);
        }

        var next = Next();
        if (next.Row >= next.Range.End)
        {
            _open.Remove(next);
            _hasFinishedSplit = true;
            return new ReaderOutput.SplitFinished(next.Id, next.At);
        }

        return await MakeAsync(next, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async ValueTask OpenAsync(Split split, CancellationToken cancellationToken)
    {
        var range = FakeSplit.Of(split.Body);
        var pause = tables[range.Table].Options.SplitReadInterval;
        if (_hasFinishedSplit && pause > TimeSpan.Zero)
        {
            await Task.Delay(pause, context.Time, cancellationToken);
        }

        _open.Add(new OpenSplit(split, range, tables[range.Table].Options.Rate, context.Time));
    }

    private OpenSplit Next()
    {
        var next = _open[0];
        foreach (var split in _open)
        {
            var order = split.Wait.CompareTo(next.Wait);
            next = order < 0 || (order == 0 && split.LastTurn < next.LastTurn) ? split : next;
        }

        next.LastTurn = ++_turns;
        return next;
    }

    private async ValueTask<ReaderOutput> MakeAsync(OpenSplit split, CancellationToken cancellationToken)
    {
        var wait = split.Wait;
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, context.Time, cancellationToken);
        }

        var table = tables[split.Range.Table];
        using var builder = await context.Memory.BeginBatchAsync(reader.Tables[split.Range.Table], cancellationToken);
        var rows = (int)Math.Min(split.RowsNow, Math.Clamp(builder.TargetBytes / Math.Max(1, table.RowBytes), 1, builder.MaxRows));
        if (table.Rows is { } given)
        {
            rows = given.Append(builder, split.Row, rows);
        }
        else
        {
            var generators = GeneratorsOf(table, split.Range);
            for (var column = 0; column < generators.Length; column++)
            {
                generators[column].Fill(builder.Columns[column], split.Row, rows);
            }

            builder.EndRows(rows);
        }

        split.Advance(rows);
        return new ReaderOutput.Rows([builder.Build()], [new SplitPosition(split.Id, split.At)]);
    }

    private ImmutableArray<ValueGenerator> GeneratorsOf(FakeTable table, FakeSplit split)
    {
        if (!_generators.TryGetValue((split.Table, split.Seed), out var generators))
        {
            _generators.Add((split.Table, split.Seed), generators = table.MakeGenerators(split.Seed));
        }

        return generators;
    }

    /// <summary>A split being read.</summary>
    private sealed class OpenSplit(Split split, FakeSplit range, long? rate, TimeProvider time)
    {
        private readonly long _opened = time.GetTimestamp();
        private readonly long _firstRow = split.From?.Sequence ?? range.Start;

        public string Id => split.Id;

        public FakeSplit Range => range;

        public long Row { get; private set; } = split.From?.Sequence ?? range.Start;

        public long LastTurn { get; set; }

        public Position At => new(Row, JsonState.Empty);

        /// <summary>How long until the next rows may come.</summary>
        public TimeSpan Wait
        {
            get
            {
                if (rate is not { } limit || Row >= range.End)
                {
                    return TimeSpan.Zero;
                }

                var due = TimeSpan.FromSeconds((double)(Row - _firstRow) / limit) - time.GetElapsedTime(_opened);
                return due > TimeSpan.Zero ? due : TimeSpan.Zero;
            }
        }

        /// <summary>Most rows at once: a tenth of a second's, so that a slow rate still trickles evenly.</summary>
        public long RowsNow => Math.Min(range.End - Row, rate is { } limit ? Math.Max(1, limit / 10) : long.MaxValue);

        public void Advance(int rows) => Row += rows;
    }
}
