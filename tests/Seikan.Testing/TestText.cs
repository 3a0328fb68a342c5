using System.Globalization;
using System.Numerics;
using System.Text;
using Seikan.Core;

namespace Seikan.Testing;

/// <summary>
/// Values and rows as one readable line each, written independently of the product's own text forms:
/// <c>+I 1, "abc", null, 12.50, 2024-02-29, [1, 2], {"a": 1}, (1, "x")</c>.
/// </summary>
public static class TestText
{
    private static readonly (long Days, long Micros) Earliest = (-719_162, -719_162L * 86_400_000_000);
    private static readonly (long Days, long Micros) Latest = (2_932_896, (2_932_897L * 86_400_000_000) - 1);

    /// <summary>A row as a line.</summary>
    /// <param name="batch">Holds it. Borrowed.</param>
    /// <param name="row">Which.</param>
    public static string Row(RowBatch batch, int row)
    {
        var text = new StringBuilder(batch.IsInsertOnly ? "+I" : Kind(batch.Kinds[row]));
        for (var i = 0; i < batch.Schema.Columns.Length; i++)
        {
            var type = batch.Schema.Columns[i].Type;
            text.Append(i == 0 ? " " : ", ").Append(Value(type, TestValue.Read(batch[i], type, row)));
        }

        return text.ToString();
    }

    /// <summary>A row kind: +I, -U, +U or -D.</summary>
    public static string Kind(RowKind kind) => kind switch
    {
        RowKind.Insert => "+I",
        RowKind.UpdateBefore => "-U",
        RowKind.UpdateAfter => "+U",
        _ => "-D",
    };

    /// <summary>A value as <see cref="TestValue.Read"/> gives it.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="value">The value or null.</param>
    public static string Value(DataType type, object? value) => (type, value) switch
    {
        (_, null) => "null",
        (DecimalType d, BigInteger digits) => Decimal(digits, d.Scale),
        (TimestampType t, long moment) => Timestamp(moment, t.IsNanoseconds),
        (ArrayType a, object?[] values) => $"[{string.Join(", ", values.Select(v => Value(a.Element, v)))}]",
        (MapType m, MapEntry[] entries) => Entries(m.Key, m.Value, entries),
        (RowType r, object?[] fields) => $"({string.Join(", ", fields.Select((f, i) => Value(r.Fields[i].Type, f)))})",
        _ => type.Kind switch
        {
            TypeKind.Boolean => (bool)value ? "true" : "false",
            TypeKind.Date => Date((int)value),
            TypeKind.Time => Time((long)value),
            TypeKind.TimestampTz => OffsetTimestamp((OffsetTimestamp)value),
            TypeKind.SparseFloatVector => Entries(DataType.Int, DataType.Float, (MapEntry[])value),
            _ => value switch
            {
                string text => Quoted(text),
                byte[] bytes => $"x'{Convert.ToHexStringLower(bytes)}'",
                IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
                _ => throw new ArgumentException($"{value.GetType().Name} is no value of {type}", nameof(value)),
            },
        },
    };

    private static string Entries(DataType key, DataType value, MapEntry[] entries) =>
        $"{{{string.Join(", ", entries.Select(e => $"{Value(key, e.Key)}: {Value(value, e.Value)}"))}}}";

    private static string Decimal(BigInteger digits, int scale)
    {
        if (scale == 0)
        {
            return digits.ToString(CultureInfo.InvariantCulture);
        }

        var text = BigInteger.Abs(digits).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        return $"{(digits.Sign < 0 ? "-" : "")}{text[..^scale]}.{text[^scale..]}";
    }

    private static string Date(int days) => days >= Earliest.Days && days <= Latest.Days
        ? DateOnly.FromDayNumber(days - (int)Earliest.Days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : $"date({days})";

    private static string Time(long nanoseconds)
    {
        var seconds = nanoseconds / 1_000_000_000;
        return $"{seconds / 3600:00}:{seconds / 60 % 60:00}:{seconds % 60:00}{Fraction(nanoseconds % 1_000_000_000, 9)}";
    }

    private static string Timestamp(long value, bool isNanoseconds)
    {
        var unit = isNanoseconds ? 1_000_000_000L : 1_000_000L;
        if (!isNanoseconds && (value < Earliest.Micros || value > Latest.Micros))
        {
            return $"timestamp({value})";
        }

        var seconds = Math.DivRem(value, unit, out var rest);
        (seconds, rest) = rest < 0 ? (seconds - 1, rest + unit) : (seconds, rest);
        var moment = DateTime.UnixEpoch.AddTicks(seconds * TimeSpan.TicksPerSecond);
        return moment.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + Fraction(rest, isNanoseconds ? 9 : 6);
    }

    private static string OffsetTimestamp(OffsetTimestamp value)
    {
        var minutes = Math.Abs((int)value.OffsetMinutes);
        return $"{Timestamp(value.UtcMicroseconds + (value.OffsetMinutes * 60_000_000L), false)}{(value.OffsetMinutes < 0 ? '-' : '+')}{minutes / 60:00}:{minutes % 60:00}";
    }

    private static string Fraction(long value, int digits) =>
        value == 0 ? "" : "." + value.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0').TrimEnd('0');

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                < ' ' => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }
}
