using System.Collections.Concurrent;
using System.Collections.Immutable;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Engine.Tests.Toys;

/// <summary>Which guarantee a toy sink keeps.</summary>
internal enum ToyDelivery
{
    AtLeastOnce,
    TwoPhase,
    Positioned,
}

/// <summary>Keeps what it is given, as text. What waits for a commit is kept apart from what is final.</summary>
internal sealed class ToySink : ISink
{
    private readonly ConcurrentDictionary<string, ImmutableArray<string>> _prepared = new();
    private readonly Lock _gate = new(); // guards the lists below
    private readonly List<string> _final = [];
    private readonly List<string> _log = [];
    private readonly List<ImmutableArray<TableSchema>> _tables = [];
    private int _alive;

    public FaultPoints Faults { get; init; } = new();

    public ToyDelivery Kind { get; init; }

    public ChangelogMode Mode { get; init; } = ChangelogMode.Full;

    public bool AllowsLanes => false;

    public int BlockingThreads { get; init; }

    /// <summary>What a commit answers; by default it commits.</summary>
    public Func<CommitInfo, CommitResult>? CommitAnswer { get; init; }

    /// <summary>Waited for in each write.</summary>
    public Func<CancellationToken, ValueTask> BeforeWrite { get; init; } = static _ => ValueTask.CompletedTask;

    public Func<ImmutableArray<TableSchema>, ImmutableArray<Diagnostic>> Check { get; init; } = static _ => [];

    /// <summary>Called after each commit of rows with positions.</summary>
    public Action OnFlush { get; init; } = static () => { };

    /// <summary>What must hold when everything is written.</summary>
    public Action FinishCheck { get; init; } = static () => { };

    /// <summary>Rows under their final name: <c>table +I 1 row 1</c>.</summary>
    public IReadOnlyList<string> Final => Locked(_final);

    /// <summary>Calls, in order: prepare tables, commit, abort, sweep, finish.</summary>
    public IReadOnlyList<string> Log => Locked(_log);

    /// <summary>The tables of each call that prepares them.</summary>
    public IReadOnlyList<ImmutableArray<TableSchema>> PreparedTables => Locked(_tables);

    /// <summary>Positions of the last commit of rows with positions.</summary>
    public ImmutableArray<SplitPosition> LastPositions { get; private set; } = [];

    /// <summary>Rows final at each commit with positions, with the sum of the positions then.</summary>
    public List<(int Rows, long Positions)> PositionedCommits { get; } = [];

    /// <summary>Writers that were made and not disposed.</summary>
    public int Alive => Volatile.Read(ref _alive);

    /// <summary>Work that is neither committed nor aborted.</summary>
    public int Pending => _prepared.Count;

    /// <summary>Identities of the writers.</summary>
    public ConcurrentBag<(int Pipeline, int Task, int Lane)> Writers { get; } = [];

    /// <summary>Threads that writers were called on.</summary>
    public ConcurrentBag<string?> Threads { get; } = [];

    public Delivery Delivery => Kind switch
    {
        ToyDelivery.TwoPhase => new Delivery.TwoPhase(c => new Writer(this, c), _ => new Committer(this)),
        ToyDelivery.Positioned => new Delivery.TransactionalWithPositions(c => new Writer(this, c)),
        _ => new Delivery.AtLeastOnce(c => new Writer(this, c)),
    };

    public ChangelogMode Accepts(TableSchema table) => Mode;

    public ImmutableArray<Diagnostic> CheckTables(ImmutableArray<TableSchema> tables) => Check(tables);

    public ValueTask<ImmutableArray<Diagnostic>> ProbeAsync(CancellationToken cancellationToken)
    {
        Faults.Pass("sink.probe");
        return new([]);
    }

