using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Seikan.Core;

/// <summary>Makes a dense batch of chosen rows and keeps its changelog whole.</summary>
internal static class RowGather
{
    /// <summary>The kept rows; null when there is none, the same rows when all are kept.</summary>
    /// <param name="batch">The rows. Borrowed.</param>
    /// <param name="selection">Which of them.</param>
    /// <param name="memory">Counts the result.</param>
    public static RowBatch? Gather(RowBatch batch, RowSelection selection, IMemoryBudget memory)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(selection.RowCount, batch.RowCount, nameof(selection));
        if (selection.Count == 0)
        {
            return null;
        }

        if (selection.Count == batch.RowCount)
        {
            return batch.Retain();
        }

        var scratch = memory.Pool.Rent(selection.Count * sizeof(int));
        try
        {
            var rows = MemoryMarshal.Cast<byte, int>(scratch.AsSpan())[..selection.Count];
            selection.CopyRowsTo(rows);
            var kinds = default(ColumnBuffer);
            if (!batch.IsInsertOnly)
            {
                kinds = Repaired(batch.Kinds, rows, memory.Pool);
            }

            return Copy(batch, rows, kinds, memory);
        }
        finally
        {
            memory.Pool.Return(scratch);
        }
    }

    /// <summary>Chosen rows with kinds given.</summary>
    /// <param name="batch">The rows. Borrowed.</param>
    /// <param name="rows">Which of them, in the order of the result.</param>
    /// <param name="kinds">Their kinds; default = all inserts. Taken over.</param>
    /// <param name="memory">Counts the result.</param>
    public static RowBatch Copy(RowBatch batch, ReadOnlySpan<int> rows, ColumnBuffer kinds, IMemoryBudget memory)
    {
        var columns = ImmutableArray.CreateBuilder<Column>(batch.Schema.Columns.Length);
        try
        {
            for (var i = 0; i < batch.Schema.Columns.Length; i++)
            {
                columns.Add(batch[i].Gather(rows, memory.Pool));
            }

            return RowBatch.Create(
                batch.Schema, columns.MoveToImmutable(), rows.Length, kinds, memory, batch.Side?.Gather(rows, memory.Pool));
        }
        catch
        {
            foreach (var column in columns)
            {
                column.Release();
            }

            kinds.Free();
            throw;
        }
    }

    // A lone -U becomes -D and a lone +U becomes +I. A +U without a -U in the batch stays: the changelog is by key and has no -U at all.
    private static ColumnBuffer Repaired(ReadOnlySpan<RowKind> kinds, ReadOnlySpan<int> rows, BufferPool pool)
    {
        var buffer = pool.Rent(rows.Length);
        var repaired = MemoryMarshal.Cast<byte, RowKind>(buffer.AsSpan(0, rows.Length));
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            repaired[i] = kinds[row] switch
            {
                RowKind.UpdateBefore when i + 1 == rows.Length || rows[i + 1] != row + 1 => RowKind.Delete,
                RowKind.UpdateAfter when row > 0 && kinds[row - 1] == RowKind.UpdateBefore && (i == 0 || rows[i - 1] != row - 1) => RowKind.Insert,
                var kind => kind,
            };
        }

        if (!repaired.ContainsAnyExcept(RowKind.Insert))
        {
            pool.Return(buffer);
            return default;
        }

        return ColumnBuffer.Pooled(buffer, pool);
    }
}
