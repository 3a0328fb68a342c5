using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Types;
using Seikan.Core;
using ArrowMapType = Apache.Arrow.Types.MapType;
using ArrowTimestampType = Apache.Arrow.Types.TimestampType;
using Column = Seikan.Core.Column;

namespace Seikan.Arrow;

/// <summary>Cuts columns out of Arrow arrays, over the same memory where the layouts agree.</summary>
/// <param name="owner">Keeps the memory; a column that shows it holds references.</param>
/// <param name="pool">Where copies go.</param>
internal sealed class ArrowColumnReader(SharedRecordBatch owner, BufferPool pool)
{
    private const long NanosPerDay = 86_400_000_000_000;

    /// <summary>A range of a field's values, as the column type that <see cref="ArrowTypes.FromField"/> names.</summary>
    /// <param name="field">The field.</param>
    /// <param name="data">Its array.</param>
    /// <param name="start">First value, counted from the start of the buffers (the array's own offset included).</param>
    /// <param name="length">How many.</param>
    public Column Read(Field field, ArrayData data, int start, int length)
    {
        var column = Read(data, start, length);
        var natural = ArrowTypes.FromArrow(field.DataType);
        var wanted = ArrowTypes.FromField(field);
        return natural == wanted ? column : ColumnCast.Cast(column, natural!, wanted!, pool);
    }