    public ValueTask PrepareTablesAsync(ImmutableArray<TableSchema> tables, CancellationToken cancellationToken)
    {
        Faults.Pass("sink.prepare");
        Add("prepare tables");
        lock (_gate)
        {
            _tables.Add(tables);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask FinishAsync(CancellationToken cancellationToken)
    {
        Faults.Pass("sink.finish");
        Add("finish");
        FinishCheck();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string Text(RowBatch batch, int row)
    {
        var kind = batch.IsInsertOnly ? RowKind.Insert : batch.Kinds[row];
        var sign = kind switch { RowKind.Insert => "+I", RowKind.UpdateBefore => "-U", RowKind.UpdateAfter => "+U", _ => "-D" };
        return $"{batch.Schema.Path} {sign} {((FixedColumn<long>)batch[0]).Values[row]}";
    }

    private void Add(string call)
    {
        lock (_gate)
        {
            _log.Add(call);
        }
    }

    private int AddFinal(IEnumerable<string> rows)
    {
        lock (_gate)
        {
            _final.AddRange(rows);
            return _final.Count;
        }
    }

    private List<T> Locked<T>(List<T> list)
    {
        lock (_gate)
        {
            return [.. list];
        }
    }

    private sealed class Writer : ITwoPhaseWriter, IPositionedWriter
    {
        private readonly ToySink _sink;
        private readonly IWriterContext _context;
        private readonly List<string> _rows = [];
        private bool _isDisposed;

        public Writer(ToySink sink, IWriterContext context)
        {
            sink.Faults.Pass("writer.create");
            (_sink, _context) = (sink, context);
            Interlocked.Increment(ref sink._alive);
            sink.Writers.Add((context.Pipeline, context.Task, context.Lane));
        }

        public async ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken)
        {
            using (batch)
            {
                _sink.Threads.Add(Thread.CurrentThread.Name);
                _sink.Faults.Pass("writer.write");
                await _sink.BeforeWrite(cancellationToken);
                for (var row = 0; row < batch.RowCount; row++)
                {
                    _rows.Add(Text(batch, row));
                }

                _context.BytesWritten(batch.Schema.Path, batch.RowCount * 3);
            }
        }

        public ValueTask FlushAsync(CancellationToken cancellationToken)
        {
            _sink.Faults.Pass("writer.flush");
            _sink.Add("flush");
            if (_sink.Kind == ToyDelivery.AtLeastOnce)
            {
                _sink.AddFinal(_rows);
                _rows.Clear();
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask<Prepared> PrepareAsync(long checkpoint, CancellationToken cancellationToken)
        {
            _sink.Faults.Pass("writer.prepare");
            var id = $"{_context.Pipeline}.{_context.Task}.{_context.Lane}";
            _sink._prepared[id] = [.. _rows];
            _sink.Add($"prepare {id}");
            return new(new Prepared([new CommitInfo(id, new TablePath(null, null, "t"), _rows.Count, JsonState.Empty)], null));
        }

        public ValueTask<ImmutableArray<SplitPosition>> RecoverAsync(ImmutableArray<string> splitIds, CancellationToken cancellationToken)
        {
            _sink.Add("recover");
            return new([]);
        }

        public ValueTask CommitAsync(ImmutableArray<SplitPosition> after, CancellationToken cancellationToken)
        {
            _sink.Faults.Pass("writer.commit");
            _sink.PositionedCommits.Add((_sink.AddFinal(_rows), after.Sum(p => p.Position.Sequence)));
            _sink.LastPositions = after;
            _rows.Clear();
            _sink.OnFlush();
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync()
        {
            _sink.Threads.Add(Thread.CurrentThread.Name);
            if (!_isDisposed)
            {
                Interlocked.Decrement(ref _sink._alive);
            }

            _isDisposed = true;
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Committer(ToySink sink) : ICommitter
    {
        public ValueTask<CommitResult> CommitAsync(CommitInfo item, CancellationToken cancellationToken)
        {
            sink.Faults.Pass("committer.commit");
            var answer = sink.CommitAnswer?.Invoke(item) ?? new CommitResult(CommitOutcome.Committed);
            sink.Add($"commit {item.Id}: {answer.Outcome}");
            if (answer.Outcome == CommitOutcome.Committed && sink._prepared.TryRemove(item.Id, out var rows))
            {
                sink.AddFinal(rows);
            }

            return new(answer);
        }

        public ValueTask AbortAsync(CommitInfo item, CancellationToken cancellationToken)
        {
            sink.Add($"abort {item.Id}");
            sink._prepared.TryRemove(item.Id, out _);
            sink.Faults.Pass("committer.abort");
            return ValueTask.CompletedTask;
        }

        public ValueTask SweepAsync(ImmutableArray<CommitInfo> keep, CancellationToken cancellationToken)
        {
            sink.Add("sweep");
            sink.Faults.Pass("committer.sweep");
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
