using System.Runtime.InteropServices;
using System.Text.Json;

namespace Seikan.Core;

/// <summary>Values as JSON and back: what nested values look like in text, and literals in job files.</summary>
public static class JsonValues
{
    /// <summary>Writes a value, null included.</summary>
    /// <param name="type">The type.</param>
    /// <param name="column">Its column.</param>
    /// <param name="row">Which value.</param>
    /// <param name="json">Takes the value.</param>
    public static void Write(DataType type, Column column, int row, Utf8JsonWriter json)
    {
        if (!column.IsValid(row))
        {
            json.WriteNullValue();
            return;
        }

        switch (type.Kind)
        {
            case TypeKind.Boolean:
                json.WriteBooleanValue(((BitColumn)column)[row]);
                break;
            case TypeKind.String:
                json.WriteStringValue(((BytesColumn)column)[row]);
                break;
            case TypeKind.Bytes:
                json.WriteBase64StringValue(((BytesColumn)column)[row]);
                break;
            case TypeKind.Array:
                WriteArray(((ArrayType)type).Element, (ListColumn)column, row, json);
                break;
            case TypeKind.Map:
                var map = (MapType)type;
                WriteMap(map.Key, map.Value, (ListColumn)column, row, json);
                break;
            case TypeKind.SparseFloatVector:
                WriteMap(DataType.Int, DataType.Float, (ListColumn)column, row, json);
                break;
            case TypeKind.Row:
                WriteRow((RowType)type, (RowColumn)column, row, json);
                break;
            case TypeKind.BinaryVector or TypeKind.FloatVector or TypeKind.Float16Vector or TypeKind.BFloat16Vector:
                WriteVector(type.Kind, ((VectorColumn)column)[row], json);
                break;
            default:
                WriteShort(type, column, row, json);
                break;
        }
    }

