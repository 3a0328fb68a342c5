using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Unicode;
using Seikan.Core;

namespace Seikan.Arrow;

/// <summary>
/// Turns a column into another type where the type allows it without loss, or where each value is checked: wider and narrower integers, wider
/// decimals and floats, other time units, text of bytes, vectors of lists, and the same inside arrays, maps and rows.
/// </summary>
internal static class ColumnCast
{
    /// <summary>Whether there is a way from one type to another. Values may still fail it.</summary>
    public static bool Exists(DataType from, DataType to) => from == to || (from, to) switch
    {
        ({ Kind: TypeKind.Null }, _) => true,
        (TimestampType, TimestampType) => true,
        (DecimalType { IsWide: true } a, DecimalType b) => b.Scale == a.Scale && (!b.IsWide || b.Precision >= a.Precision),
        (DecimalType a, DecimalType b) => b.Scale >= a.Scale && (!b.IsWide || b.Precision - b.Scale >= a.Precision - a.Scale),
        (DecimalType { Scale: 0, IsWide: false }, _) => IsInteger(to),
        (ArrayType a, ArrayType b) => Exists(a.Element, b.Element),
        (MapType a, MapType b) => Exists(a.Key, b.Key) && Exists(a.Value, b.Value),
        (MapType a, { Kind: TypeKind.SparseFloatVector }) => Exists(a.Key, DataType.Int) && Exists(a.Value, DataType.Float),
        (RowType a, RowType b) => b.Fields.All(f => a.Fields.FirstOrDefault(g => g.Name == f.Name) is { } g && Exists(g.Type, f.Type)),
        (ArrayType { Element.Kind: TypeKind.Float }, VectorType { Kind: TypeKind.FloatVector }) => true,
        (VectorType { Kind: TypeKind.FloatVector }, ArrayType { Element.Kind: TypeKind.Float }) => true,
        ({ Kind: TypeKind.Bytes }, VectorType { Kind: not TypeKind.FloatVector }) => true,
        ({ Kind: TypeKind.Bytes }, { Kind: TypeKind.String }) or ({ Kind: TypeKind.String }, { Kind: TypeKind.Bytes }) => true,
        ({ Kind: TypeKind.Date }, TimestampType) => true,
        ({ Kind: TypeKind.TimestampTz }, TimestampType) => true,
        _ when IsInteger(from) => IsInteger(to) || to is DecimalType { IsWide: false }
            || to.Kind == TypeKind.Double && from.Kind != TypeKind.BigInt
            || to.Kind == TypeKind.Float && from.Kind is TypeKind.TinyInt or TypeKind.SmallInt,
        ({ Kind: TypeKind.Float }, { Kind: TypeKind.Double }) => true,
        _ => false,
    };

    /// <summary>The column in another type. Takes the reference to the column over, also when it throws.</summary>
    /// <param name="column">Of the type <paramref name="from"/>.</param>
    /// <param name="from">Its type.</param>
    /// <param name="to">A type that <see cref="Exists"/> a way to.</param>
    /// <param name="pool">Where copies go.</param>
    /// <exception cref="CastFailureException">A value does not fit.</exception>
    public static Column Cast(Column column, DataType from, DataType to, BufferPool pool)
    {
        if (from == to)
        {
            return column;
        }

        try
        {
            return Convert(column, from, to, pool);
        }
        finally
        {
            column.Release();
        }
    }

    private static bool IsInteger(DataType type) => type.Kind is TypeKind.TinyInt or TypeKind.SmallInt or TypeKind.Int or TypeKind.BigInt;

    private static Column Convert(Column column, DataType from, DataType to, BufferPool pool) => (from, to) switch
    {
        ({ Kind: TypeKind.Null }, _) => AllNull(to, column.Length, pool),
        (TimestampType a, TimestampType b) => ConvertTimestamp((FixedColumn<long>)column, a, b, pool),
        (DecimalType a, DecimalType b) => ConvertDecimal(column, a, b, pool),
        (DecimalType a, _) => NarrowDecimal(column, a, to, pool),
        (ArrayType a, ArrayType b) => ConvertList((ListColumn)column, a.Element, b.Element, pool),
        (MapType a, MapType b) => ConvertMap((ListColumn)column, a, b.Key, b.Value, pool),
        (MapType a, { Kind: TypeKind.SparseFloatVector }) => ConvertMap((ListColumn)column, a, DataType.Int, DataType.Float, pool),
        (RowType a, RowType b) => ConvertRow((RowColumn)column, a, b, pool),
        (ArrayType, VectorType b) => ListToVector((ListColumn)column, b, pool),
        (VectorType, ArrayType) => VectorToList((VectorColumn)column, pool),
        ({ Kind: TypeKind.Bytes }, VectorType b) => BytesToVector((BytesColumn)column, b, pool),
        ({ Kind: TypeKind.Bytes }, _) => CheckText((BytesColumn)column),
        ({ Kind: TypeKind.String }, _) => column.Retain(),
        ({ Kind: TypeKind.Date }, TimestampType b) => ConvertDate((FixedColumn<int>)column, b, pool),
        ({ Kind: TypeKind.TimestampTz }, TimestampType b) => DropOffset((OffsetTimestampColumn)column, b, pool),
        ({ Kind: TypeKind.Float }, _) => Map<float, double>(column, pool, static v => v),
        ({ Kind: TypeKind.TinyInt }, _) => ConvertInteger<sbyte>(column, to, pool),
        ({ Kind: TypeKind.SmallInt }, _) => ConvertInteger<short>(column, to, pool),
        ({ Kind: TypeKind.Int }, _) => ConvertInteger<int>(column, to, pool),
        ({ Kind: TypeKind.BigInt }, _) => ConvertInteger<long>(column, to, pool),
        _ => throw new System.Diagnostics.UnreachableException($"no way from {from} to {to}"),
    };

