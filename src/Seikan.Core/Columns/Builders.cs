using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Seikan.Core;

/// <summary>Builds a <see cref="NullColumn"/>: only AppendNull.</summary>
public sealed class NullBuilder : ColumnBuilder
{
    internal NullBuilder(BuilderScope scope)
        : base(scope)
    {
    }

    /// <inheritdoc/>
    public override long SizeBytes => 0;

    private protected override void AppendValue(Column source, int row) => AppendNull();

    private protected override void AppendDefault() => Appended();

    private protected override void RemoveLastValue()
    {
    }

    private protected override void AppendOwn(int row) => AppendNull();

    private protected override Column BuildColumn(ColumnBuffer validity)
    {
        validity.Free();
        return new NullColumn(Count);
    }

    private protected override void DisposeValues()
    {
    }
}

/// <summary>Builds a <see cref="BitColumn"/>.</summary>
public sealed class BitBuilder : ColumnBuilder
{
    private byte[] _bits;

    internal BitBuilder(BuilderScope scope)
        : base(scope) =>
        _bits = Pool.Rent(64);

    /// <inheritdoc/>
    public override long SizeBytes => ValidityBytes + ((Count + 7) >> 3);

    /// <summary>Appends a value.</summary>
    public void Append(bool value)
    {
        if (Count >> 3 >= _bits.Length)
        {
            _bits = Grow(_bits, _bits.Length, _bits.Length * 2);
        }

        ref var cell = ref _bits[Count >> 3];
        var bit = 1 << (Count & 7);
        cell = (byte)(value ? cell | bit : cell & ~bit);
        Appended();
    }

    private protected override void AppendValue(Column source, int row) => Append(((BitColumn)source)[row]);

    private protected override void AppendDefault() => Append(false);

    private protected override void RemoveLastValue()
    {
    }

    private protected override void AppendOwn(int row) => Append((_bits[row >> 3] >> (row & 7) & 1) != 0);

    private protected override Column BuildColumn(ColumnBuffer validity) => new BitColumn(Count, NullCount, validity, Take());

    private protected override void DisposeValues()
    {
        if (_bits.Length > 0)
        {
            Pool.Return(_bits);
            _bits = [];
        }
    }

    private ColumnBuffer Take()
    {
        var bits = ColumnBuffer.Pooled(_bits, Pool);
        _bits = [];
        return bits;
    }
}

