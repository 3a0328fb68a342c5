using System.Runtime.CompilerServices;

namespace Seikan.Core;

/// <summary>STRING (UTF-8) and BYTES.</summary>
public sealed class BytesColumn : Column
{
    private readonly ColumnBuffer _offsets;
    private readonly ColumnBuffer _data;

    /// <summary>Takes the buffers over. The first offset must be 0, and none may be below the one before.</summary>
    public BytesColumn(int length, int nullCount, ColumnBuffer validity, ColumnBuffer offsets, ColumnBuffer data)
        : base(length, nullCount, validity)
    {
        offsets.Require((length + 1L) * sizeof(int), "offsets");
        DataBytes = offsets.As<int>(length + 1)[length];
        data.Require(DataBytes, "data");
        (_offsets, _data) = (offsets, data);
    }

    /// <summary>Where each value starts in <see cref="Data"/>, and one more for the end: Length + 1.</summary>
    public ReadOnlySpan<int> Offsets
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            CheckAlive();
            return _offsets.As<int>(Length + 1);
        }
    }

    /// <summary>All values, one behind the other.</summary>
    public ReadOnlySpan<byte> Data
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            CheckAlive();
            return _data.As<byte>(DataBytes);
        }
    }

    /// <summary>The buffer of the offsets.</summary>
    public ColumnBuffer OffsetsBuffer => _offsets;

    /// <summary>The buffer of the bytes; empty when all values are.</summary>
    public ColumnBuffer DataBuffer => _data;

    /// <inheritdoc/>
    public override long SizeBytes => ValidityBytes + ((Length + 1) * 4L) + DataBytes;

    private int DataBytes { get; }

    /// <summary>One value.</summary>
    public ReadOnlySpan<byte> this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var offsets = Offsets;
            var start = offsets[row];
            return Data.Slice(start, offsets[row + 1] - start);
        }
    }

    internal override bool ValueEquals(int row, Column other, int otherRow) => this[row].SequenceEqual(((BytesColumn)other)[otherRow]);

    private protected override void FreeValues()
    {
        _offsets.Free();
        _data.Free();
    }
}
