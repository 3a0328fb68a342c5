using System.Collections.Immutable;
using Apache.Arrow;
using Apache.Arrow.Types;
using Seikan.Core;
using ArrowMapType = Apache.Arrow.Types.MapType;
using ArrowTimestampType = Apache.Arrow.Types.TimestampType;
using MapType = Seikan.Core.MapType;
using TimestampType = Seikan.Core.TimestampType;

namespace Seikan.Arrow;

/// <summary>
/// Column types to Arrow types and back (types.md 10). What Arrow cannot say (a timestamp's scale, the kind of a vector) stands in the field's
/// metadata under <c>seikan.type</c>.
/// </summary>
internal static class ArrowTypes
{
    /// <summary>Name of the first child of a TIMESTAMP_TZ, as Arrow's canonical extension spells it.</summary>
    public const string InstantField = "timestamp";

    /// <summary>Name of the second child of a TIMESTAMP_TZ.</summary>
    public const string OffsetField = "offset_minutes";

    private const string TypeKey = "seikan.type";

    /// <summary>The field for a column type.</summary>
    public static Field ToField(string name, DataType type, ArrowShape shape, bool isNullable = true)
    {
        var arrow = ToArrow(type, shape);
        var metadata = FromArrow(arrow) == type ? null : new Dictionary<string, string> { [TypeKey] = type.ToString() };
        return new Field(name, arrow, isNullable, metadata);
    }

    /// <summary>The column type of a field; null when there is none.</summary>
    public static DataType? FromField(Field field)
    {
        var natural = FromArrow(field.DataType);
        if (natural is not null && field.HasMetadata && field.Metadata.TryGetValue(TypeKey, out var text)
            && DescribedType.Parse(text) is { } described && ColumnCast.Exists(natural, described))
        {
            return described;
        }

        return natural;
    }

    /// <summary>The column type that holds the values of an Arrow type as they are; null when there is none.</summary>
    public static DataType? FromArrow(IArrowType type) => type.TypeId switch
    {
        ArrowTypeId.Null => DataType.Null,
        ArrowTypeId.Boolean => DataType.Boolean,
        ArrowTypeId.Int8 => DataType.TinyInt,
        ArrowTypeId.Int16 or ArrowTypeId.UInt8 => DataType.SmallInt,
        ArrowTypeId.Int32 or ArrowTypeId.UInt16 => DataType.Int,
        ArrowTypeId.Int64 or ArrowTypeId.UInt32 or ArrowTypeId.Duration => DataType.BigInt,
        ArrowTypeId.UInt64 => new DecimalType(20, 0),
        ArrowTypeId.HalfFloat or ArrowTypeId.Float => DataType.Float,
        ArrowTypeId.Double => DataType.Double,
        ArrowTypeId.String or ArrowTypeId.LargeString or ArrowTypeId.StringView => DataType.String,
        ArrowTypeId.Binary or ArrowTypeId.LargeBinary or ArrowTypeId.BinaryView or ArrowTypeId.FixedSizedBinary => DataType.Bytes,
        ArrowTypeId.Date32 or ArrowTypeId.Date64 => DataType.Date,
        ArrowTypeId.Time32 or ArrowTypeId.Time64 => DataType.Time,
        ArrowTypeId.Timestamp => FromTimestamp((ArrowTimestampType)type),
        ArrowTypeId.Decimal32 => FromDecimal(((Decimal32Type)type).Precision, ((Decimal32Type)type).Scale),
        ArrowTypeId.Decimal64 => FromDecimal(((Decimal64Type)type).Precision, ((Decimal64Type)type).Scale),
        ArrowTypeId.Decimal128 => FromDecimal(((Decimal128Type)type).Precision, ((Decimal128Type)type).Scale),
        ArrowTypeId.Decimal256 => FromDecimal(((Decimal256Type)type).Precision, ((Decimal256Type)type).Scale),
        ArrowTypeId.List => FromElement(((ListType)type).ValueField),
        ArrowTypeId.LargeList => FromElement(((LargeListType)type).ValueField),
        ArrowTypeId.FixedSizeList => FromFixedList((FixedSizeListType)type),
        ArrowTypeId.Map => FromMap((ArrowMapType)type),
        ArrowTypeId.Struct => FromStruct((StructType)type),
        ArrowTypeId.Dictionary => FromArrow(((DictionaryType)type).ValueType),
        _ => null,
    };

