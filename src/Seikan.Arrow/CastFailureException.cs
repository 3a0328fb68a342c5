namespace Seikan.Arrow;

/// <summary>A value does not fit the type it was asked in. Whoever knows file and column turns it into a diagnostic.</summary>
/// <param name="row">Which value of the column or of its elements.</param>
/// <param name="reason">What is wrong with it; lower case, no full stop.</param>
internal sealed class CastFailureException(int row, string reason) : Exception(reason)
{
    /// <summary>Which value.</summary>
    public int Row { get; } = row;
}
