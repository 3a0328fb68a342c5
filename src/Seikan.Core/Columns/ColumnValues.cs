namespace Seikan.Core;

/// <summary>Compares values of columns of the same type.</summary>
public static class ColumnValues
{
    /// <summary>Whether two values are the same; two nulls are. Floats are compared by their bits, so NaN equals NaN and 0 differs from -0.</summary>
    /// <param name="a">A column.</param>
    /// <param name="i">A row of it.</param>
    /// <param name="b">A column of the same kind.</param>
    /// <param name="j">A row of it.</param>
    public static bool Equal(Column a, int i, Column b, int j)
    {
        var isPresent = a.IsValid(i);
        if (isPresent != b.IsValid(j) || !isPresent)
        {
            return isPresent == b.IsValid(j);
        }

        return (a, b) switch
        {
            (BitColumn x, BitColumn y) => x[i] == y[j],
            (FixedColumn<sbyte> x, FixedColumn<sbyte> y) => x.Values[i] == y.Values[j],
            (FixedColumn<short> x, FixedColumn<short> y) => x.Values[i] == y.Values[j],
            (FixedColumn<int> x, FixedColumn<int> y) => x.Values[i] == y.Values[j],
            (FixedColumn<long> x, FixedColumn<long> y) => x.Values[i] == y.Values[j],
            (FixedColumn<float> x, FixedColumn<float> y) => BitConverter.SingleToInt32Bits(x.Values[i]) == BitConverter.SingleToInt32Bits(y.Values[j]),
            (FixedColumn<double> x, FixedColumn<double> y) => BitConverter.DoubleToInt64Bits(x.Values[i]) == BitConverter.DoubleToInt64Bits(y.Values[j]),
            (FixedColumn<Int128> x, FixedColumn<Int128> y) => x.Values[i] == y.Values[j],
            (FixedColumn<Int256> x, FixedColumn<Int256> y) => x.Values[i] == y.Values[j],
            (BytesColumn x, BytesColumn y) => x[i].SequenceEqual(y[j]),
            (VectorColumn x, VectorColumn y) => x[i].SequenceEqual(y[j]),
            (OffsetTimestampColumn x, OffsetTimestampColumn y) => x.Utc[i] == y.Utc[j] && x.OffsetMinutes[i] == y.OffsetMinutes[j],
            (ListColumn x, ListColumn y) => EqualLists(x, i, y, j),
            (RowColumn x, RowColumn y) => x.Fields.Length == y.Fields.Length && x.Fields.Zip(y.Fields).All(f => Equal(f.First, i, f.Second, j)),
            _ => false,
        };
    }

    private static bool EqualLists(ListColumn a, int i, ListColumn b, int j)
    {
        var (start, other) = (a.Offsets[i], b.Offsets[j]);
        var count = a.Offsets[i + 1] - start;
        if (count != b.Offsets[j + 1] - other)
        {
            return false;
        }

        for (var k = 0; k < count; k++)
        {
            if (!Equal(a.Elements, start + k, b.Elements, other + k))
            {
                return false;
            }
        }

        return true;
    }
}
