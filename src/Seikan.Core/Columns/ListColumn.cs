namespace Seikan.Core;

/// <summary>ARRAY and MAP; the elements of a map are a <see cref="RowColumn"/> of key and value.</summary>
public sealed class ListColumn : Column
{
    private readonly ColumnBuffer _offsets;

    /// <summary>Takes the buffers and the reference to the elements over. The first offset must be 0, and none may be below the one before.</summary>
    public ListColumn(int length, int nullCount, ColumnBuffer validity, ColumnBuffer offsets, Column elements)
        : base(length, nullCount, validity)
    {
        offsets.Require((length + 1L) * sizeof(int), "offsets");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offsets.As<int>(length + 1)[length], elements.Length, nameof(offsets));
        (_offsets, Elements) = (offsets, elements);
    }

    /// <summary>Where each list starts in <see cref="Elements"/>, and one more for the end: Length + 1.</summary>
    public ReadOnlySpan<int> Offsets
    {
        get
        {
            CheckAlive();
            return _offsets.As<int>(Length + 1);
        }
    }

    /// <summary>The elements of all lists. Borrowed.</summary>
    public Column Elements { get; }

    /// <summary>The buffer of the offsets.</summary>
    public ColumnBuffer OffsetsBuffer => _offsets;

    /// <inheritdoc/>
    public override long SizeBytes => ValidityBytes + ((Length + 1) * 4L) + Elements.SizeBytes;

    internal override bool ValueEquals(int row, Column other, int otherRow)
    {
        var with = (ListColumn)other;
        var (start, otherStart) = (Offsets[row], with.Offsets[otherRow]);
        var count = Offsets[row + 1] - start;
        if (count != with.Offsets[otherRow + 1] - otherStart)
        {
            return false;
        }

        for (var i = 0; i < count; i++)
        {
            if (!ColumnValues.Equal(Elements, start + i, with.Elements, otherStart + i))
            {
                return false;
            }
        }

        return true;
    }

    private protected override void FreeValues()
    {
        _offsets.Free();
        Elements.Release();
    }
}
