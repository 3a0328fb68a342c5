using CsCheck;
using Seikan.Core;

namespace Seikan.Testing;

/// <summary>Random types, tables and rows for property tests. What is generated holds no memory; <see cref="GeneratedRows.Build"/> makes the batch.</summary>
public static class BatchGenerator
{
    private static readonly Gen<DataType> Scalars = Gen.OneOf(
        Among<DataType>(
            DataType.Boolean, DataType.TinyInt, DataType.SmallInt, DataType.Int, DataType.BigInt, DataType.Float, DataType.Double, DataType.String,
            DataType.Bytes, DataType.Date, DataType.Time, DataType.TimestampTz),
        Gen.Int[0, 9].Select(s => (DataType)new TimestampType(s)),
        Gen.Int[1, DecimalType.MaxPrecision].SelectMany(p => Gen.Int[0, p].Select(s => (DataType)new DecimalType(p, s))));

    private static readonly Gen<DataType> Vectors = Gen.OneOf(
        Gen.Int[1, 4].Select(d => (DataType)new VectorType(TypeKind.BinaryVector, d * 8)),
        Among(TypeKind.FloatVector, TypeKind.Float16Vector, TypeKind.BFloat16Vector)
            .SelectMany(k => Gen.Int[1, 5].Select(d => (DataType)new VectorType(k, d))),
        Gen.Const((DataType)DataType.SparseFloatVector));

    private static readonly Gen<DataType> MapKeys = Scalars.Where(t => t.Kind is not (TypeKind.Bytes or TypeKind.TimestampTz));

    /// <summary>Every kind of type, nested up to three deep.</summary>
    public static Gen<DataType> Types { get; } = TypesOf(Gen.Frequency((8, Scalars), (1, Vectors), (1, Gen.Const((DataType)DataType.Null))), 3);

    /// <summary>Every kind of type but vectors and NULL, nested up to three deep: what most formats can write.</summary>
    public static Gen<DataType> PlainTypes { get; } = TypesOf(Scalars, 3);

    /// <summary>Scalar types only.</summary>
    public static Gen<DataType> ScalarTypes => Scalars;

    /// <summary>Tables of 1 to 8 nullable columns.</summary>
    /// <param name="types">Types of the columns; every kind when null.</param>
    public static Gen<TableSchema> Tables(Gen<DataType>? types = null) => (types ?? Types).Array[1, 8].Select(
        chosen => new TableSchema(
            new TablePath(null, null, "generated"), [.. chosen.Select((t, i) => new ColumnDef($"c{i}", t))]));

    /// <summary>Rows of a random table: nulls, extreme values, unicode.</summary>
    /// <param name="types">Types of the columns; every kind when null.</param>
    /// <param name="mode">Which row kinds occur.</param>
    /// <param name="maxRows">Most rows.</param>
    public static Gen<GeneratedRows> Rows(Gen<DataType>? types = null, ChangelogMode mode = ChangelogMode.InsertOnly, int maxRows = 200) =>
        Tables(types).SelectMany(table => Gen.Select(Gen.Int[0, maxRows], Gen.Int, Among(0.0, 0.1, 0.5, 1.0))
            .Select(t => new GeneratedRows(table, mode, t.Item1, t.Item2, t.Item3)));

    private static Gen<T> Among<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Gen<DataType> TypesOf(Gen<DataType> leaves, int depth)
    {
        if (depth == 0)
        {
            return leaves;
        }

        var inner = TypesOf(leaves, depth - 1);
        return Gen.Frequency(
            (6, leaves),
            (1, inner.Select(t => (DataType)new ArrayType(t))),
            (1, MapKeys.SelectMany(k => inner.Select(v => (DataType)new MapType(k, v)))),
            (1, inner.Array[1, 4].Select(f => (DataType)new RowType([.. f.Select((t, i) => new RowField($"f{i}", t))]))));
    }
}