    private Column Read(ArrayData data, int start, int length)
    {
        switch (data.DataType.TypeId)
        {
            case ArrowTypeId.Null:
                return new NullColumn(length);
            case ArrowTypeId.Dictionary:
                return ReadDictionary(data, start, length);
            case ArrowTypeId.Struct:
                return ReadStruct(data, (StructType)data.DataType, start, length);
            default:
                break;
        }

        var validity = Validity(data, start, length, out var nulls);
        switch (data.DataType.TypeId)
        {
            case ArrowTypeId.Boolean:
                return new BitColumn(length, nulls, validity, Bits(data.Buffers[1], start, length));
            case ArrowTypeId.Int8:
                return new FixedColumn<sbyte>(length, nulls, validity, Show(data.Buffers[1], start, length, 1));
            case ArrowTypeId.Int16:
                return new FixedColumn<short>(length, nulls, validity, Show(data.Buffers[1], start, length, 2));
            case ArrowTypeId.Int32 or ArrowTypeId.Date32:
                return new FixedColumn<int>(length, nulls, validity, Show(data.Buffers[1], start, length, 4));
            case ArrowTypeId.Int64 or ArrowTypeId.Duration:
                return new FixedColumn<long>(length, nulls, validity, Show(data.Buffers[1], start, length, 8));
            case ArrowTypeId.Float:
                return new FixedColumn<float>(length, nulls, validity, Show(data.Buffers[1], start, length, 4));
            case ArrowTypeId.Double:
                return new FixedColumn<double>(length, nulls, validity, Show(data.Buffers[1], start, length, 8));
            case ArrowTypeId.UInt8:
                return new FixedColumn<short>(length, nulls, validity, Map<byte, short>(data, start, length, static v => v));
            case ArrowTypeId.UInt16:
                return new FixedColumn<int>(length, nulls, validity, Map<ushort, int>(data, start, length, static v => v));
            case ArrowTypeId.UInt32:
                return new FixedColumn<long>(length, nulls, validity, Map<uint, long>(data, start, length, static v => v));
            case ArrowTypeId.UInt64:
                return new FixedColumn<Int128>(length, nulls, validity, Map<ulong, Int128>(data, start, length, static v => v));
            case ArrowTypeId.HalfFloat:
                return new FixedColumn<float>(length, nulls, validity, Map<Half, float>(data, start, length, static v => (float)v));
            case ArrowTypeId.Date64:
                return new FixedColumn<int>(length, nulls, validity, Map<long, int>(data, start, length, Days));
            case ArrowTypeId.Time32:
                return new FixedColumn<long>(length, nulls, validity, ((Time32Type)data.DataType).Unit == TimeUnit.Second
                    ? Map<int, long>(data, start, length, static v => v * 1_000_000_000L)
                    : Map<int, long>(data, start, length, static v => v * 1_000_000L));
            case ArrowTypeId.Time64:
                return new FixedColumn<long>(length, nulls, validity, ((Time64Type)data.DataType).Unit == TimeUnit.Nanosecond
                    ? Show(data.Buffers[1], start, length, 8)
                    : Map<long, long>(data, start, length, static v => v is < 0 or > NanosPerDay / 1000 ? v : v * 1000));
            case ArrowTypeId.Timestamp:
                return ReadTimestamp(data, (ArrowTimestampType)data.DataType, validity, nulls, start, length);
            case ArrowTypeId.Decimal32:
                return new FixedColumn<Int128>(length, nulls, validity, Map<int, Int128>(data, start, length, static v => v));
            case ArrowTypeId.Decimal64:
                return new FixedColumn<Int128>(length, nulls, validity, Map<long, Int128>(data, start, length, static v => v));
            case ArrowTypeId.Decimal128:
                return IsWide(data.DataType)
                    ? new FixedColumn<Int256>(length, nulls, validity, Map<Int128, Int256>(data, start, length, static v => v))
                    : new FixedColumn<Int128>(length, nulls, validity, Show(data.Buffers[1], start, length, 16));
            case ArrowTypeId.Decimal256:
                return IsWide(data.DataType)
                    ? new FixedColumn<Int256>(length, nulls, validity, Show(data.Buffers[1], start, length, 32))
                    : new FixedColumn<Int128>(length, nulls, validity, Map<Int256, Int128>(data, start, length, static v => (Int128)v.Lower));
            case ArrowTypeId.String or ArrowTypeId.Binary:
                return ReadBytes(data, validity, nulls, start, length);
            case ArrowTypeId.LargeString or ArrowTypeId.LargeBinary:
                return ArrowByteViews.ReadLarge(data, validity, nulls, start, length, pool);
            case ArrowTypeId.StringView or ArrowTypeId.BinaryView:
                return ArrowByteViews.ReadViews(data, validity, nulls, start, length, pool);
            case ArrowTypeId.FixedSizedBinary:
                return ReadFixedBytes(data, validity, nulls, start, length);
            case ArrowTypeId.List:
                return ReadList(data, ((ListType)data.DataType).ValueField, Ints(data.Buffers[1], start, length), validity, nulls, length);
            case ArrowTypeId.Map:
                return ReadMap(data, validity, nulls, start, length);
            case ArrowTypeId.LargeList:
                var largeElement = ((LargeListType)data.DataType).ValueField;
                return ReadList(data, largeElement, LargeOffsets(data.Buffers[1], start, length), validity, nulls, length);
            case ArrowTypeId.FixedSizeList:
                return ReadFixedList(data, (FixedSizeListType)data.DataType, validity, nulls, start, length);
            default:
                throw new SeikanException(new Diagnostic(ArrowErrors.UnknownType, $"type \"{data.DataType.Name}\" is not known"));
        }
    }

    private static bool IsWide(IArrowType type) => ArrowTypes.FromArrow(type) is DecimalType { IsWide: true };

    private Column ReadTimestamp(ArrayData data, ArrowTimestampType type, ColumnBuffer validity, int nulls, int start, int length)
    {
        var isInstant = type.Timezone is { Length: > 0 };
        var values = type.Unit switch
        {
            TimeUnit.Second => Map<long, long>(data, start, length, static v => Scale(v, 1_000_000)),
            TimeUnit.Millisecond => Map<long, long>(data, start, length, static v => Scale(v, 1000)),
            TimeUnit.Nanosecond when isInstant => WholeMicroseconds(data, validity, start, length),
            _ => Show(data.Buffers[1], start, length, 8),
        };
        if (!isInstant)
        {
            return new FixedColumn<long>(length, nulls, validity, values);
        }

        var offsets = pool.Rent(length * 2);
        offsets.AsSpan().Clear();
        return new OffsetTimestampColumn(length, nulls, validity, values, ColumnBuffer.Pooled(offsets, pool));
    }