    private static Column AllNull(DataType type, int length, BufferPool pool)
    {
        var builder = ColumnBuilder.Create(type, pool);
        for (var i = 0; i < length; i++)
        {
            builder.AppendNull();
        }

        return builder.Build();
    }

    private static Column ConvertInteger<T>(Column column, DataType to, BufferPool pool)
        where T : unmanaged, System.Numerics.INumber<T> => to switch
    {
        DecimalType d => MapChecked<T, Int128>(column, pool, v => Int128.CreateChecked(v) * Power(d.Scale), v => Fits(v, d.Precision)),
        _ => to.Kind switch
        {
            TypeKind.TinyInt => MapChecked<T, sbyte>(column, pool, sbyte.CreateTruncating, v => T.CreateTruncating(v), "does not fit tinyint"),
            TypeKind.SmallInt => MapChecked<T, short>(column, pool, short.CreateTruncating, v => T.CreateTruncating(v), "does not fit smallint"),
            TypeKind.Int => MapChecked<T, int>(column, pool, int.CreateTruncating, v => T.CreateTruncating(v), "does not fit int"),
            TypeKind.BigInt => Map<T, long>(column, pool, long.CreateTruncating),
            TypeKind.Float => Map<T, float>(column, pool, float.CreateTruncating),
            _ => Map<T, double>(column, pool, double.CreateTruncating),
        },
    };

    private static FixedColumn<long> ConvertTimestamp(FixedColumn<long> column, TimestampType from, TimestampType to, BufferPool pool)
    {
        if (from.IsNanoseconds == to.IsNanoseconds)
        {
            return (FixedColumn<long>)column.Retain();
        }

        return to.IsNanoseconds
            ? MapChecked<long, long>(
                column, pool, static v => unchecked(v * 1000), static v => v / 1000,
                "is outside the years 1677 to 2262 that nanoseconds reach")
            : MapChecked<long, long>(column, pool, static v => v / 1000, static v => v * 1000, "has parts of a microsecond");
    }

    private static FixedColumn<long> ConvertDate(FixedColumn<int> column, TimestampType to, BufferPool pool) => to.IsNanoseconds
        ? MapChecked<int, long>(
            column, pool, static v => unchecked(v * 86_400_000_000_000L), static v => (int)(v / 86_400_000_000_000L),
            "is outside the years 1677 to 2262 that nanoseconds reach")
        : Map<int, long>(column, pool, static v => v * 86_400_000_000L);

    private static FixedColumn<long> DropOffset(OffsetTimestampColumn column, TimestampType to, BufferPool pool)
    {
        var offsets = column.OffsetMinutes;
        for (var row = 0; row < column.Length; row++)
        {
            if (offsets[row] != 0 && column.IsValid(row))
            {
                throw new CastFailureException(row, $"has an offset of {offsets[row]} minutes from UTC, which a timestamp cannot hold");
            }
        }

        var utc = new FixedColumn<long>(column.Length, column.NullCount, Validity(column), Lend(column, column.UtcBuffer, column.Length * 8));
        return (FixedColumn<long>)Cast(utc, DataType.Timestamp, to, pool);
    }

    private static Column ConvertDecimal(Column column, DecimalType from, DecimalType to, BufferPool pool)
    {
        if (from.IsWide)
        {
            return to.IsWide
                ? column.Retain()
                : MapChecked<Int256, Int128>(column, pool, static v => (Int128)v.Lower, static v => v, $"does not fit {to}");
        }

        var factor = Power(to.Scale - from.Scale);
        if (to.IsWide)
        {
            return Map<Int128, Int256>(column, pool, v => factor == 1 ? v : Widen(v, factor));
        }

        return to.Scale == from.Scale && to.Precision >= from.Precision
            ? column.Retain()
            : MapChecked<Int128, Int128>(column, pool, v => unchecked(v * factor), v => v / factor, $"does not fit {to}", to.Precision);
    }

