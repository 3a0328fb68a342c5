using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Seikan.Core;

/// <summary>Builds one batch inside a memory ticket. Used by one thread; disposing without <see cref="Build"/> gives everything back.</summary>
public sealed class BatchBuilder : IDisposable
{
    private readonly BuilderScope _scope;
    private readonly BatchLimits _limits;
    private readonly TimeProvider _time;
    private readonly MemoryTicket? _ticket;
    private FixedBuilder<byte>? _kinds;
    private DueCheck _due;
    private bool _isOver;

    // The age has started and all rows are inserts: most rows of most batches need no more than counting.
    private bool _isPlain;

    internal BatchBuilder(TableSchema schema, BufferPool pool, BatchLimits limits, TimeProvider time, MemoryTicket? ticket)
        : this(schema, new BuilderScope(pool, limits.ValueBytes, StartBytes(schema, limits)), limits, time, ticket)
    {
    }

    internal BatchBuilder(TableSchema schema, BuilderScope scope, BatchLimits limits, TimeProvider time, MemoryTicket? ticket)
    {
        (Schema, _scope, _limits, _time, _ticket) = (schema, scope, limits, time, ticket);
        var columns = new ColumnBuilder[schema.Columns.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = ColumnBuilder.Create(schema.Columns[i].Type, scope);
            columns[i].BelongTo(schema.Path, schema.Columns[i].Name);
        }

        Columns = ImmutableCollectionsMarshal.AsImmutableArray(columns);
    }

    /// <summary>The table and version of the rows.</summary>
    public TableSchema Schema { get; }

    /// <summary>One builder a column, in schema order; see <see cref="ColumnBuilder.Create(DataType, BufferPool, BatchLimits?)"/> for which.</summary>
    public ImmutableArray<ColumnBuilder> Columns { get; }

    /// <summary>Rows ended so far.</summary>
    public int RowCount { get; private set; }

    /// <summary>Rows after which the batch is full.</summary>
    public int MaxRows => _limits.Rows;

    /// <summary>Bytes after which the batch is full.</summary>
    public long TargetBytes => _limits.TargetBytes;

    /// <summary>Bytes of all columns so far.</summary>
    public long SizeBytes
    {
        get
        {
            var bytes = 0L;
            foreach (var column in Columns)
            {
                bytes += column.SizeBytes;
            }

            return bytes;
        }
    }

