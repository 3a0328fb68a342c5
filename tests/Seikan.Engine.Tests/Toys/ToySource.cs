using System.Collections.Immutable;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Engine.Tests.Toys;

/// <summary>Numbers: each split is a run of ids of one table. What a reader does can be replaced.</summary>
internal sealed class ToySource : ISource
{
    public static TableSchema Numbers(string table = "numbers", params ColumnDef[] more) =>
        new(TablePath.Parse(table)!, [new ColumnDef("id", DataType.BigInt), new ColumnDef("name", DataType.String), .. more]);

    public required IPluginContext Context { get; init; }

    public ImmutableArray<SourceTable> Tables { get; init; } = [new SourceTable(Numbers())];

    public FaultPoints Faults { get; init; } = new();

    /// <summary>Splits of each table.</summary>
    public int Splits { get; init; } = 2;

    public int BatchesPerSplit { get; init; } = 3;

    public int RowsPerBatch { get; init; } = 10;

    public bool IsBounded { get; init; } = true;

    public int SplitsPerReader { get; init; } = 1;

    public int BlockingThreads { get; init; }

    public Func<CancellationToken, ValueTask<ImmutableArray<Diagnostic>>> Probe { get; init; } = static _ => new([]);

    public Func<IReaderContext, ISourceReader>? Reader { get; init; }

    public Func<ISplitEnumerator>? Enumerator { get; init; }

    /// <summary>Splits that were reported finished, in order.</summary>
    public List<string> Finished { get; } = [];

    public bool IsDisposed { get; private set; }

    public int Rows => Splits * BatchesPerSplit * RowsPerBatch;

    public ValueTask<ImmutableArray<SourceTable>> DiscoverAsync(CancellationToken cancellationToken)
    {
        Faults.Pass("source.discover");
        return new(Tables);
    }

    public ValueTask<ImmutableArray<Diagnostic>> ProbeAsync(CancellationToken cancellationToken)
    {
        Faults.Pass("source.probe");
        return Probe(cancellationToken);
    }

    public ISplitEnumerator CreateEnumerator(EnumeratorContext context)
    {
        Faults.Pass("enumerator.create");
        return Enumerator?.Invoke() ?? new ToyEnumerator(this);
    }

    public ISourceReader CreateReader(IReaderContext context)
    {
        Faults.Pass("reader.create");
        return Reader?.Invoke(context) ?? new NumbersReader(this, context);
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }

    /// <summary>A batch of numbers, in a ticket of its own.</summary>
    public async ValueTask<RowBatch> BatchAsync(TableSchema table, long first, int rows, CancellationToken cancellationToken)
    {
        using var builder = await Context.Memory.BeginBatchAsync(table, cancellationToken);
        for (var id = first; id < first + rows; id++)
        {
            ((FixedBuilder<long>)builder.Columns[0]).Append(id);
            ((BytesBuilder)builder.Columns[1]).Append(System.Text.Encoding.UTF8.GetBytes($"row {id}"));
            for (var more = 2; more < builder.Columns.Length; more++)
            {
                builder.Columns[more].AppendNull();
            }

            builder.EndRow();
        }

        return builder.Build();
    }

    private sealed class ToyEnumerator(ToySource source) : ISplitEnumerator
    {
        private int _next;

        public ValueTask<Split?> NextAsync(int reader, CancellationToken cancellationToken)
        {
            source.Faults.Pass("enumerator.next");
            if (_next == source.Splits * source.Tables.Length)
            {
                return default;
            }

            var rows = source.BatchesPerSplit * source.RowsPerBatch;
            return new(new Split($"{_next++}", SplitKind.Resumable, JsonState.Empty, null, rows));
        }

        public void Finished(string splitId, Position? last)
        {
            source.Faults.Pass("enumerator.finished");
            source.Finished.Add(splitId);
        }

        public void Returned(ImmutableArray<Split> splits)
        {
        }

        public JsonState Snapshot() => JsonState.Empty;

        public ValueTask DisposeAsync()
        {
            source.Faults.Pass("enumerator.dispose");
            return ValueTask.CompletedTask;
        }
    }

    private sealed class NumbersReader(ToySource source, IReaderContext context) : ISourceReader
    {
        private Split? _split;
        private int _batch;

        public async ValueTask<ReaderOutput?> ReadAsync(CancellationToken cancellationToken)
        {
            source.Faults.Pass("reader.read");
            if (_split is null)
            {
                if (!await context.Splits.WaitToReadAsync(cancellationToken))
                {
                    return null;
                }

                (_split, _batch) = (await context.Splits.ReadAsync(cancellationToken), 0);
            }

            var number = int.Parse(_split.Id);
            var table = context.Tables[number % context.Tables.Length];
            if (_batch == source.BatchesPerSplit)
            {
                var done = new ReaderOutput.SplitFinished(_split.Id, new Position(_batch * source.RowsPerBatch, JsonState.Empty));
                _split = null;
                return done;
            }

            var first = ((number / context.Tables.Length * source.BatchesPerSplit) + _batch++) * (long)source.RowsPerBatch;
            var batch = await source.BatchAsync(table, first, source.RowsPerBatch, cancellationToken);
            return new ReaderOutput.Rows([batch], [new SplitPosition(_split.Id, new Position(_batch * source.RowsPerBatch, JsonState.Empty))]);
        }

        public ValueTask DisposeAsync()
        {
            source.Faults.Pass("reader.dispose");
            return ValueTask.CompletedTask;
        }
    }
}

/// <summary>A reader made of one function.</summary>
internal sealed class ScriptedReader(Func<CancellationToken, ValueTask<ReaderOutput?>> read) : ISourceReader
{
    public ValueTask<ReaderOutput?> ReadAsync(CancellationToken cancellationToken) => read(cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
