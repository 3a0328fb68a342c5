using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Seikan.Core;

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
        _values = Pool.Rent(scope.StartBytes);
        _capacity = _values.Length / Unsafe.SizeOf<T>();
    }

    /// <inheritdoc/>
    public override long SizeBytes => ValidityBytes + ((long)Count * Unsafe.SizeOf<T>());

    /// <summary>Appends a value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(T value)
    {
        var row = Count;
        if (row >= _capacity)
        {
            Reserve(1);
        }

        At<T>(_values, row) = value;
        Appended(row);
    }

    /// <summary>Appends present values to be filled in by the caller, at once and completely.</summary>
    /// <param name="rows">How many.</param>
    /// <returns>Where they go; valid until the next call.</returns>
    public Span<T> AppendMany(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        Reserve(rows);
        var start = Count;
        AppendedMany(rows);
        return MemoryMarshal.CreateSpan(ref At<T>(_values, start), rows);
    }

    /// <summary>A value appended before.</summary>
    internal T Read(int row) => At<T>(_values, row);

    private protected override void AppendValue(Column source, int row) => Append(((FixedColumn<T>)source).Values[row]);

    private protected override void AppendDefault()
    {
        if (Count >= _capacity)
        {
            Reserve(1);
        }

        At<T>(_values, Count) = default;
    }

    private protected override void TruncateValues(int count)
    {
    }

    private protected override void AppendOwn(int row) => Append(At<T>(_values, row));

    private protected override Column BuildColumn(ColumnBuffer validity)
    {
        var values = ColumnBuffer.Pooled(_values, Pool);
        (_values, _capacity) = ([], 0);
        return new FixedColumn<T>(Count, NullCount, validity, values);
    }

    private protected override void DisposeValues()
    {
        if (_values.Length > 0)
        {
            Pool.Return(_values);
            (_values, _capacity) = ([], 0);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Reserve(int rows)
    {
        var needed = (Count + (long)rows) * Unsafe.SizeOf<T>();
        if (needed > _values.Length || _capacity == 0)
        {
            _values = Grow(_values, Count * Unsafe.SizeOf<T>(), needed);
            _capacity = _values.Length / Unsafe.SizeOf<T>();
        }
    }
}