    /// <summary>True when the batch must be emitted now: full by rows or bytes, or its first row is 100 ms old. Cheap enough to ask after each row.</summary>
    public bool IsDue
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => RowCount >= _scope.QuietUntil && LookWhetherDue();
    }

    /// <summary>How long a reader may still wait for another row; the full age while there is none. At zero <see cref="IsDue"/> is true.</summary>
    public TimeSpan TimeLeft => RowCount == 0 ? _limits.Age : _due.TimeLeft(_limits, _time, _scope);

    /// <summary>Ends a row, after one value was appended to each column.</summary>
    /// <param name="kind">Insert, Delete, or UpdateAfter alone (in Upsert mode). UpdateBefore only comes from <see cref="EndUpdate"/>.</param>
    /// <exception cref="SeikanException">DAT-0003: a value was absent.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void EndRow(RowKind kind = RowKind.Insert)
    {
        if (kind != RowKind.Insert || !_isPlain || _scope.HasAbsent)
        {
            BeforeRow(kind);
        }

        RowCount++;
    }

    /// <summary>
    /// Ends an update: the last two appended rows are its old and new image; absent values of the new one are taken from the old one.
    /// The only way to write a -U.
    /// </summary>
    /// <exception cref="SeikanException">DAT-0003: a value of the old image was absent.</exception>
    public void EndUpdate()
    {
        if (_scope.HasAbsent)
        {
            FillAbsent();
        }

        StartAge();
        AddKind(RowKind.UpdateBefore);
        RowCount++;
        AddKind(RowKind.UpdateAfter);
        RowCount++;
    }

    /// <summary>Ends rows whose values were appended column by column (AppendMany); all are inserts.</summary>
    /// <param name="rows">How many.</param>
    /// <exception cref="SeikanException">DAT-0003: a value was absent.</exception>
    public void EndRows(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        if (rows == 0)
        {
            return;
        }

        if (_scope.HasAbsent)
        {
            RefuseAbsent();
        }

        StartAge();
        RowCount += rows;
        _kinds?.AppendMany(rows).Clear();
    }

    /// <summary>Takes back what was appended since the last ended row: the part of a row that cannot be read to its end.</summary>
    public void DropRow()
    {
        foreach (var column in Columns)
        {
            column.Truncate(RowCount);
        }

        _scope.ClearAbsent();
    }

    /// <summary>The batch; it takes buffers and ticket over.</summary>
    /// <exception cref="InvalidOperationException">A column has not one value a row: a bug of the caller.</exception>
    public RowBatch Build()
    {
        var batch = BuildUncounted();
        _ticket?.Resize(batch.SizeBytes);
        return batch;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isOver)
        {
            return;
        }

        _isOver = true;
        foreach (var column in Columns)
        {
            column.Dispose();
        }

        _kinds?.Dispose();
        _ticket?.Release();
    }

    /// <summary>As <see cref="Build"/>, for a ticket that several batches share and whose size the caller sets.</summary>
    internal RowBatch BuildUncounted()
    {
        ObjectDisposedException.ThrowIf(_isOver, this);
        for (var i = 0; i < Columns.Length; i++)
        {
            if (Columns[i].Count != RowCount)
            {
                throw new InvalidOperationException($"column \"{Schema.Columns[i].Name}\" has {Columns[i].Count} values for {RowCount} rows");
            }

            Columns[i].Verify();
        }

        _isOver = true;
        var columns = new Column[Columns.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = Columns[i].BuildVerified();
        }

        return new RowBatch(Schema, ImmutableCollectionsMarshal.AsImmutableArray(columns), RowCount, (FixedColumn<byte>?)_kinds?.BuildVerified(), _ticket);
    }

    // Room enough for some hundred rows saves growing; all columns together stay far below a full batch.
    private static int StartBytes(TableSchema schema, BatchLimits limits) =>
        (int)Math.Clamp(limits.TargetBytes / 8 / Math.Max(1, schema.Columns.Length), 64, 4096);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool LookWhetherDue() => _due.Look(RowCount, SizeBytes, _limits, _time, _scope);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void BeforeRow(RowKind kind)
    {
        if (kind == RowKind.UpdateBefore)
        {
            throw new ArgumentException("the old image of an update is written with its new one, by EndUpdate", nameof(kind));
        }

        if (_scope.HasAbsent)
        {
            RefuseAbsent();
        }

        StartAge();
        if (kind != RowKind.Insert || _kinds is not null)
        {
            AddKind(kind);
        }

        _isPlain = _kinds is null;
    }

    private void StartAge()
    {
        if (!_scope.HasRows)
        {
            (_scope.HasRows, _scope.FirstRow) = (true, _time.GetTimestamp());
        }
    }

    private void AddKind(RowKind kind)
    {
        if (_kinds is null)
        {
            _kinds = new FixedBuilder<byte>(_scope);
            _kinds.AppendMany(RowCount).Clear();
            _isPlain = false;
        }

        _kinds.Append((byte)kind);
    }

    private void FillAbsent()
    {
        var after = RowCount + 1;
        foreach (var (builder, row) in _scope.Absent)
        {
            if (row != after || !Columns.Contains(builder))
            {
                RefuseAbsent();
            }

            builder.ReplaceLastBy(row - 1);
        }

        _scope.ClearAbsent();
    }

    private void RefuseAbsent()
    {
        var names = string.Join(", ", _scope.Absent.Select(a => a.Builder.PlaceName).Distinct());
        throw new SeikanException(new Diagnostic(DataErrors.ValueAbsent, $"table \"{Schema.Path}\": a change came without the value of {names}"));
    }
}
