using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Seikan.Core;

/// <summary>
/// Rows of one table at one version, as columns. Immutable. Each reference has exactly one owner, who disposes it, also on failure (invariant 8);
/// <see cref="Retain"/> makes another. The last disposal returns buffers and memory ticket.
/// </summary>
public sealed class RowBatch : IDisposable
{
    private readonly ImmutableArray<Column> _columns;
    private readonly FixedColumn<byte>? _kinds;
    private readonly MemoryTicket? _ticket;
    private int _references = 1;

    internal RowBatch(TableSchema schema, ImmutableArray<Column> columns, int rowCount, FixedColumn<byte>? kinds, MemoryTicket? ticket)
    {
        (Schema, _columns, RowCount, _kinds, _ticket) = (schema, columns, rowCount, kinds, ticket);
        var bytes = kinds?.SizeBytes ?? 0;
        foreach (var column in columns)
        {
            bytes += column.SizeBytes;
        }

        SizeBytes = bytes;
    }

    /// <summary>The table and version of all rows.</summary>
    public TableSchema Schema { get; }

    /// <summary>Rows.</summary>
    public int RowCount { get; }

    /// <summary>Bytes of all columns and row kinds.</summary>
    public long SizeBytes { get; }

    /// <summary>Commit time, operation time, position and transaction of each row, where a source has them and the job asks; else null.</summary>
    public SideColumns? Side { get; init; }

    /// <summary>True when every row is an insert.</summary>
    public bool IsInsertOnly => _kinds is null;

    /// <summary>The kind of each row; empty = all inserts. A -U stands directly before its +U.</summary>
    public ReadOnlySpan<RowKind> Kinds => _kinds is null ? default : MemoryMarshal.Cast<byte, RowKind>(_kinds.Values);

    /// <summary>A column. Borrowed: valid while this reference is held.</summary>
    public Column this[int column] => _columns[column];

    /// <summary>Makes a batch of inserts; takes the references to the columns over.</summary>
    /// <param name="schema">One entry a column, of a type that fits it.</param>
    /// <param name="columns">All of the same length.</param>
    /// <param name="rowCount">That length; given for tables without columns.</param>
    public static RowBatch Create(TableSchema schema, ImmutableArray<Column> columns, int rowCount) =>
        Create(schema, columns, rowCount, default, null);

    /// <summary>As <see cref="Create(TableSchema, ImmutableArray{Column}, int)"/>, counted in a budget.</summary>
    /// <param name="schema">One entry a column, of a type that fits it.</param>
    /// <param name="columns">All of the same length.</param>
    /// <param name="rowCount">That length.</param>
    /// <param name="kinds">A kind a row, from the same pool; default = all inserts. Taken over.</param>
    /// <param name="memory">Counts the bytes until the batch is freed; null = uncounted.</param>
    /// <param name="side">What the source knows about each row; null = nothing. Taken over.</param>
    public static RowBatch Create(
        TableSchema schema, ImmutableArray<Column> columns, int rowCount, ColumnBuffer kinds, IMemoryBudget? memory, SideColumns? side = null)
    {
        if (columns.Length != schema.Columns.Length)
        {
            throw new ArgumentException($"{schema.Columns.Length} columns are wanted, not {columns.Length}", nameof(columns));
        }

        foreach (var column in columns)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(column.Length, rowCount, nameof(columns));
        }

        var kindColumn = kinds.IsEmpty ? null : new FixedColumn<byte>(rowCount, 0, default, kinds);
        var ticket = (memory as JobMemory)?.OpenTicket();
        var batch = new RowBatch(schema, columns, rowCount, kindColumn, ticket) { Side = side };
        ticket?.Resize(batch.SizeBytes);
        return batch;
    }

    /// <summary>Another reference to the same rows, for another branch; its owner disposes it.</summary>
    public RowBatch Retain()
    {
        if (Interlocked.Increment(ref _references) <= 1)
        {
            Interlocked.Decrement(ref _references);
            throw new ObjectDisposedException(nameof(RowBatch), "a batch was retained after its last disposal");
        }

        return this;
    }

    /// <summary>The same rows with other, fewer or repeated columns, without copying. This batch keeps its own reference.</summary>
    /// <param name="schema">The schema of the result, one entry a chosen column.</param>
    /// <param name="columns">Positions in this batch.</param>
    public RowBatch Select(TableSchema schema, ReadOnlySpan<int> columns)
    {
        CheckAlive();
        ArgumentOutOfRangeException.ThrowIfNotEqual(schema.Columns.Length, columns.Length);
        var chosen = ImmutableArray.CreateBuilder<Column>(columns.Length);
        foreach (var column in columns)
        {
            chosen.Add(_columns[column].Retain());
        }

        _ticket?.Retain();
        return new RowBatch(schema, chosen.MoveToImmutable(), RowCount, (FixedColumn<byte>?)_kinds?.Retain(), _ticket) { Side = Side?.Retain() };
    }

    /// <summary>The same rows under another schema of as many columns, without copying.</summary>
    public RowBatch WithSchema(TableSchema schema)
    {
        Span<int> all = stackalloc int[Math.Min(_columns.Length, 256)];
        all = _columns.Length <= all.Length ? all : new int[_columns.Length];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = i;
        }

        return Select(schema, all);
    }

    /// <summary>The kept rows as a dense batch. Update pairs that lose a half are repaired: a lone -U becomes -D, a lone +U becomes +I.</summary>
    /// <param name="selection">Which rows.</param>
    /// <param name="memory">Counts the result.</param>
    /// <returns>The rows, owned by the caller; this batch once more when all are kept, null when none is.</returns>
    public RowBatch? Gather(RowSelection selection, IMemoryBudget memory) => RowGather.Gather(this, selection, memory);

    /// <summary>
    /// A digest a row over chosen columns: equal values give equal digests, whatever the batch; null, empty and zero differ, and so does another order
    /// of columns. Integers of the same value agree over their widths, as do decimals of one scale. Stable over processes and versions. Row kinds
    /// do not count.
    /// </summary>
    /// <param name="columns">Positions of the columns, in the order that counts.</param>
    /// <param name="digests">Takes one digest a row.</param>
    public void HashRows(ReadOnlySpan<int> columns, Span<ulong> digests) => RowDigest.Compute(this, columns, digests);

    /// <summary>Gives this reference up.</summary>
    /// <exception cref="InvalidOperationException">It was disposed more often than it was retained: a bug of the caller.</exception>
    public void Dispose()
    {
        var left = Interlocked.Decrement(ref _references);
        if (left > 0)
        {
            return;
        }

        if (left < 0)
        {
            ThrowDisposed();
        }

        foreach (var column in _columns)
        {
            column.Release();
        }

        _kinds?.Release();
        Side?.Release();
        _ticket?.Release();
    }

    [DoesNotReturn]
    private static void ThrowDisposed() => throw new InvalidOperationException("a batch was disposed more often than it was retained");

    [Conditional("DEBUG")]
    private void CheckAlive() => ObjectDisposedException.ThrowIf(Volatile.Read(ref _references) <= 0, this);
}