    /// <summary>True for the struct that stands for TIMESTAMP_TZ.</summary>
    public static bool IsOffsetTimestamp(StructType type) => type.Fields is
    [
        { Name: InstantField, DataType: ArrowTimestampType { Timezone: not null } },
        { Name: OffsetField, DataType.TypeId: ArrowTypeId.Int16 },
    ];

    private static IArrowType ToArrow(DataType type, ArrowShape shape) => type switch
    {
        DecimalType { IsWide: true } d => new Decimal256Type(d.Precision, d.Scale),
        DecimalType d => new Decimal128Type(d.Precision, d.Scale),
        TimestampType t => new ArrowTimestampType(t.IsNanoseconds ? TimeUnit.Nanosecond : TimeUnit.Microsecond, (string?)null),
        ArrayType a => new ListType(ToField("element", a.Element, shape)),
        MapType m => new ArrowMapType(ToField("key", m.Key, shape, false), ToField("value", m.Value, shape)),
        RowType r => new StructType([.. r.Fields.Select(f => ToField(f.Name, f.Type, shape))]),
        VectorType { Kind: TypeKind.FloatVector } when shape == ArrowShape.Parquet => new ListType(new Field("element", FloatType.Default, true)),
        VectorType { Kind: TypeKind.FloatVector } v => new FixedSizeListType(new Field("element", FloatType.Default, true), v.Dimension),
        VectorType v => new FixedSizeBinaryType(v.ByteWidth),
        _ => type.Kind switch
        {
            TypeKind.Null => NullType.Default,
            TypeKind.Boolean => BooleanType.Default,
            TypeKind.TinyInt => Int8Type.Default,
            TypeKind.SmallInt => Int16Type.Default,
            TypeKind.Int => Int32Type.Default,
            TypeKind.BigInt => Int64Type.Default,
            TypeKind.Float => FloatType.Default,
            TypeKind.Double => DoubleType.Default,
            TypeKind.String => StringType.Default,
            TypeKind.Bytes => BinaryType.Default,
            TypeKind.Date => Date32Type.Default,
            TypeKind.Time => new Time64Type(TimeUnit.Nanosecond),
            TypeKind.TimestampTz => new StructType(
            [
                new Field(InstantField, new ArrowTimestampType(TimeUnit.Microsecond, "UTC"), true),
                new Field(OffsetField, Int16Type.Default, true),
            ]),
            TypeKind.SparseFloatVector => new ArrowMapType(new Field("key", Int32Type.Default, false), new Field("value", FloatType.Default, true)),
            _ => throw new System.Diagnostics.UnreachableException($"no Arrow type for {type}"),
        },
    };

    private static DataType FromTimestamp(ArrowTimestampType type) => type.Timezone is { Length: > 0 }
        ? DataType.TimestampTz
        : new TimestampType(type.Unit switch
        {
            TimeUnit.Second => 0,
            TimeUnit.Millisecond => 3,
            TimeUnit.Microsecond => 6,
            _ => 9,
        });

    private static DecimalType? FromDecimal(int precision, int scale) =>
        scale < 0 || Math.Max(precision, scale) > DecimalType.MaxPrecision ? null : new DecimalType(Math.Max(precision, scale), scale);

    private static ArrayType? FromElement(Field element) => FromField(element) is { } type ? new ArrayType(type) : null;

    private static DataType? FromFixedList(FixedSizeListType type) => type.ValueDataType.TypeId == ArrowTypeId.Float && type.ListSize > 0
        ? new VectorType(TypeKind.FloatVector, type.ListSize)
        : FromElement(type.ValueField);

    private static MapType? FromMap(ArrowMapType type) => FromField(type.KeyField) is { } key && FromField(type.ValueField) is { } value
        ? new MapType(key, value)
        : null;

    private static DataType? FromStruct(StructType type)
    {
        if (IsOffsetTimestamp(type))
        {
            return DataType.TimestampTz;
        }

        var fields = ImmutableArray.CreateBuilder<RowField>(type.Fields.Count);
        foreach (var field in type.Fields)
        {
            if (FromField(field) is not { } fieldType)
            {
                return null;
            }

            fields.Add(new RowField(field.Name, fieldType));
        }

        return new RowType(fields.MoveToImmutable());
    }
}
