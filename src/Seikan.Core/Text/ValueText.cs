using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace Seikan.Core;

/// <summary>
/// Values as text and back, for every type: numbers plain, dates and times in ISO shapes, bytes as base64, nested values and vectors as JSON.
/// </summary>
public static partial class ValueText
{
    private static readonly JsonWriterOptions Compact = new() { SkipValidation = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a present value; a null writes nothing.</summary>
    /// <param name="type">The type.</param>
    /// <param name="column">The column kind that belongs to the type.</param>
    /// <param name="row">Which value.</param>
    /// <param name="output">Takes the bytes.</param>
    public static void Write(DataType type, Column column, int row, IBufferWriter<byte> output)
    {
        Utf8JsonWriter? json = null;
        Write(type, column, row, output, ref json);
        json?.Dispose();
    }

    /// <summary>Writes a present value; a null writes nothing. For many values: nothing is allocated for each.</summary>
    /// <param name="type">The type.</param>
    /// <param name="column">The column kind that belongs to the type.</param>
    /// <param name="row">Which value.</param>
    /// <param name="output">Takes the bytes.</param>
    /// <param name="json">Made when the first nested value is written and used again for the others; the caller disposes it.</param>
    public static void Write(DataType type, Column column, int row, IBufferWriter<byte> output, ref Utf8JsonWriter? json)
    {
        if (!column.IsValid(row))
        {
            return;
        }

        switch (type.Kind)
        {
            case TypeKind.String:
                output.Write(((BytesColumn)column)[row]);
                break;
            case TypeKind.Bytes:
                WriteBase64(((BytesColumn)column)[row], output);
                break;
            case TypeKind.Array or TypeKind.Map or TypeKind.Row or TypeKind.SparseFloatVector:
            case TypeKind.BinaryVector or TypeKind.FloatVector or TypeKind.Float16Vector or TypeKind.BFloat16Vector:
                if (json is null)
                {
                    json = new Utf8JsonWriter(output, Compact);
                }
                else
                {
                    json.Reset(output);
                }

                JsonValues.Write(type, column, row, json);
                json.Flush();
                break;
            default:
                var to = output.GetSpan(DecimalText.MaxBytes);
                output.Advance(Format(type, column, row, to));
                break;
        }
    }

    /// <summary>Writes a present value of a type whose text is short: everything but text, bytes and nested types.</summary>
    /// <param name="type">The type.</param>
    /// <param name="column">Its column.</param>
    /// <param name="row">Which value.</param>
    /// <param name="to">At least <see cref="DecimalText.MaxBytes"/>.</param>
    /// <returns>Bytes written.</returns>
    public static int Format(DataType type, Column column, int row, Span<byte> to) => type.Kind switch
    {
        TypeKind.Boolean => Copy(((BitColumn)column)[row] ? "true"u8 : "false"u8, to),
        TypeKind.TinyInt => FormatInteger(((FixedColumn<sbyte>)column).Values[row], to),
        TypeKind.SmallInt => FormatInteger(((FixedColumn<short>)column).Values[row], to),
        TypeKind.Int => FormatInteger(((FixedColumn<int>)column).Values[row], to),
        TypeKind.BigInt => FormatInteger(((FixedColumn<long>)column).Values[row], to),
        TypeKind.Float => FormatFloat(((FixedColumn<float>)column).Values[row], to),
        TypeKind.Double => FormatDouble(((FixedColumn<double>)column).Values[row], to),
        TypeKind.Decimal => FormatDecimal((DecimalType)type, column, row, to),
        TypeKind.Date => TemporalText.FormatDate(((FixedColumn<int>)column).Values[row], to),
        TypeKind.Time => TemporalText.FormatTime(((FixedColumn<long>)column).Values[row], to),
        TypeKind.Timestamp => TemporalText.FormatTimestamp(((FixedColumn<long>)column).Values[row], ((TimestampType)type).IsNanoseconds, to),
        TypeKind.TimestampTz => FormatOffsetTimestamp((OffsetTimestampColumn)column, row, to),
        _ => throw new ArgumentException($"{type} has no short text", nameof(type)),
    };

    /// <summary>Shortest text that reads back as the same double; NaN and infinities as Java spells them.</summary>
    /// <returns>Bytes written.</returns>
    public static int FormatDouble(double value, Span<byte> to)
    {
        // What people and databases hold has few decimals. A decimal of at most 15 digits that divides back to the value is the only one, so it
        // is the shortest. Very small values are left to the general way, which writes them with an exponent.
        var size = Math.Abs(value);
        if (size is >= 1e-4 and < 1e9)
        {
            var cents = Math.Round(size * 100);
            if (cents / 100 == size)
            {
                return FormatPlain((long)cents, 2, value < 0, to);
            }

            var millionths = Math.Round(size * 1_000_000);
            if (millionths / 1_000_000 == size)
            {
                return FormatPlain((long)millionths, 6, value < 0, to);
            }
        }

        value.TryFormat(to, out var used, default, CultureInfo.InvariantCulture);
        return used;
    }

    /// <summary>See <see cref="FormatDouble"/>.</summary>
    /// <returns>Bytes written.</returns>
    public static int FormatFloat(float value, Span<byte> to)
    {
        // As above with 6 digits; a double holds the quotient well enough that rounding it to a float is exact.
        var size = Math.Abs(value);
        if (size is >= 1e-4f and < 1e4f)
        {
            var cents = Math.Round((double)size * 100);
            if ((float)(cents / 100) == size)
            {
                return FormatPlain((long)cents, 2, value < 0, to);
            }
        }

        value.TryFormat(to, out var used, default, CultureInfo.InvariantCulture);
        return used;
    }

    /// <summary>A whole number.</summary>
    /// <returns>Bytes written.</returns>
    public static int FormatInteger(long value, Span<byte> to)
    {
        Utf8Formatter.TryFormat(value, to, out var used);
        return used;
    }

    /// <summary>A decimal of either width.</summary>
    /// <returns>Bytes written.</returns>
    public static int FormatDecimal(DecimalType type, Column column, int row, Span<byte> to) => type.IsWide
        ? DecimalText.Format(((FixedColumn<Int256>)column).Values[row], type.Scale, to)
        : DecimalText.Format(((FixedColumn<Int128>)column).Values[row], type.Scale, to);

    private static int FormatPlain(long digits, int scale, bool isNegative, Span<byte> to)
    {
        for (; scale > 0 && digits % 10 == 0; scale--)
        {
            digits /= 10;
        }

        return DecimalText.FormatShort((ulong)digits, isNegative, scale, to);
    }

    private static int FormatOffsetTimestamp(OffsetTimestampColumn column, int row, Span<byte> to) =>
        TemporalText.FormatTimestampTz(column.Utc[row], column.OffsetMinutes[row], to);

    private static int Copy(ReadOnlySpan<byte> text, Span<byte> to)
    {
        text.CopyTo(to);
        return text.Length;
    }

    private static void WriteBase64(ReadOnlySpan<byte> bytes, IBufferWriter<byte> output)
    {
        var to = output.GetSpan(Base64.GetMaxEncodedToUtf8Length(bytes.Length));
        Base64.EncodeToUtf8(bytes, to, out _, out var written);
        output.Advance(written);
    }
}
