namespace Seikan.Core;

/// <summary>All null; no values.</summary>
public sealed class NullColumn : Column
{
    /// <summary>Makes a column of nulls.</summary>
    /// <param name="length">How many.</param>
    public NullColumn(int length)
        : this(length, ColumnBuffer.Foreign(new byte[BitBytes(length)], null))
    {
    }

    /// <summary>Takes a bitmap of zeros over.</summary>
    internal NullColumn(int length, ColumnBuffer validity)
        : base(length, length, validity)
    {
    }

    /// <inheritdoc/>
    public override long SizeBytes => ValidityBytes;

    internal override bool ValueEquals(int row, Column other, int otherRow) => true;

    private protected override void FreeValues()
    {
    }
}
