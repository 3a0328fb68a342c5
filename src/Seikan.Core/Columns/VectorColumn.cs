namespace Seikan.Core;

/// <summary>Vectors: the same number of bytes for each value.</summary>
public sealed class VectorColumn : Column
{
    private readonly ColumnBuffer _data;

    /// <summary>Takes the buffers over.</summary>
    public VectorColumn(int length, int nullCount, ColumnBuffer validity, int byteWidth, ColumnBuffer data)
        : base(length, nullCount, validity)
    {
        data.Require((long)length * byteWidth, "values");
        (ByteWidth, _data) = (byteWidth, data);
    }

    /// <summary>Bytes a value.</summary>
    public int ByteWidth { get; }

    /// <summary>All values, one behind the other.</summary>
    public ReadOnlySpan<byte> Data
    {
        get
        {
            CheckAlive();
            return _data.As<byte>(Length * ByteWidth);
        }
    }

    /// <summary>The buffer of the values.</summary>
    public ColumnBuffer DataBuffer => _data;

    /// <inheritdoc/>
    public override long SizeBytes => ValidityBytes + ((long)Length * ByteWidth);

    /// <summary>One value.</summary>
    public ReadOnlySpan<byte> this[int row] => Data.Slice(row * ByteWidth, ByteWidth);

    internal override bool ValueEquals(int row, Column other, int otherRow) => this[row].SequenceEqual(((VectorColumn)other)[otherRow]);

    private protected override void FreeValues() => _data.Free();
}
