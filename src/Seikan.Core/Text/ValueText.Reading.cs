using System.Buffers.Text;
using System.Text.Json;

namespace Seikan.Core;

/// <summary>The reading side.</summary>
public static partial class ValueText
{
    /// <summary>Appends the value of a text.</summary>
    /// <param name="type">The type.</param>
    /// <param name="builder">The builder of the type; unchanged when the result is false.</param>
    /// <param name="text">The text; blanks around numbers and dates are the caller's to trim.</param>
    /// <returns>False when the text is not of the type or does not fit it.</returns>
    public static bool TryAppend(DataType type, ColumnBuilder builder, ReadOnlySpan<byte> text)
    {
        long whole;
        switch (type.Kind)
        {
            case TypeKind.Null:
                return false;
            case TypeKind.String:
                ((BytesBuilder)builder).Append(text);
                return true;
            case TypeKind.Boolean:
                return NumberText.TryParseBoolean(text, out var truth) && Append((BitBuilder)builder, truth);
            case TypeKind.TinyInt:
                return NumberText.TryParseInt64(text, out whole) && whole == (sbyte)whole && Append((FixedBuilder<sbyte>)builder, (sbyte)whole);
            case TypeKind.SmallInt:
                return NumberText.TryParseInt64(text, out whole) && whole == (short)whole && Append((FixedBuilder<short>)builder, (short)whole);
            case TypeKind.Int:
                return NumberText.TryParseInt64(text, out whole) && whole == (int)whole && Append((FixedBuilder<int>)builder, (int)whole);
            case TypeKind.BigInt:
                return NumberText.TryParseInt64(text, out whole) && Append((FixedBuilder<long>)builder, whole);
            case TypeKind.Float:
                return NumberText.TryParseSingle(text, out var single) && Append((FixedBuilder<float>)builder, single);
            case TypeKind.Double:
                return NumberText.TryParseDouble(text, out var number) && Append((FixedBuilder<double>)builder, number);
            case TypeKind.Decimal:
                var d = (DecimalType)type;
                return d.IsWide
                    ? DecimalText.TryParse(text, d.Precision, d.Scale, out Int256 wide) && Append((FixedBuilder<Int256>)builder, wide)
                    : DecimalText.TryParse(text, d.Precision, d.Scale, out Int128 value) && Append((FixedBuilder<Int128>)builder, value);
            case TypeKind.Date:
                return TemporalText.TryParseDate(text, out var days) && Append((FixedBuilder<int>)builder, days);
            case TypeKind.Time:
                return TemporalText.TryParseTime(text, out whole) && Append((FixedBuilder<long>)builder, whole);
            case TypeKind.Timestamp:
                return TemporalText.TryParseTimestamp(text, ((TimestampType)type).IsNanoseconds, out whole) && Append((FixedBuilder<long>)builder, whole);
            case TypeKind.TimestampTz:
                if (!TemporalText.TryParseTimestampTz(text, out var utc, out var offset))
                {
                    return false;
                }

                ((OffsetTimestampBuilder)builder).Append(utc, offset);
                return true;
            case TypeKind.Bytes:
                return TryAppendBase64((BytesBuilder)builder, text);
            default:
                return TryAppendJson(type, builder, text);
        }
    }

    private static bool Append(BitBuilder builder, bool value)
    {
        builder.Append(value);
        return true;
    }

    private static bool Append<T>(FixedBuilder<T> builder, T value)
        where T : unmanaged
    {
        builder.Append(value);
        return true;
    }

    private static bool TryAppendBase64(BytesBuilder builder, ReadOnlySpan<byte> text)
    {
        if (!Base64.IsValid(text, out var length))
        {
            return false;
        }

        Base64.DecodeFromUtf8(text, builder.Reserve(length), out _, out var written);
        builder.Commit(written);
        return true;
    }

    private static bool TryAppendJson(DataType type, ColumnBuilder builder, ReadOnlySpan<byte> text)
    {
        var count = builder.Count;
        try
        {
            var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = 128 });
            if (reader.Read() && JsonValues.TryAppend(type, builder, ref reader) && !reader.Read())
            {
                return true;
            }
        }
        catch (JsonException)
        {
            // Not JSON, or not to its end.
        }

        builder.Truncate(count);
        return false;
    }
}
