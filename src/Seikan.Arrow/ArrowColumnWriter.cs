using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Types;
using Seikan.Core;
using Column = Seikan.Core.Column;

namespace Seikan.Arrow;

/// <summary>Shows columns as Arrow arrays over the same memory. Only float vectors with nulls are copied, and only for Parquet.</summary>
internal static class ArrowColumnWriter
{
    /// <summary>The array of a column. Valid while the column is.</summary>
    /// <param name="column">Borrowed.</param>
    /// <param name="type">As <see cref="ArrowTypes.ToField"/> gives it for the column's type.</param>
    public static ArrayData Show(Column column, IArrowType type) => column switch
    {
        NullColumn => new ArrayData(type, column.Length, column.Length, 0, System.Array.Empty<ArrowBuffer>()),
        BitColumn bits => Make(column, type, [Buffer(bits.BitsBuffer, ((column.Length + 63) >> 6) * 8)]),
        FixedColumn<sbyte> c => Make(column, type, [Buffer(c.ValuesBuffer, c.Length)]),
        FixedColumn<short> c => Make(column, type, [Buffer(c.ValuesBuffer, c.Length * 2)]),
        FixedColumn<int> c => Make(column, type, [Buffer(c.ValuesBuffer, c.Length * 4)]),
        FixedColumn<long> c => Make(column, type, [Buffer(c.ValuesBuffer, c.Length * 8)]),
        FixedColumn<float> c => Make(column, type, [Buffer(c.ValuesBuffer, c.Length * 4)]),
        FixedColumn<double> c => Make(column, type, [Buffer(c.ValuesBuffer, c.Length * 8)]),
        FixedColumn<Int128> c => Make(column, type, [Buffer(c.ValuesBuffer, c.Length * 16)]),
        FixedColumn<Int256> c => Make(column, type, [Buffer(c.ValuesBuffer, c.Length * 32)]),
        BytesColumn c => Make(column, type, [Buffer(c.OffsetsBuffer, (c.Length + 1) * 4), Buffer(c.DataBuffer, c.Offsets[c.Length])]),
        OffsetTimestampColumn c => ShowOffsetTimestamp(c, (StructType)type),
        VectorColumn c => ShowVector(c, type),
        ListColumn c => Make(column, type, [Buffer(c.OffsetsBuffer, (c.Length + 1) * 4)], [Show(c.Elements, ElementType(type))]),
        RowColumn c => ShowRow(c, (StructType)type),
        _ => throw new System.Diagnostics.UnreachableException($"no array for {column.GetType().Name}"),
    };

    private static ArrayData ShowOffsetTimestamp(OffsetTimestampColumn column, StructType type) => Make(column, type, [],
    [
        new ArrayData(type.Fields[0].DataType, column.Length, 0, 0, [ArrowBuffer.Empty, Buffer(column.UtcBuffer, column.Length * 8)]),
        new ArrayData(type.Fields[1].DataType, column.Length, 0, 0, [ArrowBuffer.Empty, Buffer(column.OffsetMinutesBuffer, column.Length * 2)]),
    ]);

    private static ArrayData ShowRow(RowColumn column, StructType type)
    {
        var children = new ArrayData[column.Fields.Length];
        for (var i = 0; i < children.Length; i++)
        {
            children[i] = Show(column.Fields[i], type.Fields[i].DataType);
        }

        return Make(column, type, [], children);
    }

    private static ArrayData ShowVector(VectorColumn column, IArrowType type)
    {
        var data = Buffer(column.DataBuffer, column.Length * column.ByteWidth);
        return type switch
        {
            FixedSizeListType list => Make(column, type, [],
                [new ArrayData(list.ValueDataType, column.Length * list.ListSize, 0, 0, [ArrowBuffer.Empty, data])]),
            ListType list => ShowVectorAsList(column, list, data),
            _ => Make(column, type, [data]),
        };
    }

    // A null list must have no elements, so the elements of null vectors are left out.
    private static ArrayData ShowVectorAsList(VectorColumn column, ListType type, ArrowBuffer data)
    {
        var elements = column.ByteWidth / 4;
        var offsets = new int[column.Length + 1];
        var kept = column.NullCount == 0 ? null : new byte[(column.Length - column.NullCount) * column.ByteWidth];
        var end = 0;
        for (var row = 0; row < column.Length; row++)
        {
            if (kept is null)
            {
                end += elements;
            }
            else if (column.IsValid(row))
            {
                column[row].CopyTo(kept.AsSpan(end * 4));
                end += elements;
            }

            offsets[row + 1] = end;
        }

        var values = new ArrayData(type.ValueDataType, end, 0, 0, [ArrowBuffer.Empty, kept is null ? data : new ArrowBuffer(kept)]);
        return Make(column, type, [new ArrowBuffer(MemoryMarshal.AsBytes(offsets.AsSpan()).ToArray())], [values]);
    }

    private static IArrowType ElementType(IArrowType type) =>
        type is Apache.Arrow.Types.MapType map ? map.KeyValueType : ((ListType)type).ValueDataType;

    private static ArrayData Make(Column column, IArrowType type, ReadOnlySpan<ArrowBuffer> values, ArrayData[]? children = null)
    {
        var validity = column.NullCount == 0 ? ArrowBuffer.Empty : Buffer(column.ValidityBuffer, ((column.Length + 63) >> 6) * 8);
        return new ArrayData(type, column.Length, column.NullCount, 0, (ArrowBuffer[])[validity, .. values], children ?? []);
    }

    private static ArrowBuffer Buffer(ColumnBuffer buffer, int bytes) => bytes == 0 ? ArrowBuffer.Empty : new ArrowBuffer(buffer.AsMemory(bytes));
}
