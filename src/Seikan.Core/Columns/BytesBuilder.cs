using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Seikan.Core;

/// <summary>Builds a <see cref="BytesColumn"/>.</summary>
public sealed class BytesBuilder : ColumnBuilder
{
    // Room asked for in advance may be this many times what comes: no text encoding takes more UTF-8 bytes for one of its own.
    private const int MostExpansion = 4;

    // Values of so many bytes are copied in one piece.
    private const int ShortBytes = 32;

    private readonly int _valueBytes;
    private byte[] _offsets;
    private byte[] _data;
    private int _used;

    // Offsets there is room for, without the leading 0.
    private int _capacity;

    internal BytesBuilder(BuilderScope scope)
        : base(scope)
    {
        _valueBytes = scope.ValueBytes;
        _offsets = Pool.Rent(scope.StartBytes);
        _data = Pool.Rent(scope.StartBytes);
        _capacity = (_offsets.Length / sizeof(int)) - 1;
        At<int>(_offsets, 0) = 0;
    }

    /// <inheritdoc/>
    public override long SizeBytes => ValidityBytes + ((Count + 1) * 4L) + _used;

    /// <summary>Appends a value. Text must be valid UTF-8.</summary>
    /// <exception cref="SeikanException">DAT-0002: the value is above max-value-bytes.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(ReadOnlySpan<byte> value)
    {
        if (value.Length > _data.Length - _used || value.Length > _valueBytes)
        {
            GrowFor(value.Length);
        }

        var used = _used;
        value.CopyTo(MemoryMarshal.CreateSpan(ref At<byte>(_data, used), value.Length));
        EndValue(used + value.Length);
    }

    /// <summary>
    /// Appends a value that stands in a larger buffer. Faster than <see cref="Append(ReadOnlySpan{byte})"/> for short values of changing length: bytes
    /// behind the value may be read, so that nothing branches on its length.
    /// </summary>
    /// <param name="buffer">Holds the value.</param>
    /// <param name="start">Where it starts.</param>
    /// <param name="length">Its bytes.</param>
    /// <exception cref="SeikanException">DAT-0002: the value is above max-value-bytes.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(ReadOnlySpan<byte> buffer, int start, int length)
    {
        var used = _used;
        if ((uint)length <= (uint)ShortBytes && (uint)start <= (uint)buffer.Length && buffer.Length - start >= ShortBytes
            && _data.Length - used >= ShortBytes && length <= _valueBytes)
        {
            Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(buffer), (nuint)start).StoreUnsafe(ref At<byte>(_data, used));
            EndValue(used + length);
        }
        else
        {
            Append(buffer.Slice(start, length));
        }
    }

    /// <summary>Appends present values of one length to be filled in by the caller, at once and completely. Text must be valid UTF-8.</summary>
    /// <param name="rows">How many.</param>
    /// <param name="bytes">Bytes of each.</param>
    /// <returns>Where they go, one behind the other; valid until the next call.</returns>
    /// <exception cref="SeikanException">DAT-0002: the values are above max-value-bytes.</exception>
    public Span<byte> AppendMany(int rows, int bytes)
    {
        var (start, all) = (_used, checked(rows * bytes));
        if (bytes > _valueBytes)
        {
            RefuseValue(bytes);
        }

        if (all > _data.Length - start)
        {
            _data = Grow(_data, start, start + (long)all);
        }

        if (Count + rows > _capacity)
        {
            _offsets = Grow(_offsets, (Count + 1) * sizeof(int), (Count + rows + 1L) * sizeof(int));
            _capacity = (_offsets.Length / sizeof(int)) - 1;
        }

        var offsets = MemoryMarshal.CreateSpan(ref At<int>(_offsets, Count + 1), rows);
        for (var i = 0; i < offsets.Length; i++)
        {
            offsets[i] = start + ((i + 1) * bytes);
        }

        _used += all;
        AppendedMany(rows);
        return _data.AsSpan(start, all);
    }

    /// <summary>Room for a value to be written in place; follow with <see cref="Commit"/>.</summary>
    /// <param name="bytes">Most bytes of the value; may be above max-value-bytes when the value itself is not.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Reserve(int bytes)
    {
        if ((uint)bytes > (uint)(_data.Length - _used))
        {
            GrowData(bytes);
        }

        return MemoryMarshal.CreateSpan(ref At<byte>(_data, _used), bytes);
    }

    /// <summary>Appends what was written into <see cref="Reserve"/>.</summary>
    /// <param name="bytes">Bytes of the value, at most what was reserved.</param>
    /// <exception cref="SeikanException">DAT-0002: the value is above max-value-bytes.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Commit(int bytes)
    {
        if ((uint)bytes > (uint)Math.Min(_data.Length - _used, _valueBytes))
        {
            RefuseCommit(bytes);
        }

        EndValue(_used + bytes);
    }

    private protected override void AppendValue(Column source, int row) => Append(((BytesColumn)source)[row]);

    private protected override void AppendDefault() => WriteOffset(Count, _used);

    private protected override void TruncateValues(int count) => _used = At<int>(_offsets, count);

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
        (_offsets, _data, _capacity, _used) = ([], [], 0, 0);
        return new BytesColumn(Count, NullCount, validity, offsets, data);
    }

    private protected override void DisposeValues()
    {
        if (_offsets.Length > 0)
        {
            Pool.Return(_offsets);
            Pool.Return(_data);
            (_offsets, _data, _capacity, _used) = ([], [], 0, 0);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void EndValue(int used)
    {
        var row = Count;
        _used = used;
        WriteOffset(row, used);
        Appended(row);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WriteOffset(int row, int used)
    {
        if (row >= _capacity)
        {
            GrowOffsets();
        }

        At<int>(_offsets, row + 1) = used;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void GrowOffsets()
    {
        _offsets = Grow(_offsets, (Count + 1) * sizeof(int), (Count + 2L) * sizeof(int));
        _capacity = (_offsets.Length / sizeof(int)) - 1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void GrowFor(int bytes)
    {
        if (bytes > _valueBytes)
        {
            RefuseValue(bytes);
        }

        GrowData(bytes);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void GrowData(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        if (bytes / MostExpansion > _valueBytes)
        {
            RefuseValue(bytes);
        }

        _data = Grow(_data, _used, _used + (long)bytes);
    }

    [DoesNotReturn]
    private void RefuseCommit(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)bytes, (uint)(_data.Length - _used), nameof(bytes));
        RefuseValue(bytes);
    }

    [DoesNotReturn]
    private void RefuseValue(int bytes) => throw Refusal(
        DataErrors.ValueTooLarge, $"a value of column \"{Name}\" has {bytes} bytes; at most {_valueBytes} are allowed");
}