    /// <summary>Appends the value the reader stands on; containers must match the type.</summary>
    /// <returns>False when the value is not of the type; the builder then holds half a value, to be taken back or disposed.</returns>
    public static bool TryAppend(DataType type, ColumnBuilder builder, ref Utf8JsonReader json)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.Null:
                builder.AppendNull();
                return true;
            case JsonTokenType.True or JsonTokenType.False when type.Kind == TypeKind.Boolean:
                ((BitBuilder)builder).Append(json.TokenType == JsonTokenType.True);
                return true;
            case JsonTokenType.True or JsonTokenType.False when type.Kind == TypeKind.String:
                ((BytesBuilder)builder).Append(json.TokenType == JsonTokenType.True ? "true"u8 : "false"u8);
                return true;
            case JsonTokenType.Number:
                return IsSimple(type) && type.Kind != TypeKind.Bytes && ValueText.TryAppend(type, builder, json.ValueSpan);
            case JsonTokenType.String:
                return IsSimple(type) && TryAppendText(type, builder, ref json);
            case JsonTokenType.StartArray when type is ArrayType array:
                return TryAppendArray(array.Element, (ListBuilder)builder, ref json);
            case JsonTokenType.StartArray when type is RowType row:
                return TryAppendPositional(row, (RowBuilder)builder, ref json);
            case JsonTokenType.StartArray when type is VectorType vector:
                return TryAppendVector(vector, (VectorBuilder)builder, ref json);
            case JsonTokenType.StartObject when type is MapType map:
                return TryAppendMap(map.Key, map.Value, (ListBuilder)builder, ref json);
            case JsonTokenType.StartObject when type.Kind == TypeKind.SparseFloatVector:
                return TryAppendMap(DataType.Int, DataType.Float, (ListBuilder)builder, ref json);
            case JsonTokenType.StartObject when type is RowType row:
                return TryAppendRow(row, (RowBuilder)builder, ref json);
            default:
                return false;
        }
    }

    private static bool IsSimple(DataType type) =>
        type is ScalarType { Kind: not TypeKind.SparseFloatVector } or DecimalType or TimestampType;

    private static void WriteShort(DataType type, Column column, int row, Utf8JsonWriter json)
    {
        Span<byte> text = stackalloc byte[DecimalText.MaxBytes];
        text = text[..ValueText.Format(type, column, row, text)];
        var isNumber = type.Kind is TypeKind.TinyInt or TypeKind.SmallInt or TypeKind.Int or TypeKind.BigInt or TypeKind.Float or TypeKind.Double or TypeKind.Decimal;
        if (isNumber && (char.IsAsciiDigit((char)text[^1]) || text[^1] == '.'))
        {
            json.WriteRawValue(text, skipInputValidation: true);
        }
        else
        {
            json.WriteStringValue(text); // dates, and NaN and infinities, which JSON has no number for
        }
    }

    private static void WriteArray(DataType element, ListColumn column, int row, Utf8JsonWriter json)
    {
        json.WriteStartArray();
        for (var i = column.Offsets[row]; i < column.Offsets[row + 1]; i++)
        {
            Write(element, column.Elements, i, json);
        }

        json.WriteEndArray();
    }

    private static void WriteMap(DataType keyType, DataType valueType, ListColumn column, int row, Utf8JsonWriter json)
    {
        var entries = (RowColumn)column.Elements;
        Span<byte> text = stackalloc byte[DecimalText.MaxBytes];
        json.WriteStartObject();
        for (var i = column.Offsets[row]; i < column.Offsets[row + 1]; i++)
        {
            switch (keyType.Kind)
            {
                case TypeKind.String:
                    json.WritePropertyName(((BytesColumn)entries.Fields[0])[i]);
                    break;
                case TypeKind.Bytes:
                    json.WritePropertyName(Convert.ToBase64String(((BytesColumn)entries.Fields[0])[i]));
                    break;
                default:
                    json.WritePropertyName(text[..ValueText.Format(keyType, entries.Fields[0], i, text)]);
                    break;
            }

            Write(valueType, entries.Fields[1], i, json);
        }

        json.WriteEndObject();
    }

    private static void WriteRow(RowType type, RowColumn column, int row, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        for (var i = 0; i < type.Fields.Length; i++)
        {
            json.WritePropertyName(type.Fields[i].Name);
            Write(type.Fields[i].Type, column.Fields[i], row, json);
        }

        json.WriteEndObject();
    }

    private static void WriteVector(TypeKind kind, ReadOnlySpan<byte> value, Utf8JsonWriter json)
    {
        json.WriteStartArray();
        switch (kind)
        {
            case TypeKind.FloatVector:
                foreach (var x in MemoryMarshal.Cast<byte, float>(value))
                {
                    WriteNumber(x, json);
                }

                break;
            case TypeKind.Float16Vector:
                foreach (var x in MemoryMarshal.Cast<byte, Half>(value))
                {
                    WriteNumber((float)x, json);
                }

                break;
            case TypeKind.BFloat16Vector:
                foreach (var x in MemoryMarshal.Cast<byte, ushort>(value))
                {
                    WriteNumber(BitConverter.UInt32BitsToSingle((uint)x << 16), json);
                }

                break;
            default:
                foreach (var x in value)
                {
                    json.WriteNumberValue(x); // eight bits an element
                }

                break;
        }

        json.WriteEndArray();
    }

    private static void WriteNumber(float value, Utf8JsonWriter json)
    {
        if (float.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteStringValue(value.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private static bool TryAppendText(DataType type, ColumnBuilder builder, ref Utf8JsonReader json)
    {
        if (!json.ValueIsEscaped)
        {
            return ValueText.TryAppend(type, builder, json.ValueSpan);
        }

        var unescaped = new byte[json.ValueSpan.Length];
        return ValueText.TryAppend(type, builder, unescaped.AsSpan(0, json.CopyString(unescaped)));
    }

    private static bool TryAppendArray(DataType element, ListBuilder builder, ref Utf8JsonReader json)
    {
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (!TryAppend(element, builder.Elements, ref json))
            {
                return false;
            }
        }

        builder.EndList();
        return true;
    }

    private static bool TryAppendMap(DataType key, DataType value, ListBuilder builder, ref Utf8JsonReader json)
    {
        var entries = (RowBuilder)builder.Elements;
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            if (!TryAppendText(key, entries.Fields[0], ref json) || !json.Read() || !TryAppend(value, entries.Fields[1], ref json))
            {
                return false;
            }

            entries.EndValue();
        }

        builder.EndList();
        return true;
    }

    private static bool TryAppendPositional(RowType type, RowBuilder builder, ref Utf8JsonReader json)
    {
        for (var i = 0; i < type.Fields.Length; i++)
        {
            if (!json.Read() || json.TokenType == JsonTokenType.EndArray || !TryAppend(type.Fields[i].Type, builder.Fields[i], ref json))
            {
                return false;
            }
        }

        builder.EndValue();
        return json.Read() && json.TokenType == JsonTokenType.EndArray;
    }

    // Fields may come in any order, so each is remembered before the row is put together.
    private static bool TryAppendRow(RowType type, RowBuilder builder, ref Utf8JsonReader json)
    {
        Span<bool> seen = type.Fields.Length <= 256 ? stackalloc bool[type.Fields.Length] : new bool[type.Fields.Length];
        seen.Clear();
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            var field = -1;
            for (var i = 0; i < type.Fields.Length && field < 0; i++)
            {
                field = json.ValueTextEquals(type.Fields[i].Name) ? i : -1;
            }

            if (!json.Read())
            {
                return false;
            }

            if (field < 0)
            {
                json.Skip();
                continue;
            }

            if (seen[field] || !TryAppend(type.Fields[field].Type, builder.Fields[field], ref json))
            {
                return false;
            }

            seen[field] = true;
        }

        for (var i = 0; i < seen.Length; i++)
        {
            if (!seen[i])
            {
                builder.Fields[i].AppendNull();
            }
        }

        builder.EndValue();
        return true;
    }

    private static bool TryAppendVector(VectorType type, VectorBuilder builder, ref Utf8JsonReader json)
    {
        var value = new byte[type.ByteWidth];
        var (at, width) = (0, type.Kind switch { TypeKind.BinaryVector => 1, TypeKind.FloatVector => 4, _ => 2 });
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (at + width > value.Length || !TryReadElement(type.Kind, ref json, value.AsSpan(at, width)))
            {
                return false;
            }

            at += width;
        }

        if (at != value.Length)
        {
            return false;
        }

        builder.Append(value);
        return true;
    }

    private static bool TryReadElement(TypeKind kind, ref Utf8JsonReader json, Span<byte> to)
    {
        if (json.TokenType is not (JsonTokenType.Number or JsonTokenType.String) || !NumberText.TryParseSingle(json.ValueSpan, out var number))
        {
            return false;
        }

        switch (kind)
        {
            case TypeKind.FloatVector:
                MemoryMarshal.Write(to, number);
                return true;
            case TypeKind.Float16Vector:
                MemoryMarshal.Write(to, (Half)number);
                return !Half.IsInfinity((Half)number) || float.IsInfinity(number);
            case TypeKind.BFloat16Vector:
                var bits = ToBFloat16(number);
                MemoryMarshal.Write(to, bits);
                return !float.IsInfinity(BitConverter.UInt32BitsToSingle((uint)bits << 16)) || float.IsInfinity(number);
            default:
                to[0] = (byte)number;
                return number is >= 0 and <= 255 && number == to[0];
        }
    }

    // The upper half of a float, rounded to nearest, ties to even.
    private static ushort ToBFloat16(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value) ? (ushort)((bits >> 16) | 0x40) : (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }
}