    private BytesColumn ReadBytes(ArrayData data, ColumnBuffer validity, int nulls, int start, int length)
    {
        var offsets = Offsets(data.Buffers[1], start, length, out var first, out var end);
        return new BytesColumn(length, nulls, validity, offsets, Show(data.Buffers[2], first, end - first, 1));
    }

    private BytesColumn ReadFixedBytes(ArrayData data, ColumnBuffer validity, int nulls, int start, int length)
    {
        var width = ((FixedSizeBinaryType)data.DataType).ByteWidth;
        var offsets = pool.Rent((length + 1) * 4);
        var span = MemoryMarshal.Cast<byte, int>(offsets.AsSpan());
        for (var i = 0; i <= length; i++)
        {
            span[i] = i * width;
        }

        return new BytesColumn(length, nulls, validity, ColumnBuffer.Pooled(offsets, pool), Show(data.Buffers[1], start, length, width));
    }

    private ListColumn ReadList(
        ArrayData data, Field element, (ColumnBuffer Offsets, int First, int End) range, ColumnBuffer validity, int nulls, int length)
    {
        var child = data.Children[0];
        return new ListColumn(length, nulls, validity, range.Offsets, Read(element, child, child.Offset + range.First, range.End - range.First));
    }

    private ListColumn ReadMap(ArrayData data, ColumnBuffer validity, int nulls, int start, int length)
    {
        var type = (ArrowMapType)data.DataType;
        var offsets = Offsets(data.Buffers[1], start, length, out var first, out var end);
        var entries = data.Children[0];
        var at = entries.Offset + first;
        var key = Read(type.KeyField, entries.Children[0], entries.Children[0].Offset + at, end - first);
        var value = Read(type.ValueField, entries.Children[1], entries.Children[1].Offset + at, end - first);
        return new ListColumn(length, nulls, validity, offsets, new RowColumn(end - first, 0, default, [key, value]));
    }

    private Column ReadFixedList(ArrayData data, FixedSizeListType type, ColumnBuffer validity, int nulls, int start, int length)
    {
        var (child, size) = (data.Children[0], type.ListSize);
        if (ArrowTypes.FromArrow(type) is VectorType vector)
        {
            if (nulls == 0 && child.GetNullCount() > 0)
            {
                throw new SeikanException(new Diagnostic(
                    ArrowErrors.ValueDoesNotFit, "a list of fixed size has a null element, which a vector cannot hold"));
            }

            var values = Show(child.Buffers[1], child.Offset + (start * size), length, vector.ByteWidth, 4);
            return new VectorColumn(length, nulls, validity, vector.ByteWidth, values);
        }

        var offsets = pool.Rent((length + 1) * 4);
        var span = MemoryMarshal.Cast<byte, int>(offsets.AsSpan());
        for (var i = 0; i <= length; i++)
        {
            span[i] = i * size;
        }

        var elements = Read(type.ValueField, child, child.Offset + (start * size), length * size);
        return new ListColumn(length, nulls, validity, ColumnBuffer.Pooled(offsets, pool), elements);
    }

    private Column ReadStruct(ArrayData data, StructType type, int start, int length)
    {
        var validity = Validity(data, start, length, out var nulls);
        if (ArrowTypes.IsOffsetTimestamp(type))
        {
            return ReadOffsetTimestamp(data, type, validity, nulls, start, length);
        }

        var fields = ImmutableArray.CreateBuilder<Column>(type.Fields.Count);
        for (var i = 0; i < type.Fields.Count; i++)
        {
            fields.Add(Read(type.Fields[i], data.Children[i], data.Children[i].Offset + start, length));
        }

        return new RowColumn(length, nulls, validity, fields.MoveToImmutable());
    }

