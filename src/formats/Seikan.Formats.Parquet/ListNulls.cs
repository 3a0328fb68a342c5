using Seikan.Core;

namespace Seikan.Formats.Parquet;

/// <summary>Parquet has no place for elements of null lists; our columns allow them, and rows that were made null later have them.</summary>
internal static class ListNulls
{
    /// <summary>Whether a list that is null has elements, anywhere in the column.</summary>
    public static bool HaveElements(Column column) => column switch
    {
        ListColumn list => HaveElementsHere(list) || HaveElements(list.Elements),
        RowColumn row => row.Fields.Any(HaveElements),
        _ => false,
    };

    /// <summary>A copy of the column in which null lists are empty; the caller releases it.</summary>
    /// <param name="column">Borrowed.</param>
    /// <param name="type">Its type.</param>
    /// <param name="pool">Where the copy goes.</param>
    public static Column Clean(Column column, DataType type, BufferPool pool)
    {
        using var builder = ColumnBuilder.Create(type, pool, BatchLimits.Default with { ValueBytes = int.MaxValue });
        for (var row = 0; row < column.Length; row++)
        {
            builder.AppendFrom(column, row);
        }

        return builder.Build();
    }

    private static bool HaveElementsHere(ListColumn list)
    {
        if (list.NullCount == 0)
        {
            return false;
        }

        var offsets = list.Offsets;
        for (var row = 0; row < list.Length; row++)
        {
            if (offsets[row + 1] != offsets[row] && !list.IsValid(row))
            {
                return true;
            }
        }

        return false;
    }
}
