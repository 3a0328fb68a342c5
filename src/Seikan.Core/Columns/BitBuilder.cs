namespace Seikan.Core;

/// <summary>Builds a <see cref="BitColumn"/>.</summary>
public sealed class BitBuilder : ColumnBuilder
{
    private byte[] _bits;

    internal BitBuilder(BuilderScope scope)
        : base(scope) =>
        _bits = Pool.Rent(scope.StartBytes);

    /// <inheritdoc/>
    public override long SizeBytes => ValidityBytes + Column.BitBytes(Count);

    /// <summary>Appends a value.</summary>
    public void Append(bool value)
    {
        Write(value);
        Appended();
    }

    private protected override void AppendValue(Column source, int row) => Append(((BitColumn)source)[row]);

    private protected override void AppendDefault() => Write(false);

    private protected override void TruncateValues(int count)
    {
    }

    private protected override void AppendOwn(int row) => Append((_bits[row >> 3] >> (row & 7) & 1) != 0);

    private protected override Column BuildColumn(ColumnBuffer validity)
    {
        var bits = ColumnBuffer.Pooled(_bits, Pool);
        _bits = [];
        return new BitColumn(Count, NullCount, validity, bits);
    }

    private protected override void DisposeValues()
    {
        if (_bits.Length > 0)
        {
            Pool.Return(_bits);
            _bits = [];
        }
    }

    private void Write(bool value)
    {
        if (Count >> 3 >= _bits.Length)
        {
            _bits = Grow(_bits, _bits.Length, _bits.Length * 2L);
        }

        ref var cell = ref _bits[Count >> 3];
        var bit = 1 << (Count & 7);
        cell = (byte)(value ? cell | bit : cell & ~bit);
    }
}
