using System.Collections.Immutable;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Connectors.Fake;

/// <summary>Makes the rows of its splits, a batch at a time. Values depend on seed and row number only, so any position can be gone on from.</summary>
internal sealed class FakeSourceReader(ImmutableArray<FakeTable> tables, IReaderContext reader, IPluginContext context) : ISourceReader
{
    private Split? _split;
    private FakeSplit? _range;
    private long _next;
    private long _rateStart;
    private long _rateRows;
    private bool _hasFinishedSplit;

    /// <inheritdoc/>
    public async ValueTask<ReaderOutput?> ReadAsync(CancellationToken cancellationToken)
    {
        if (_split is null && !await OpenAsync(cancellationToken))
        {
            return null;
        }

        if (_next >= _range!.End)
        {
            var finished = new ReaderOutput.SplitFinished(_split!.Id, At());
            (_split, _hasFinishedSplit) = (null, true);
            return finished;
        }

        var table = tables[_range.Table];
        var rows = await PaceAsync(table, cancellationToken);
        using var builder = await context.Memory.BeginBatchAsync(reader.Tables[_range.Table], cancellationToken);
        rows = Math.Min(rows, RowsOf(table, builder));
        if (table.Rows is { } given)
        {
            rows = AppendGiven(given, builder, rows);
        }
        else
        {
            for (var column = 0; column < builder.Columns.Length; column++)
            {
                table.Generators[column].Fill(builder.Columns[column], _next, rows);
            }

            builder.EndRows(rows);
        }

        _next += rows;
        _rateRows += rows;
        return new ReaderOutput.Rows([builder.Build()], [new SplitPosition(_split!.Id, At())]);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async ValueTask<bool> OpenAsync(CancellationToken cancellationToken)
    {
        if (!await reader.Splits.WaitToReadAsync(cancellationToken))
        {
            if (context.Job.IsStreaming)
            {
                // As upstream: the rows are out, the job goes on until somebody stops it.
                await Task.Delay(Timeout.InfiniteTimeSpan, context.Time, cancellationToken);
            }

            return false;
        }

        _split = await reader.Splits.ReadAsync(cancellationToken);
        _range = FakeSplit.Of(_split.Body);
        _next = _split.From?.Sequence ?? _range.Start;
        var pause = tables[_range.Table].Options.SplitReadInterval;
        if (_hasFinishedSplit && pause > TimeSpan.Zero)
        {
            await Task.Delay(pause, context.Time, cancellationToken);
        }

        (_rateStart, _rateRows) = (context.Time.GetTimestamp(), 0);
        return true;
    }

    /// <summary>How many rows may come now; waits when the rate is used up.</summary>
    private async ValueTask<int> PaceAsync(FakeTable table, CancellationToken cancellationToken)
    {
        var left = _range!.End - _next;
        if (table.Options.Rate is not { } rate)
        {
            return (int)Math.Min(left, int.MaxValue);
        }

        var due = TimeSpan.FromSeconds((double)_rateRows / rate) - context.Time.GetElapsedTime(_rateStart);
        if (due > TimeSpan.Zero)
        {
            await Task.Delay(due, context.Time, cancellationToken);
        }

        // A tenth of a second's rows at once, so that a slow rate still trickles evenly.
        return (int)Math.Min(left, Math.Max(1, rate / 10));
    }

    private static int RowsOf(FakeTable table, BatchBuilder builder) =>
        (int)Math.Clamp(builder.TargetBytes / Math.Max(1, table.RowBytes), 1, builder.MaxRows);

    private int AppendGiven(ImmutableArray<FakeRow> given, BatchBuilder builder, int rows)
    {
        var start = (int)(_next % given.Length);
        var done = 0;
        while (done < rows)
        {
            var row = given[start + done];
            Append(row, builder);
            done++;
            if (row.Kind != RowKind.UpdateBefore)
            {
                builder.EndRow(row.Kind);
                continue;
            }

            Append(given[start + done], builder);
            builder.EndUpdate();
            done++;
        }

        return done;
    }

    private static void Append(FakeRow row, BatchBuilder builder)
    {
        for (var i = 0; i < row.Fields.Length; i++)
        {
            // Every value was tried when the job was planned.
            ConfigValues.TryAppend(builder.Schema.Columns[i].Type, builder.Columns[i], row.Fields[i]);
        }
    }

    private Position At() => new(_next, JsonState.Empty);
}