    private static Column NarrowDecimal(Column column, DecimalType from, DataType to, BufferPool pool)
    {
        _ = from;
        return to.Kind switch
        {
            TypeKind.TinyInt => MapChecked<Int128, sbyte>(column, pool, sbyte.CreateTruncating, static v => v, "does not fit tinyint"),
            TypeKind.SmallInt => MapChecked<Int128, short>(column, pool, short.CreateTruncating, static v => v, "does not fit smallint"),
            TypeKind.Int => MapChecked<Int128, int>(column, pool, int.CreateTruncating, static v => v, "does not fit int"),
            _ => MapChecked<Int128, long>(column, pool, long.CreateTruncating, static v => v, "does not fit bigint"),
        };
    }

    private static ListColumn ConvertList(ListColumn column, DataType from, DataType to, BufferPool pool)
    {
        var elements = Cast(column.Elements.Retain(), from, to, pool);
        var offsets = Lend(column, column.OffsetsBuffer, (column.Length + 1) * 4);
        return new ListColumn(column.Length, column.NullCount, Validity(column), offsets, elements);
    }

    private static ListColumn ConvertMap(ListColumn column, MapType from, DataType key, DataType value, BufferPool pool)
    {
        var entries = (RowColumn)column.Elements;
        var fields = ImmutableArray.Create(
            Cast(entries.Fields[0].Retain(), from.Key, key, pool), Cast(entries.Fields[1].Retain(), from.Value, value, pool));
        var row = new RowColumn(entries.Length, entries.NullCount, Validity(entries), fields);
        return new ListColumn(column.Length, column.NullCount, Validity(column), Lend(column, column.OffsetsBuffer, (column.Length + 1) * 4), row);
    }

    private static RowColumn ConvertRow(RowColumn column, RowType from, RowType to, BufferPool pool)
    {
        var fields = ImmutableArray.CreateBuilder<Column>(to.Fields.Length);
        foreach (var field in to.Fields)
        {
            var at = 0;
            while (from.Fields[at].Name != field.Name)
            {
                at++;
            }

            fields.Add(Cast(column.Fields[at].Retain(), from.Fields[at].Type, field.Type, pool));
        }

        return new RowColumn(column.Length, column.NullCount, Validity(column), fields.MoveToImmutable());
    }

    private static VectorColumn ListToVector(ListColumn column, VectorType to, BufferPool pool)
    {
        var elements = (FixedColumn<float>)column.Elements;
        var offsets = column.Offsets;
        var copy = pool.Rent(Math.Max(column.Length * to.ByteWidth, 8));
        var floats = MemoryMarshal.Cast<byte, float>(copy.AsSpan());
        for (var row = 0; row < column.Length; row++)
        {
            var (start, end) = (offsets[row], offsets[row + 1]);
            var target = floats.Slice(row * to.Dimension, to.Dimension);
            if (!column.IsValid(row))
            {
                target.Clear();
                continue;
            }

            if (end - start != to.Dimension || HasNull(elements, start, end))
            {
                pool.Return(copy);
                throw new CastFailureException(row, $"has {end - start} elements or null ones, not {to.Dimension} numbers");
            }

            elements.Values[start..end].CopyTo(target);
        }

        return new VectorColumn(column.Length, column.NullCount, Validity(column), to.ByteWidth, ColumnBuffer.Pooled(copy, pool));
    }

    private static bool HasNull(Column column, int start, int end)
    {
        for (var i = start; column.NullCount > 0 && i < end; i++)
        {
            if (!column.IsValid(i))
            {
                return true;
            }
        }

        return false;
    }

    private static ListColumn VectorToList(VectorColumn column, BufferPool pool)
    {
        var size = column.ByteWidth / 4;
        var copy = pool.Rent((column.Length + 1) * 4);
        var offsets = MemoryMarshal.Cast<byte, int>(copy.AsSpan());
        for (var i = 0; i <= column.Length; i++)
        {
            offsets[i] = i * size;
        }

        var elements = new FixedColumn<float>(column.Length * size, 0, default, Lend(column, column.DataBuffer, column.Length * column.ByteWidth));
        return new ListColumn(column.Length, column.NullCount, Validity(column), ColumnBuffer.Pooled(copy, pool), elements);
    }

