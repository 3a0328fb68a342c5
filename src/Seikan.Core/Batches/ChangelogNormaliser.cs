namespace Seikan.Core;

/// <summary>Turns a changelog with update pairs into one by key (decisions 5): -U goes, except that a changed key makes it a -D.</summary>
public static class ChangelogNormaliser
{
    /// <summary>The rows as upserts. Borrows the batch; the caller owns the result.</summary>
    /// <param name="batch">Rows of a table with a primary key.</param>
    /// <param name="memory">Counts the result.</param>
    public static RowBatch ToUpsert(RowBatch batch, IMemoryBudget memory)
    {
        var kinds = batch.Kinds;
        if (kinds.IndexOf(RowKind.UpdateBefore) < 0)
        {
            return batch.Retain();
        }

        var keys = batch.Schema.PrimaryKey?.Columns ?? throw new ArgumentException("the table has no primary key", nameof(batch));
        using var builder = memory.BeginOutput(batch.Schema);
        for (var row = 0; row < batch.RowCount; row++)
        {
            var kind = kinds[row];
            if (kind == RowKind.UpdateBefore)
            {
                var isSameKey = true;
                foreach (var key in keys)
                {
                    isSameKey &= ColumnValues.Equal(batch[batch.Schema.IndexOf(key.Name)], row, batch[batch.Schema.IndexOf(key.Name)], row + 1);
                }

                if (isSameKey)
                {
                    continue;
                }

                kind = RowKind.Delete;
            }

            for (var column = 0; column < builder.Columns.Length; column++)
            {
                builder.Columns[column].AppendFrom(batch[column], row);
            }

            builder.EndRow(kind);
        }

        return builder.Build();
    }
}