    private OffsetTimestampColumn ReadOffsetTimestamp(ArrayData data, StructType type, ColumnBuffer validity, int nulls, int start, int length)
    {
        var (instants, minutes) = (data.Children[0], data.Children[1]);
        var from = instants.Offset + start;
        var utc = ((ArrowTimestampType)type.Fields[0].DataType).Unit switch
        {
            TimeUnit.Second => Map<long, long>(instants, from, length, static v => Scale(v, 1_000_000)),
            TimeUnit.Millisecond => Map<long, long>(instants, from, length, static v => Scale(v, 1000)),
            TimeUnit.Microsecond => Show(instants.Buffers[1], from, length, 8),
            _ => WholeMicroseconds(instants, validity, from, length),
        };
        return new OffsetTimestampColumn(length, nulls, validity, utc, Show(minutes.Buffers[1], minutes.Offset + start, length, 2));
    }

    private Column ReadDictionary(ArrayData data, int start, int length)
    {
        var type = (DictionaryType)data.DataType;
        var dictionary = data.Dictionary!; // an array of dictionary type always has one
        var values = Read(dictionary, dictionary.Offset, dictionary.Length);
        var validity = Validity(data, start, length, out _);
        using var builder = ColumnBuilder.Create(ArrowTypes.FromArrow(type.ValueType)!, pool, BatchLimits.Default with { ValueBytes = int.MaxValue });
        try
        {
            var bits = validity.IsEmpty ? default : validity.As<ulong>((length + 63) >> 6);
            for (var i = 0; i < length; i++)
            {
                if (!bits.IsEmpty && (bits[i >> 6] >> (i & 63) & 1) == 0)
                {
                    builder.AppendNull();
                }
                else
                {
                    builder.AppendFrom(values, Index(data.Buffers[1].Span, type.IndexType.TypeId, start + i));
                }
            }

            return builder.Build();
        }
        finally
        {
            values.Release();
            validity.Free();
        }
    }

    private static int Index(ReadOnlySpan<byte> indices, ArrowTypeId type, int at) => type switch
    {
        ArrowTypeId.Int8 => (sbyte)indices[at],
        ArrowTypeId.UInt8 => indices[at],
        ArrowTypeId.Int16 => MemoryMarshal.Cast<byte, short>(indices)[at],
        ArrowTypeId.UInt16 => MemoryMarshal.Cast<byte, ushort>(indices)[at],
        ArrowTypeId.Int32 or ArrowTypeId.UInt32 => MemoryMarshal.Cast<byte, int>(indices)[at],
        _ => checked((int)MemoryMarshal.Cast<byte, long>(indices)[at]),
    };

    // Without nulls in the range there is no bitmap.
    private ColumnBuffer Validity(ArrayData data, int start, int length, out int nulls)
    {
        nulls = 0;
        if (data.NullCount == 0 || data.Buffers[0].IsEmpty || length == 0)
        {
            return default;
        }

        nulls = ArrowBitmaps.CountClear(data.Buffers[0].Span, start, length);
        return nulls == 0 ? default : Bits(data.Buffers[0], start, length);
    }

    // Bitmaps are read in whole words, so one that ends inside a word is copied.
    private ColumnBuffer Bits(ArrowBuffer buffer, int start, int length)
    {
        var bytes = ((length + 63) >> 6) * 8;
        if ((start & 7) == 0 && (start >> 3) + bytes <= buffer.Length && bytes > 0)
        {
            return ColumnBuffer.Foreign(buffer.Memory.Slice(start >> 3, bytes), owner.Retain());
        }

        var copy = pool.Rent(bytes);
        ArrowBitmaps.Copy(buffer.Span, start, length, copy);
        return ColumnBuffer.Pooled(copy, pool);
    }

    private ColumnBuffer Show(ArrowBuffer buffer, int start, int length, int width, int startWidth = 0)
    {
        var (from, bytes) = (start * (startWidth == 0 ? width : startWidth), length * width);
        if (bytes > 0 && from + bytes <= buffer.Length)
        {
            return ColumnBuffer.Foreign(buffer.Memory.Slice(from, bytes), owner.Retain());
        }

        // Arrow may leave the buffer of a column without values out.
        var zeros = pool.Rent(Math.Max(bytes, 8));
        zeros.AsSpan().Clear();
        return ColumnBuffer.Pooled(zeros, pool);
    }

