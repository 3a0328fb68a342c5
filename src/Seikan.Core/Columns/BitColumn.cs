namespace Seikan.Core;

/// <summary>BOOLEAN, 64 rows a word.</summary>
public sealed class BitColumn : Column
{
    private readonly ColumnBuffer _bits;

    /// <summary>Takes the buffers over.</summary>
    public BitColumn(int length, int nullCount, ColumnBuffer validity, ColumnBuffer bits)
        : base(length, nullCount, validity)
    {
        bits.Require(BitBytes(length), "bits");
        _bits = bits;
    }

    /// <summary>The values, lowest bit first. Bits behind the last row are arbitrary.</summary>
    public ReadOnlySpan<ulong> Bits
    {
        get
        {
            CheckAlive();
            return _bits.As<ulong>((Length + 63) >> 6);
        }
    }

    /// <summary>The buffer of the values.</summary>
    public ColumnBuffer BitsBuffer => _bits;

    /// <inheritdoc/>
    public override long SizeBytes => ValidityBytes + BitBytes(Length);

    /// <summary>One value.</summary>
    public bool this[int row] => (Bits[row >> 6] >> (row & 63) & 1) != 0;

    internal override bool ValueEquals(int row, Column other, int otherRow) => this[row] == ((BitColumn)other)[otherRow];

    private protected override void FreeValues() => _bits.Free();
}