    private static VectorColumn BytesToVector(BytesColumn column, VectorType to, BufferPool pool)
    {
        var copy = pool.Rent(Math.Max(column.Length * to.ByteWidth, 8));
        for (var row = 0; row < column.Length; row++)
        {
            var target = copy.AsSpan(row * to.ByteWidth, to.ByteWidth);
            if (!column.IsValid(row))
            {
                target.Clear();
                continue;
            }

            var value = column[row];
            if (value.Length != to.ByteWidth)
            {
                pool.Return(copy);
                throw new CastFailureException(row, $"has {value.Length} bytes, not {to.ByteWidth}");
            }

            value.CopyTo(target);
        }

        return new VectorColumn(column.Length, column.NullCount, Validity(column), to.ByteWidth, ColumnBuffer.Pooled(copy, pool));
    }

    private static Column CheckText(BytesColumn column)
    {
        for (var row = 0; row < column.Length; row++)
        {
            if (column.IsValid(row) && !Utf8.IsValid(column[row]))
            {
                throw new CastFailureException(row, "is not UTF-8 text");
            }
        }

        return column.Retain();
    }

    private static FixedColumn<TTo> Map<TFrom, TTo>(Column column, BufferPool pool, Func<TFrom, TTo> map)
        where TFrom : unmanaged
        where TTo : unmanaged
    {
        var values = ((FixedColumn<TFrom>)column).Values;
        var copy = pool.Rent(Math.Max(values.Length * Unsafe.SizeOf<TTo>(), 8));
        var target = MemoryMarshal.Cast<byte, TTo>(copy.AsSpan());
        for (var i = 0; i < values.Length; i++)
        {
            target[i] = map(values[i]);
        }

        return new FixedColumn<TTo>(values.Length, column.NullCount, Validity(column), ColumnBuffer.Pooled(copy, pool));
    }

    // A value fits when the way back gives it again.
    private static FixedColumn<TTo> MapChecked<TFrom, TTo>(
        Column column, BufferPool pool, Func<TFrom, TTo> map, Func<TTo, TFrom> back, string reason, int precision = 0)
        where TFrom : unmanaged
        where TTo : unmanaged
    {
        var result = Map(column, pool, map);
        var values = ((FixedColumn<TFrom>)column).Values;
        for (var i = 0; i < values.Length; i++)
        {
            var fits = EqualityComparer<TFrom>.Default.Equals(back(result.Values[i]), values[i])
                && (precision == 0 || Fits(Unsafe.BitCast<TTo, Int128>(result.Values[i]), precision));
            if (!fits && column.IsValid(i))
            {
                result.Release();
                throw new CastFailureException(i, $"{values[i]} {reason}");
            }
        }

        return result;
    }

    private static FixedColumn<TTo> MapChecked<TFrom, TTo>(Column column, BufferPool pool, Func<TFrom, TTo> map, Func<TTo, bool> fits)
        where TFrom : unmanaged
        where TTo : unmanaged
    {
        var result = Map(column, pool, map);
        for (var i = 0; i < result.Length; i++)
        {
            if (!fits(result.Values[i]) && column.IsValid(i))
            {
                var value = ((FixedColumn<TFrom>)column).Values[i];
                result.Release();
                throw new CastFailureException(i, $"{value} has too many digits");
            }
        }

        return result;
    }

    private static bool Fits(Int128 value, int precision) => precision >= 38 || Int128.Abs(value) < Power(precision);

    private static Int128 Power(int digits)
    {
        Int128 power = 1;
        for (var i = 0; i < digits; i++)
        {
            power *= 10;
        }

        return power;
    }

    // Multiplies in 64-bit limbs; the product of a value and a power of ten below 10^38 fits 256 bits.
    private static Int256 Widen(Int128 value, Int128 factor)
    {
        var isNegative = value < 0;
        var (a, b) = ((UInt128)(isNegative ? -value : value), (UInt128)factor);
        UInt128 mask = ulong.MaxValue;
        var low = (a & mask) * (b & mask);
        var middle1 = ((a >> 64) * (b & mask)) + (low >> 64);
        var middle2 = ((a & mask) * (b >> 64)) + (middle1 & mask);
        var high = ((a >> 64) * (b >> 64)) + (middle1 >> 64) + (middle2 >> 64);
        var lower = (middle2 << 64) | (low & mask);
        return isNegative
            ? new Int256(~lower + 1, (Int128)(~high + (lower == 0 ? (UInt128)1 : 0)))
            : new Int256(lower, (Int128)high);
    }

    private static ColumnBuffer Validity(Column column) =>
        column.NullCount == 0 ? default : Lend(column, column.ValidityBuffer, ((column.Length + 63) >> 6) * 8);

    // The memory stays the old column's, which the buffer keeps alive.
    private static ColumnBuffer Lend(Column column, ColumnBuffer buffer, int bytes) =>
        ColumnBuffer.Foreign(buffer.AsMemory(bytes), new ColumnReference(column.Retain()));
}
