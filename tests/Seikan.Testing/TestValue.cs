using System.Numerics;
using System.Text;
using Seikan.Core;

namespace Seikan.Testing;

/// <summary>
/// Values of any type as plain objects, for tests only: bool, sbyte to long, float, double, BigInteger (decimals, unscaled), string, byte[],
/// int (date), long (time, timestamp), <see cref="OffsetTimestamp"/>, object?[] (array, row), <see cref="MapEntry"/>[] (map, sparse vector), byte[] (vectors).
/// </summary>
public static class TestValue
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>A value of a column; null when it is null.</summary>
    /// <param name="column">The column.</param>
    /// <param name="type">Its type.</param>
    /// <param name="row">Which value.</param>
    public static object? Read(Column column, DataType type, int row)
    {
        if (!column.IsValid(row))
        {
            return null;
        }

        return type switch
        {
            DecimalType { IsWide: true } => (BigInteger)Fixed<Int256>(column, row),
            DecimalType => (BigInteger)Fixed<Int128>(column, row),
            TimestampType => Fixed<long>(column, row),
            ArrayType a => List((ListColumn)column, row, i => Read(((ListColumn)column).Elements, a.Element, i)),
            MapType m => Entries((ListColumn)column, m.Key, m.Value, row),
            RowType r => r.Fields.Select((f, i) => Read(((RowColumn)column).Fields[i], f.Type, row)).ToArray(),
            VectorType => ((VectorColumn)column)[row].ToArray(),
            _ => type.Kind switch
            {
                TypeKind.Boolean => ((BitColumn)column)[row],
                TypeKind.TinyInt => Fixed<sbyte>(column, row),
                TypeKind.SmallInt => Fixed<short>(column, row),
                TypeKind.Int or TypeKind.Date => Fixed<int>(column, row),
                TypeKind.BigInt or TypeKind.Time => Fixed<long>(column, row),
                TypeKind.Float => Fixed<float>(column, row),
                TypeKind.Double => Fixed<double>(column, row),
                TypeKind.String => ReadText(((BytesColumn)column)[row]),
                TypeKind.Bytes => ((BytesColumn)column)[row].ToArray(),
                TypeKind.TimestampTz =>
                    new OffsetTimestamp(((OffsetTimestampColumn)column).Utc[row], ((OffsetTimestampColumn)column).OffsetMinutes[row]),
                TypeKind.SparseFloatVector => Entries((ListColumn)column, DataType.Int, DataType.Float, row),
                _ => throw new ArgumentException($"a value of {type} cannot be present", nameof(type)),
            },
        };
    }

    /// <summary>
    /// Appends a value. Beside the form that <see cref="Read"/> gives: integers of other widths, decimal, DateOnly, TimeOnly, DateTime, DateTimeOffset,
    /// text as bytes.
    /// </summary>
    /// <param name="builder">Takes the value.</param>
    /// <param name="type">Its type.</param>
    /// <param name="value">The value or null.</param>
    public static void Append(ColumnBuilder builder, DataType type, object? value)
    {
        if (value is null)
        {
            builder.AppendNull();
            return;
        }

        switch (builder)
        {
            case BitBuilder b:
                b.Append((bool)value);
                break;
            case FixedBuilder<sbyte> b:
                b.Append((sbyte)Integer(value));
                break;
            case FixedBuilder<short> b:
                b.Append((short)Integer(value));
                break;
            case FixedBuilder<int> b:
                b.Append(value is DateOnly d ? d.DayNumber - new DateOnly(1970, 1, 1).DayNumber : (int)Integer(value));
                break;
            case FixedBuilder<long> b:
                b.Append(Long(type, value));
                break;
            case FixedBuilder<float> b:
                b.Append(value is float f ? f : Convert.ToSingle(value));
                break;
            case FixedBuilder<double> b:
                b.Append(value is double e ? e : Convert.ToDouble(value));
                break;
            case FixedBuilder<Int128> b:
                b.Append((Int128)Unscaled((DecimalType)type, value));
                break;
            case FixedBuilder<Int256> b:
                b.Append((Int256)Unscaled((DecimalType)type, value));
                break;
            case BytesBuilder b:
                b.Append(value is string text ? Encoding.UTF8.GetBytes(text) : (byte[])value);
                break;
            case VectorBuilder b:
                b.Append((byte[])value);
                break;
            case OffsetTimestampBuilder b:
                var at = value is DateTimeOffset moment
                    ? new OffsetTimestamp((moment.UtcTicks - DateTime.UnixEpoch.Ticks) / 10, (short)moment.TotalOffsetMinutes)
                    : (OffsetTimestamp)value;
                b.Append(at.UtcMicroseconds, at.OffsetMinutes);
                break;
            case ListBuilder b:
                AppendList(b, type, value);
                break;
            case RowBuilder b:
                var (row, fields) = ((RowType)type, (object?[])value);
                for (var i = 0; i < b.Fields.Length; i++)
                {
                    Append(b.Fields[i], row.Fields[i].Type, fields[i]);
                }

                b.EndValue();
                break;
            default:
                throw new ArgumentException($"a value of {type} cannot be present", nameof(value));
        }
    }

    /// <summary>Whether two values are the same. Floats are compared by bits, but any NaN equals any NaN; a map's order counts.</summary>
    public static bool Same(object? a, object? b) => (a, b) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (byte[] x, byte[] y) => x.AsSpan().SequenceEqual(y),
        (float x, float y) => BitConverter.SingleToInt32Bits(x) == BitConverter.SingleToInt32Bits(y) || (float.IsNaN(x) && float.IsNaN(y)),
        (double x, double y) => BitConverter.DoubleToInt64Bits(x) == BitConverter.DoubleToInt64Bits(y) || (double.IsNaN(x) && double.IsNaN(y)),
        (MapEntry[] x, MapEntry[] y) => x.Length == y.Length && x.Zip(y).All(p => Same(p.First.Key, p.Second.Key) && Same(p.First.Value, p.Second.Value)),
        (object?[] x, object?[] y) => x.Length == y.Length && x.Zip(y).All(p => Same(p.First, p.Second)),
        _ => a.Equals(b),
    };

    private static T Fixed<T>(Column column, int row)
        where T : unmanaged =>
        ((FixedColumn<T>)column).Values[row];

    private static object ReadText(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return Strict.GetString(utf8);
        }
        catch (DecoderFallbackException)
        {
            return utf8.ToArray();
        }
    }

    private static T[] List<T>(ListColumn column, int row, Func<int, T> read)
    {
        var start = column.Offsets[row];
        var values = new T[column.Offsets[row + 1] - start];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = read(start + i);
        }

        return values;
    }

    private static MapEntry[] Entries(ListColumn column, DataType key, DataType value, int row)
    {
        var pair = ((RowColumn)column.Elements).Fields;
        return List(column, row, i => new MapEntry(Read(pair[0], key, i), Read(pair[1], value, i)));
    }

    private static void AppendList(ListBuilder builder, DataType type, object value)
    {
        if (type is ArrayType array)
        {
            foreach (var element in (object?[])value)
            {
                Append(builder.Elements, array.Element, element);
            }
        }
        else
        {
            var (keyType, valueType) = type is MapType map ? (map.Key, map.Value) : (DataType.Int, DataType.Float);
            var pair = (RowBuilder)builder.Elements;
            foreach (var entry in (MapEntry[])value)
            {
                Append(pair.Fields[0], keyType, entry.Key);
                Append(pair.Fields[1], valueType, entry.Value);
                pair.EndValue();
            }
        }

        builder.EndList();
    }

    private static long Integer(object value) => Convert.ToInt64(value);

    private static long Long(DataType type, object value) => value switch
    {
        TimeOnly time => time.Ticks * 100,
        DateTime moment when type is TimestampType { IsNanoseconds: true } => checked((moment.Ticks - DateTime.UnixEpoch.Ticks) * 100),
        DateTime moment => (moment.Ticks - DateTime.UnixEpoch.Ticks) / 10,
        _ => Integer(value),
    };

    private static BigInteger Unscaled(DecimalType type, object value)
    {
        if (value is decimal number)
        {
            Span<int> parts = stackalloc int[4];
            decimal.GetBits(number, parts);
            var digits = ((BigInteger)(uint)parts[2] << 64) | ((BigInteger)(uint)parts[1] << 32) | (uint)parts[0];
            var (scale, isNegative) = (parts[3] >> 16 & 0xFF, parts[3] < 0);
            for (; scale > type.Scale; scale--)
            {
                digits = BigInteger.DivRem(digits, 10, out var rest);
                if (!rest.IsZero)
                {
                    throw new ArgumentException($"{number} does not fit {type}", nameof(value));
                }
            }

            digits *= BigInteger.Pow(10, type.Scale - scale);
            return isNegative ? -digits : digits;
        }

        return value switch
        {
            BigInteger big => big,
            Int128 wide => wide,
            Int256 wider => (BigInteger)wider,
            _ => Integer(value),
        };
    }
}

/// <summary>A TIMESTAMP_TZ.</summary>
/// <param name="UtcMicroseconds">Microseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="OffsetMinutes">Minutes east of UTC.</param>
public readonly record struct OffsetTimestamp(long UtcMicroseconds, short OffsetMinutes);

/// <summary>An entry of a map or sparse vector.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value.</param>
public readonly record struct MapEntry(object? Key, object? Value);
