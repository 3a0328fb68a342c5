namespace Seikan.Core;

/// <summary>Builds a <see cref="VectorColumn"/>.</summary>
public sealed class VectorBuilder : ColumnBuilder
{
    private readonly int _width;
    private byte[] _data;

    internal VectorBuilder(BuilderScope scope, int byteWidth)
        : base(scope)
    {
        _width = byteWidth;
        _data = Pool.Rent(byteWidth);
    }

    /// <inheritdoc/>
    public override long SizeBytes => ValidityBytes + ((long)Count * _width);

    /// <summary>Appends a value.</summary>
    /// <param name="value">Exactly the bytes of one vector.</param>
    public void Append(ReadOnlySpan<byte> value)
    {
        if (value.Length != _width)
        {
            throw new ArgumentException($"a vector of {_width} bytes is wanted, not of {value.Length}", nameof(value));
        }

        value.CopyTo(Slot());
        Appended();
    }

    private protected override void AppendValue(Column source, int row) => Append(((VectorColumn)source)[row]);

    private protected override void AppendDefault() => Slot().Clear();

    private protected override void TruncateValues(int count)
    {
    }

    private protected override void AppendOwn(int row)
    {
        var to = Slot();
        _data.AsSpan(row * _width, _width).CopyTo(to);
        Appended();
    }

    private protected override Column BuildColumn(ColumnBuffer validity)
    {
        var data = ColumnBuffer.Pooled(_data, Pool);
        _data = [];
        return new VectorColumn(Count, NullCount, validity, _width, data);
    }

    private protected override void DisposeValues()
    {
        if (_data.Length > 0)
        {
            Pool.Return(_data);
            _data = [];
        }
    }

    private Span<byte> Slot()
    {
        if ((Count + 1L) * _width > _data.Length)
        {
            _data = Grow(_data, Count * _width, (Count + 1L) * _width);
        }

        return _data.AsSpan(Count * _width, _width);
    }
}
