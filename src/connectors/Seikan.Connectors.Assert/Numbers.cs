using System.Numerics;
using Seikan.Core;

namespace Seikan.Connectors.AssertSink;

/// <summary>Numbers of any type as doubles, as upstream compares them.</summary>
internal static class Numbers
{
    /// <summary>Whether values of a type are numbers.</summary>
    public static bool IsNumber(DataType type) => type.Kind is
        TypeKind.TinyInt or TypeKind.SmallInt or TypeKind.Int or TypeKind.BigInt or TypeKind.Float or TypeKind.Double or TypeKind.Decimal;

    /// <summary>A present value.</summary>
    public static double Read(DataType type, Column column, int row) => type switch
    {
        DecimalType { IsWide: true } d => (double)(BigInteger)((FixedColumn<Int256>)column).Values[row] / Math.Pow(10, d.Scale),
        DecimalType d => (double)((FixedColumn<Int128>)column).Values[row] / Math.Pow(10, d.Scale),
        _ => type.Kind switch
        {
            TypeKind.TinyInt => ((FixedColumn<sbyte>)column).Values[row],
            TypeKind.SmallInt => ((FixedColumn<short>)column).Values[row],
            TypeKind.Int => ((FixedColumn<int>)column).Values[row],
            TypeKind.BigInt => ((FixedColumn<long>)column).Values[row],
            TypeKind.Float => ((FixedColumn<float>)column).Values[row],
            _ => ((FixedColumn<double>)column).Values[row],
        },
    };
}
