using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Seikan.Core;

/// <summary>Integers, floats, decimals, date, time, timestamp.</summary>
/// <typeparam name="T">sbyte, short, int, long, float, double, Int128 or Int256.</typeparam>
public sealed class FixedColumn<T> : Column
    where T : unmanaged
{
    private readonly ColumnBuffer _values;

    /// <summary>Takes the buffers over.</summary>
    public FixedColumn(int length, int nullCount, ColumnBuffer validity, ColumnBuffer values)
        : base(length, nullCount, validity)
    {
        values.Require((long)length * Unsafe.SizeOf<T>(), "values");
        _values = values;
    }

    /// <summary>The values.</summary>
    public ReadOnlySpan<T> Values
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
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

    internal override bool ValueEquals(int row, Column other, int otherRow) =>
        MemoryMarshal.AsBytes(Values.Slice(row, 1)).SequenceEqual(MemoryMarshal.AsBytes(((FixedColumn<T>)other).Values.Slice(otherRow, 1)));

    private protected override void FreeValues() => _values.Free();
}
