using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Seikan.Core;

/// <summary>All null; no buffers.</summary>
public sealed class NullColumn : Column
{
    /// <summary>Makes a column of nulls.</summary>
    public NullColumn(int length)
        : base(length, length, ColumnBuffer.Foreign(new byte[((length + 63) >> 6) * 8], null))
    {
    }

    /// <inheritdoc/>
    public override long SizeBytes => 0;

    private protected override void FreeValues()
    {
    }
}

/// <summary>BOOLEAN, 64 rows a word.</summary>
public sealed class BitColumn : Column
{
    private readonly ColumnBuffer _bits;

    /// <summary>Takes the buffers over.</summary>
    public BitColumn(int length, int nullCount, ColumnBuffer validity, ColumnBuffer bits)
        : base(length, nullCount, validity) =>
        _bits = bits;

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
    public override long SizeBytes => ValidityBytes + (((Length + 63) >> 6) * 8);

    /// <summary>One value.</summary>
    public bool this[int row] => (Bits[row >> 6] >> (row & 63) & 1) != 0;

    private protected override void FreeValues() => _bits.Free();
}

/// <summary>Integers, floats, decimals, date, time, timestamp.</summary>
/// <typeparam name="T">sbyte, short, int, long, float, double, Int128 or Int256.</typeparam>
public sealed class FixedColumn<T> : Column
    where T : unmanaged
{
    private readonly ColumnBuffer _values;

    /// <summary>Takes the buffers over.</summary>
    public FixedColumn(int length, int nullCount, ColumnBuffer validity, ColumnBuffer values)
        : base(length, nullCount, validity) =>
        _values = values;

    /// <summary>The values.</summary>
    public ReadOnlySpan<T> Values
    {
        get
        {
            CheckAlive();
            return _values.As<T>(Length);
        }
    }

    /// <summary>The buffer of the values.</summary>
    public ColumnBuffer ValuesBuffer => _values;

    /// <inheritdoc/>
    public override long SizeBytes => ValidityBytes + ((long)Length * Unsafe.SizeOf<T>());

    private protected override void FreeValues() => _values.Free();
}

/// <summary>STRING (UTF-8) and BYTES.</summary>
public sealed class BytesColumn : Column
{
    private readonly ColumnBuffer _offsets;
    private readonly ColumnBuffer _data;

    /// <summary>Takes the buffers over. The first offset must be 0.</summary>
    public BytesColumn(int length, int nullCount, ColumnBuffer validity, ColumnBuffer offsets, ColumnBuffer data)
        : base(length, nullCount, validity) =>
        (_offsets, _data) = (offsets, data);

    /// <summary>Where each value starts in <see cref="Data"/>, and one more for the end: Length + 1.</summary>
    public ReadOnlySpan<int> Offsets
    {
        get
        {
            CheckAlive();
            return _offsets.As<int>(Length + 1);
        }
    }

    /// <summary>All values, one behind the other.</summary>
    public ReadOnlySpan<byte> Data
    {
        get
        {
            CheckAlive();
            return _data.As<byte>(_offsets.As<int>(Length + 1)[Length]);
        }
    }

    /// <summary>The buffer of the offsets.</summary>
    public ColumnBuffer OffsetsBuffer => _offsets;

    /// <summary>The buffer of the bytes; empty when all values are.</summary>
    public ColumnBuffer DataBuffer => _data;

    /// <inheritdoc/>
    public override long SizeBytes => ValidityBytes + ((Length + 1) * 4L) + _offsets.As<int>(Length + 1)[Length];

    /// <summary>One value.</summary>
    public ReadOnlySpan<byte> this[int row]
    {
        get
        {
            var offsets = Offsets;
            return _data.As<byte>(offsets[Length])[offsets[row]..offsets[row + 1]];
        }
    }

    private protected override void FreeValues()
    {
        _offsets.Free();
        _data.Free();
    }
}

/// <summary>TIMESTAMP_TZ: UTC time and offset of each value.</summary>
public sealed class OffsetTimestampColumn : Column
{
    private readonly ColumnBuffer _utc;
    private readonly ColumnBuffer _offsets;

    /// <summary>Takes the buffers over.</summary>
    public OffsetTimestampColumn(int length, int nullCount, ColumnBuffer validity, ColumnBuffer utc, ColumnBuffer offsetMinutes)
        : base(length, nullCount, validity) =>
        (_utc, _offsets) = (utc, offsetMinutes);

    /// <summary>Microseconds since 1970-01-01T00:00:00Z.</summary>
    public ReadOnlySpan<long> Utc
    {
        get
        {
            CheckAlive();
            return _utc.As<long>(Length);
        }
    }

    /// <summary>Minutes east of UTC.</summary>
    public ReadOnlySpan<short> OffsetMinutes
    {
        get
        {
            CheckAlive();
            return _offsets.As<short>(Length);
        }
    }

    /// <summary>The buffer of the times.</summary>
    public ColumnBuffer UtcBuffer => _utc;

    /// <summary>The buffer of the offsets.</summary>
    public ColumnBuffer OffsetMinutesBuffer => _offsets;

    /// <inheritdoc/>
    public override long SizeBytes => ValidityBytes + (Length * 10L);

    private protected override void FreeValues()
    {
        _utc.Free();
        _offsets.Free();
    }
}

/// <summary>ARRAY and MAP; the elements of a map are a <see cref="RowColumn"/> of key and value.</summary>
public sealed class ListColumn : Column
{
    private readonly ColumnBuffer _offsets;

    /// <summary>Takes the buffers and the reference to the elements over. The first offset must be 0.</summary>
    public ListColumn(int length, int nullCount, ColumnBuffer validity, ColumnBuffer offsets, Column elements)
        : base(length, nullCount, validity) =>
        (_offsets, Elements) = (offsets, elements);

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

    private protected override void FreeValues()
    {
        _offsets.Free();
        Elements.Release();
    }
}

/// <summary>Vectors: the same number of bytes for each value.</summary>
public sealed class VectorColumn : Column
{
    private readonly ColumnBuffer _data;

    /// <summary>Takes the buffers over.</summary>
    public VectorColumn(int length, int nullCount, ColumnBuffer validity, int byteWidth, ColumnBuffer data)
        : base(length, nullCount, validity) =>
        (ByteWidth, _data) = (byteWidth, data);

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

    private protected override void FreeValues() => _data.Free();
}

/// <summary>ROW.</summary>
public sealed class RowColumn : Column
{
    /// <summary>Takes the buffer and the references to the fields over.</summary>
    public RowColumn(int length, int nullCount, ColumnBuffer validity, ImmutableArray<Column> fields)
        : base(length, nullCount, validity) =>
        Fields = fields;

    /// <summary>The fields, each as long as this column. Borrowed.</summary>
    public ImmutableArray<Column> Fields { get; }

    /// <inheritdoc/>
    public override long SizeBytes => ValidityBytes + Fields.Sum(f => f.SizeBytes);

    private protected override void FreeValues()
    {
        foreach (var field in Fields)
        {
            field.Release();
        }
    }
}
