namespace Seikan.Core;

/// <summary>Compares values of columns of the same type.</summary>
public static class ColumnValues
{
    /// <summary>Whether two values are the same; two nulls are. Floats are compared by their bits, so NaN equals NaN and 0 differs from -0.</summary>
    /// <param name="a">A column.</param>
    /// <param name="i">A row of it.</param>
    /// <param name="b">A column; of another kind, no present value equals.</param>
    /// <param name="j">A row of it.</param>
    public static bool Equal(Column a, int i, Column b, int j)
    {
        var isPresent = a.IsValid(i);
        if (isPresent != b.IsValid(j) || !isPresent)
        {
            return isPresent == b.IsValid(j);
        }

        return a.GetType() == b.GetType() && a.ValueEquals(i, b, j);
    }
}
