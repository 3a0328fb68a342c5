using Seikan.Core;

namespace Seikan.Formats.Parquet;

/// <summary>Finds null keys of maps. The native writer does not refuse them but ends the process, so they must never reach it.</summary>
internal static class MapKeys
{
    /// <summary>The first map with a null key anywhere in the column, as its row in the list that holds it; -1 when there is none.</summary>
    /// <param name="column">Borrowed.</param>
    /// <param name="type">Its type.</param>
    public static int FindNull(Column column, DataType type)
    {
        switch (column, type)
        {
            case (ListColumn list, ArrayType array):
                return FindNull(list.Elements, array.Element);
            case (RowColumn row, RowType fields):
                for (var i = 0; i < row.Fields.Length; i++)
                {
                    if (FindNull(row.Fields[i], fields.Fields[i].Type) is >= 0 and var found)
                    {
                        return found;
                    }
                }

                return -1;
            case (ListColumn list, _):
                var entries = (RowColumn)list.Elements;
                var own = entries.NullCount > 0 || entries.Fields[0].NullCount > 0 ? FindNull(list, entries) : -1;
                return own < 0 && type is MapType map ? FindNull(entries.Fields[1], map.Value) : own;
            default:
                return -1;
        }
    }

    private static int FindNull(ListColumn list, RowColumn entries)
    {
        var offsets = list.Offsets;
        for (var row = 0; row < list.Length; row++)
        {
            for (var i = offsets[row]; i < offsets[row + 1]; i++)
            {
                if (!entries.IsValid(i) || !entries.Fields[0].IsValid(i))
                {
                    return row;
                }
            }
        }

        return -1;
    }
}
