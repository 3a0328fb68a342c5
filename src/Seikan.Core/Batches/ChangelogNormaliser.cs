using System.Runtime.InteropServices;

namespace Seikan.Core;

/// <summary>Turns a changelog with update pairs into one by key (decisions 5): -U goes, except that a changed key makes it a -D.</summary>
public static class ChangelogNormaliser
{
    /// <summary>The rows as upserts, by the primary key. Borrows the batch; the caller owns the result.</summary>
    /// <param name="batch">Rows of a table with a primary key.</param>
    /// <param name="memory">Counts the result.</param>
    public static RowBatch ToUpsert(RowBatch batch, IMemoryBudget memory)
    {
        if (!HasPairs(batch))
        {
            return batch.Retain();
        }

        var key = batch.Schema.PrimaryKey ?? throw new ArgumentException("the table has no primary key", nameof(batch));
        Span<int> columns = stackalloc int[key.Columns.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = batch.Schema.IndexOf(key.Columns[i].Name);
        }

        return ToUpsert(batch, columns, memory);
    }

    /// <summary>The rows as upserts. Borrows the batch; the caller owns the result.</summary>
    /// <param name="batch">Rows; each -U directly before its +U.</param>
    /// <param name="keyColumns">Positions of the columns that tell rows apart; at least one.</param>
    /// <param name="memory">Counts the result.</param>
    public static RowBatch ToUpsert(RowBatch batch, ReadOnlySpan<int> keyColumns, IMemoryBudget memory)
    {
        if (!HasPairs(batch))
        {
            return batch.Retain();
        }

        ArgumentOutOfRangeException.ThrowIfZero(keyColumns.Length, nameof(keyColumns));
        var pool = memory.Pool;
        var kinds = batch.Kinds;
        var (scratch, newKinds) = (pool.Rent(batch.RowCount * sizeof(int)), pool.Rent(batch.RowCount));
        var rows = MemoryMarshal.Cast<byte, int>(scratch.AsSpan());
        var kept = 0;
        for (var row = 0; row < kinds.Length; row++)
        {
            var kind = kinds[row];
            if (kind == RowKind.UpdateBefore)
            {
                if (row + 1 < kinds.Length && IsSameKey(batch, keyColumns, row))
                {
                    continue;
                }

                kind = RowKind.Delete;
            }

            (rows[kept], newKinds[kept]) = (row, (byte)kind);
            kept++;
        }

        try
        {
            return RowGather.Copy(batch, rows[..kept], ColumnBuffer.Pooled(newKinds, pool), memory);
        }
        finally
        {
            pool.Return(scratch);
        }
    }

    private static bool HasPairs(RowBatch batch) => batch.Kinds.Contains(RowKind.UpdateBefore);

    private static bool IsSameKey(RowBatch batch, ReadOnlySpan<int> keyColumns, int before)
    {
        foreach (var column in keyColumns)
        {
            if (!ColumnValues.Equal(batch[column], before, batch[column], before + 1))
            {
                return false;
            }
        }

        return true;
    }
}