    private (ColumnBuffer Offsets, int First, int End) Ints(ArrowBuffer buffer, int start, int length) =>
        (Offsets(buffer, start, length, out var first, out var end), first, end);

    private ColumnBuffer Offsets(ArrowBuffer buffer, int start, int length, out int first, out int end)
    {
        (first, end) = (0, 0);
        if (length > 0)
        {
            var offsets = MemoryMarshal.Cast<byte, int>(buffer.Span).Slice(start, length + 1);
            (first, end) = (offsets[0], offsets[^1]);
            if (first == 0)
            {
                return ColumnBuffer.Foreign(buffer.Memory.Slice(start * 4, (length + 1) * 4), owner.Retain());
            }
        }

        var copy = pool.Rent((length + 1) * 4);
        var target = MemoryMarshal.Cast<byte, int>(copy.AsSpan());
        target[0] = 0;
        for (var i = 1; i <= length; i++)
        {
            target[i] = MemoryMarshal.Cast<byte, int>(buffer.Span)[start + i] - first;
        }

        return ColumnBuffer.Pooled(copy, pool);
    }

    private (ColumnBuffer Offsets, int First, int End) LargeOffsets(ArrowBuffer buffer, int start, int length)
    {
        var copy = pool.Rent((length + 1) * 4);
        var target = MemoryMarshal.Cast<byte, int>(copy.AsSpan());
        target[0] = 0;
        var source = MemoryMarshal.Cast<byte, long>(buffer.Span);
        for (var i = 1; i <= length; i++)
        {
            target[i] = checked((int)(source[start + i] - source[start]));
        }

        var first = length == 0 ? 0 : checked((int)source[start]);
        return (ColumnBuffer.Pooled(copy, pool), first, first + target[length]);
    }

    private ColumnBuffer Map<TFrom, TTo>(ArrayData data, int start, int length, Func<TFrom, TTo> map)
        where TFrom : unmanaged
        where TTo : unmanaged
    {
        var copy = pool.Rent(Math.Max(length * Unsafe.SizeOf<TTo>(), 8));
        var target = MemoryMarshal.Cast<byte, TTo>(copy.AsSpan());
        var source = MemoryMarshal.Cast<byte, TFrom>(data.Buffers[1].Span);
        for (var i = 0; i < length && start + i < source.Length; i++)
        {
            target[i] = map(source[start + i]);
        }

        return ColumnBuffer.Pooled(copy, pool);
    }

    // A TIMESTAMP_TZ counts microseconds; finer values are refused rather than cut.
    private ColumnBuffer WholeMicroseconds(ArrayData data, ColumnBuffer validity, int start, int length)
    {
        var present = validity.IsEmpty ? default : validity.As<ulong>((length + 63) >> 6);
        var source = MemoryMarshal.Cast<byte, long>(data.Buffers[1].Span);
        for (var i = 0; i < length; i++)
        {
            if (source[start + i] % 1000 != 0 && (present.IsEmpty || (present[i >> 6] >> (i & 63) & 1) != 0))
            {
                throw new CastFailureException(i, "a time with a zone has parts of a microsecond");
            }
        }

        return Map<long, long>(data, start, length, static v => FloorDivide(v, 1000));
    }

    private static long FloorDivide(long value, long by) => value >= 0 ? value / by : ((value + 1) / by) - 1;

    // Null slots hold anything; years beyond 290,000 are not dates.
    private static long Scale(long value, long by) =>
        Math.BigMul(value, by, out var low) is 0 or -1 ? low : value < 0 ? long.MinValue : long.MaxValue;

    private static int Days(long milliseconds) => (int)Math.Clamp(FloorDivide(milliseconds, 86_400_000), int.MinValue, int.MaxValue);
}
