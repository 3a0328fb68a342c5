using System.Collections.Immutable;
using CsCheck;

namespace Seikan.Core.Tests.Types;

/// <summary>Random types.</summary>
internal static class AnyType
{
    private static readonly DataType[] Scalars =
    [
        DataType.Boolean, DataType.TinyInt, DataType.SmallInt, DataType.Int, DataType.BigInt, DataType.Float, DataType.Double, DataType.String,
        DataType.Bytes, DataType.Date, DataType.Time, DataType.Timestamp, DataType.TimestampTz,
    ];

    /// <summary>What a map key may be.</summary>
    public static readonly Gen<DataType> Simple = Gen.OneOf(
        Gen.Int[0, Scalars.Length - 1].Select(i => Scalars[i]),
        Gen.Select(Gen.Int[1, 76], Gen.Int[0, 76], (p, s) => (DataType)new DecimalType(p, Math.Min(p, s))),
        Gen.Int[0, 9].Select(s => (DataType)new TimestampType(s)));

    private static readonly Gen<DataType> Leaf = Gen.Frequency(
        (5, Simple),
        (1, Gen.Const((DataType)DataType.SparseFloatVector)),
        (1, Gen.Select(Gen.Int[0, 3], Gen.Int[1, 4], (k, d) => (DataType)new VectorType((TypeKind)((int)TypeKind.BinaryVector + k), d * 8))));

    /// <summary>Any type but the one that is always null.</summary>
    public static readonly Gen<DataType> All = Of(3);

    private static Gen<DataType> Of(int depth) => depth == 0 ? Leaf : Gen.Frequency(
        (3, Leaf),
        (1, Of(depth - 1).Select(t => (DataType)new ArrayType(t))),
        (1, Gen.Select(Simple, Of(depth - 1), (k, v) => (DataType)new MapType(k, v))),
        (1, Gen.Select(Gen.String[Gen.Char["ab \"\\=:{日'"], 0, 5], Of(depth - 1)).Array[1, 4].Select(Row)));

    private static DataType Row((string Name, DataType Type)[] fields) =>
        new RowType(fields.Select((f, i) => new RowField(f.Name + i, f.Type)).ToImmutableArray());
}
