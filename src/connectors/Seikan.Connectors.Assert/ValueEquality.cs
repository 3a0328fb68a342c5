using Seikan.Core;

namespace Seikan.Connectors.AssertSink;

/// <summary>Whether two values of a type are the same; the order of a map's entries does not count.</summary>
internal static class ValueEquality
{
    /// <summary>Compares; two nulls are the same.</summary>
    public static bool Equal(DataType type, Column a, int i, Column b, int j)
    {
        if (!a.IsValid(i) || !b.IsValid(j))
        {
            return a.IsValid(i) == b.IsValid(j);
        }

        return type switch
        {
            ArrayType array => EqualLists(array.Element, (ListColumn)a, i, (ListColumn)b, j),
            MapType map => EqualMaps(map.Key, map.Value, (ListColumn)a, i, (ListColumn)b, j),
            RowType row => row.Fields.Select((f, n) => Equal(f.Type, ((RowColumn)a).Fields[n], i, ((RowColumn)b).Fields[n], j)).All(same => same),
            { Kind: TypeKind.SparseFloatVector } => EqualMaps(DataType.Int, DataType.Float, (ListColumn)a, i, (ListColumn)b, j),
            { Kind: TypeKind.Float } => ((FixedColumn<float>)a).Values[i].Equals(((FixedColumn<float>)b).Values[j]),
            { Kind: TypeKind.Double } => ((FixedColumn<double>)a).Values[i].Equals(((FixedColumn<double>)b).Values[j]),
            { Kind: TypeKind.TimestampTz } => ((OffsetTimestampColumn)a).Utc[i] == ((OffsetTimestampColumn)b).Utc[j], // the same moment
            _ => ColumnValues.Equal(a, i, b, j),
        };
    }

    private static bool EqualLists(DataType element, ListColumn a, int i, ListColumn b, int j)
    {
        var (start, other) = (a.Offsets[i], b.Offsets[j]);
        var count = a.Offsets[i + 1] - start;
        if (count != b.Offsets[j + 1] - other)
        {
            return false;
        }

        for (var k = 0; k < count; k++)
        {
            if (!Equal(element, a.Elements, start + k, b.Elements, other + k))
            {
                return false;
            }
        }

        return true;
    }

    private static bool EqualMaps(DataType key, DataType value, ListColumn a, int i, ListColumn b, int j)
    {
        var (from, to) = (((RowColumn)a.Elements).Fields, ((RowColumn)b.Elements).Fields);
        if (a.Offsets[i + 1] - a.Offsets[i] != b.Offsets[j + 1] - b.Offsets[j])
        {
            return false;
        }

        for (var entry = a.Offsets[i]; entry < a.Offsets[i + 1]; entry++)
        {
            var isFound = false;
            for (var other = b.Offsets[j]; other < b.Offsets[j + 1] && !isFound; other++)
            {
                isFound = Equal(key, from[0], entry, to[0], other) && Equal(value, from[1], entry, to[1], other);
            }

            if (!isFound)
            {
                return false;
            }
        }

        return true;
    }
}
