namespace Seikan.Core;

/// <summary>The kinds of logical types (types.md 1).</summary>
public enum TypeKind : byte
{
    /// <summary>Always null.</summary>
    Null,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>8-bit integer.</summary>
    TinyInt,

    /// <summary>16-bit integer.</summary>
    SmallInt,

    /// <summary>32-bit integer.</summary>
    Int,

    /// <summary>64-bit integer.</summary>
    BigInt,

    /// <summary>IEEE single.</summary>
    Float,

    /// <summary>IEEE double.</summary>
    Double,

    /// <summary>Exact decimal, <see cref="DecimalType"/>.</summary>
    Decimal,

    /// <summary>UTF-8 text.</summary>
    String,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>Days since 1970-01-01.</summary>
    Date,

    /// <summary>Nanoseconds since midnight.</summary>
    Time,

    /// <summary>Date and time without zone, <see cref="TimestampType"/>.</summary>
    Timestamp,

    /// <summary>UTC microseconds and an offset in minutes for each value.</summary>
    TimestampTz,

    /// <summary><see cref="ArrayType"/>.</summary>
    Array,

    /// <summary><see cref="MapType"/>.</summary>
    Map,

    /// <summary><see cref="RowType"/>.</summary>
    Row,

    /// <summary>Bits, <see cref="VectorType"/>; the dimension counts bits, a multiple of 8.</summary>
    BinaryVector,

    /// <summary>IEEE singles, <see cref="VectorType"/>.</summary>
    FloatVector,

    /// <summary>IEEE halves, <see cref="VectorType"/>.</summary>
    Float16Vector,

    /// <summary>Brain floats, <see cref="VectorType"/>.</summary>
    BFloat16Vector,

    /// <summary>Index to value; stored like a map of INT to FLOAT.</summary>
    SparseFloatVector,
}