/// <summary>Builds a <see cref="FixedColumn{T}"/>.</summary>
/// <typeparam name="T">sbyte, short, int, long, float, double, Int128 or Int256.</typeparam>
public sealed class FixedBuilder<T> : ColumnBuilder
    where T : unmanaged
{
    private byte[] _values;
    private int _capacity;

    internal FixedBuilder(BuilderScope scope)
        : base(scope)
    {
        _values = Pool.Rent(64);
        _capacity = _values.Length / Unsafe.SizeOf<T>();
    }

    /// <inheritdoc/>
    public override long SizeBytes => ValidityBytes + ((long)Count * Unsafe.SizeOf<T>());

    /// <summary>Appends a value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(T value)
    {
        if (Count >= _capacity)
        {
            Reserve(1);
        }

        At<T>(_values, Count) = value;
        Appended();
    }

    /// <summary>Appends present values to be filled in by the caller, at once and completely.</summary>
    /// <param name="rows">How many.</param>
    /// <returns>Where they go; valid until the next call.</returns>
    public Span<T> AppendMany(int rows)
    {
        Reserve(rows);
        var start = Count;
        AppendedMany(rows);
        return MemoryMarshal.CreateSpan(ref At<T>(_values, start), rows);
    }

    /// <summary>A value appended before.</summary>
    internal T Read(int row) => At<T>(_values, row);

    private protected override void AppendValue(Column source, int row) => Append(((FixedColumn<T>)source).Values[row]);

    private protected override void AppendDefault() => Append(default);

    private protected override void RemoveLastValue()
    {
    }

    private protected override void AppendOwn(int row) => Append(At<T>(_values, row));

    private protected override Column BuildColumn(ColumnBuffer validity)
    {
        var values = ColumnBuffer.Pooled(_values, Pool);
        _values = [];
        _capacity = 0;
        return new FixedColumn<T>(Count, NullCount, validity, values);
    }

    private protected override void DisposeValues()
    {
        if (_values.Length > 0)
        {
            Pool.Return(_values);
            _values = [];
            _capacity = 0;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Reserve(int rows)
    {
        if (Count + rows > _capacity)
        {
            _values = Grow(_values, Count * Unsafe.SizeOf<T>(), checked((Count + rows) * Unsafe.SizeOf<T>()));
            _capacity = _values.Length / Unsafe.SizeOf<T>();
        }
    }
}

/// <summary>Builds a <see cref="BytesColumn"/>.</summary>
public sealed class BytesBuilder : ColumnBuilder
{
    private byte[] _offsets;
    private byte[] _data;
    private int _used;

    internal BytesBuilder(BuilderScope scope)
        : base(scope)
    {
        _offsets = Pool.Rent(64);
        _data = Pool.Rent(64);
        At<int>(_offsets, 0) = 0;
    }

    /// <inheritdoc/>
    public override long SizeBytes => ValidityBytes + ((Count + 1) * 4L) + _used;

    /// <summary>Appends a value. Text must be valid UTF-8.</summary>
    /// <exception cref="SeikanException">DAT-0002: the value is above max-value-bytes.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(ReadOnlySpan<byte> value)
    {
        var to = Reserve(value.Length);
        value.CopyTo(to);
        Commit(value.Length);
    }

    /// <summary>Room for a value to be written in place; follow with <see cref="Commit"/>.</summary>
    /// <param name="bytes">Most bytes of the value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Reserve(int bytes)
    {
        if ((uint)bytes > (uint)(_data.Length - _used) || bytes > Scope.ValueBytes)
        {
            GrowData(bytes);
        }

        return MemoryMarshal.CreateSpan(ref At<byte>(_data, _used), bytes);
    }

    /// <summary>Appends what was written into <see cref="Reserve"/>.</summary>
    /// <param name="bytes">Bytes of the value, at most what was reserved.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Commit(int bytes)
    {
        _used += bytes;
        if ((Count + 2) * 4 > _offsets.Length)
        {
            _offsets = Grow(_offsets, (Count + 1) * 4, (Count + 2) * 4);
        }

        At<int>(_offsets, Count + 1) = _used;
        Appended();
    }

    private protected override void AppendValue(Column source, int row) => Append(((BytesColumn)source)[row]);

    private protected override void AppendDefault() => Commit(0);

    private protected override void RemoveLastValue() => _used = At<int>(_offsets, Count - 1);

    private protected override void AppendOwn(int row)
    {
        var (start, end) = (At<int>(_offsets, row), At<int>(_offsets, row + 1));
        var to = Reserve(end - start);
        _data.AsSpan(start, end - start).CopyTo(to);
        Commit(end - start);
    }

    private protected override Column BuildColumn(ColumnBuffer validity)
    {
        var (offsets, data) = (ColumnBuffer.Pooled(_offsets, Pool), ColumnBuffer.Pooled(_data, Pool));
        (_offsets, _data) = ([], []);
        return new BytesColumn(Count, NullCount, validity, offsets, data);
    }

    private protected override void DisposeValues()
    {
        if (_offsets.Length > 0)
        {
            Pool.Return(_offsets);
            Pool.Return(_data);
            (_offsets, _data) = ([], []);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void GrowData(int bytes)
    {
        if (bytes > Scope.ValueBytes)
        {
            throw new SeikanException(new Diagnostic(
                DataErrors.ValueTooLarge, $"a value of column \"{Name}\" has {bytes} bytes; at most {Scope.ValueBytes} are allowed"));
        }

        _data = Grow(_data, _used, checked(_used + bytes));
    }
}

/// <summary>Builds an <see cref="OffsetTimestampColumn"/>.</summary>
public sealed class OffsetTimestampBuilder : ColumnBuilder
{
    private readonly FixedBuilder<long> _utc;
    private readonly FixedBuilder<short> _offsets;

    internal OffsetTimestampBuilder(BuilderScope scope)
        : base(scope)
    {
        _utc = new FixedBuilder<long>(scope);
        _offsets = new FixedBuilder<short>(scope);
    }

    /// <inheritdoc/>
    public override long SizeBytes => ValidityBytes + (Count * 10L);

    /// <summary>Appends a value.</summary>
    /// <param name="utcMicroseconds">Microseconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="offsetMinutes">Minutes east of UTC, -1,080 to 1,080.</param>
    public void Append(long utcMicroseconds, short offsetMinutes)
    {
        _utc.Append(utcMicroseconds);
        _offsets.Append(offsetMinutes);
        Appended();
    }

    private protected override void AppendValue(Column source, int row)
    {
        var from = (OffsetTimestampColumn)source;
        Append(from.Utc[row], from.OffsetMinutes[row]);
    }

    private protected override void AppendDefault() => Append(0, 0);

    private protected override void RemoveLastValue()
    {
        _utc.RemoveLast();
        _offsets.RemoveLast();
    }

    private protected override void AppendOwn(int row)
    {
        _utc.AppendOwnValue(row);
        _offsets.AppendOwnValue(row);
        Appended();
    }

    private protected override Column BuildColumn(ColumnBuffer validity) => new OffsetTimestampColumn(
        Count, NullCount, validity, ((FixedColumn<long>)_utc.Build()).ValuesBuffer, ((FixedColumn<short>)_offsets.Build()).ValuesBuffer);

    private protected override void DisposeValues()
    {
        _utc.Dispose();
        _offsets.Dispose();
    }
}

/// <summary>Builds a <see cref="ListColumn"/>: append to <see cref="Elements"/>, then <see cref="EndList"/>.</summary>
public sealed class ListBuilder : ColumnBuilder
{
    private readonly FixedBuilder<int> _offsets;

    internal ListBuilder(BuilderScope scope, ColumnBuilder elements)
        : base(scope)
    {
        Elements = elements;
        _offsets = new FixedBuilder<int>(scope);
        _offsets.Append(0);
    }

    /// <summary>Takes the elements; for a map a <see cref="RowBuilder"/> of key and value.</summary>
    public ColumnBuilder Elements { get; }

    /// <inheritdoc/>
    public override long SizeBytes => ValidityBytes + _offsets.SizeBytes + Elements.SizeBytes;

    /// <summary>The elements appended since the last list are one value.</summary>
    public void EndList()
    {
        _offsets.Append(Elements.Count);
        Appended();
    }

    private protected override void AppendValue(Column source, int row)
    {
        var from = (ListColumn)source;
        for (var i = from.Offsets[row]; i < from.Offsets[row + 1]; i++)
        {
            Elements.AppendFrom(from.Elements, i);
        }

        EndList();
    }

    private protected override void AppendDefault() => EndList();

    // An absent list added no element.
    private protected override void RemoveLastValue() => _offsets.RemoveLast();

    private protected override void AppendOwn(int row)
    {
        var (start, end) = (_offsets.Read(row), _offsets.Read(row + 1));
        for (var i = start; i < end; i++)
        {
            Elements.AppendOwnValue(i);
        }

        EndList();
    }

    private protected override Column BuildColumn(ColumnBuffer validity) =>
        new ListColumn(Count, NullCount, validity, ((FixedColumn<int>)_offsets.Build()).ValuesBuffer, Elements.Build());

    private protected override void DisposeValues()
    {
        _offsets.Dispose();
        Elements.Dispose();
    }
}

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

    private protected override void AppendDefault()
    {
        Slot().Clear();
        Appended();
    }

    private protected override void RemoveLastValue()
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
            _data = Grow(_data, Count * _width, checked((Count + 1) * _width));
        }

        return _data.AsSpan(Count * _width, _width);
    }
}

/// <summary>Builds a <see cref="RowColumn"/>: append to each field, then <see cref="EndValue"/>.</summary>
public sealed class RowBuilder : ColumnBuilder
{
    internal RowBuilder(BuilderScope scope, ImmutableArray<ColumnBuilder> fields)
        : base(scope) =>
        Fields = fields;

    /// <summary>The fields.</summary>
    public ImmutableArray<ColumnBuilder> Fields { get; }

    /// <inheritdoc/>
    public override long SizeBytes => ValidityBytes + Fields.Sum(f => f.SizeBytes);

    /// <summary>The values appended to the fields are one row.</summary>
    public void EndValue() => Appended();

    private protected override void AppendValue(Column source, int row)
    {
        var from = (RowColumn)source;
        for (var i = 0; i < Fields.Length; i++)
        {
            Fields[i].AppendFrom(from.Fields[i], row);
        }

        EndValue();
    }

    private protected override void AppendDefault()
    {
        foreach (var field in Fields)
        {
            field.AppendNull();
        }

        Appended();
    }

    private protected override void RemoveLastValue()
    {
        foreach (var field in Fields)
        {
            field.RemoveLast();
        }
    }

    private protected override void AppendOwn(int row)
    {
        foreach (var field in Fields)
        {
            field.AppendOwnValue(row);
        }

        EndValue();
    }

    private protected override Column BuildColumn(ColumnBuffer validity) =>
        new RowColumn(Count, NullCount, validity, [.. Fields.Select(f => f.Build())]);

    private protected override void DisposeValues()
    {
        foreach (var field in Fields)
        {
            field.Dispose();
        }
    }
}
