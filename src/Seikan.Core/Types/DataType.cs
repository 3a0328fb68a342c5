using System.Collections.Immutable;

namespace Seikan.Core;

/// <summary>A logical type. The set is closed; equality is by value.</summary>
public abstract record DataType
{
    private protected DataType(TypeKind kind) => Kind = kind;

    /// <summary>The kind, for switches.</summary>
    public TypeKind Kind { get; }

    /// <summary>Always null.</summary>
    public static ScalarType Null { get; } = new(TypeKind.Null);

    /// <summary>True or false.</summary>
    public static ScalarType Boolean { get; } = new(TypeKind.Boolean);

    /// <summary>8-bit integer.</summary>
    public static ScalarType TinyInt { get; } = new(TypeKind.TinyInt);

    /// <summary>16-bit integer.</summary>
    public static ScalarType SmallInt { get; } = new(TypeKind.SmallInt);

    /// <summary>32-bit integer.</summary>
    public static ScalarType Int { get; } = new(TypeKind.Int);

    /// <summary>64-bit integer.</summary>
    public static ScalarType BigInt { get; } = new(TypeKind.BigInt);

    /// <summary>IEEE single.</summary>
    public static ScalarType Float { get; } = new(TypeKind.Float);

    /// <summary>IEEE double.</summary>
    public static ScalarType Double { get; } = new(TypeKind.Double);

    /// <summary>UTF-8 text.</summary>
    public static ScalarType String { get; } = new(TypeKind.String);

    /// <summary>Bytes.</summary>
    public static ScalarType Bytes { get; } = new(TypeKind.Bytes);

    /// <summary>Date.</summary>
    public static ScalarType Date { get; } = new(TypeKind.Date);

    /// <summary>Time of day.</summary>
    public static ScalarType Time { get; } = new(TypeKind.Time);

    /// <summary>Date and time without zone, microseconds.</summary>
    public static TimestampType Timestamp { get; } = new(6);

    /// <summary>Date and time with an offset for each value.</summary>
    public static ScalarType TimestampTz { get; } = new(TypeKind.TimestampTz);

    /// <summary>Index to value.</summary>
    public static ScalarType SparseFloatVector { get; } = new(TypeKind.SparseFloatVector);
}

/// <summary>A type without parameters.</summary>
public sealed record ScalarType : DataType
{
    internal ScalarType(TypeKind kind)
        : base(kind)
    {
    }

    /// <inheritdoc/>
    public override string ToString() => TypeText.Format(this);
}

/// <summary>Exact decimal: 16-byte integers up to 38 digits, 32-byte integers up to 76.</summary>
public sealed record DecimalType : DataType
{
    /// <summary>Digits up to which a value is stored as <see cref="Int128"/>.</summary>
    public const int MaxInt128Precision = 38;

    /// <summary>Most digits a value can have.</summary>
    public const int MaxPrecision = 76;

    /// <summary>Makes a decimal type.</summary>
    /// <param name="precision">All digits, 1 to 76.</param>
    /// <param name="scale">Digits behind the point, 0 to <paramref name="precision"/>.</param>
    public DecimalType(int precision, int scale)
        : base(TypeKind.Decimal)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(precision, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(precision, MaxPrecision);
        ArgumentOutOfRangeException.ThrowIfNegative(scale);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scale, precision);
        (Precision, Scale) = (precision, scale);
    }

    /// <summary>All digits.</summary>
    public int Precision { get; }

    /// <summary>Digits behind the point.</summary>
    public int Scale { get; }

    /// <summary>True when values are stored in 32 bytes.</summary>
    public bool IsWide => Precision > MaxInt128Precision;

    /// <inheritdoc/>
    public override string ToString() => TypeText.Format(this);
}

/// <summary>Date and time without zone: microseconds since 1970-01-01, or nanoseconds when more than 6 fraction digits are asked for.</summary>
public sealed record TimestampType : DataType
{
    /// <summary>Makes a timestamp type.</summary>
    /// <param name="scale">Fraction digits, 0 to 9.</param>
    public TimestampType(int scale)
        : base(TypeKind.Timestamp)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(scale);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scale, 9);
        Scale = scale;
    }

    /// <summary>Fraction digits, 0 to 9; 6 unless said.</summary>
    public int Scale { get; }

    /// <summary>True when values count nanoseconds (years 1677 to 2262), false when they count microseconds.</summary>
    public bool IsNanoseconds => Scale > 6;

    /// <inheritdoc/>
    public override string ToString() => TypeText.Format(this);
}

/// <summary>A list of elements of one type.</summary>
/// <param name="Element">Their type.</param>
public sealed record ArrayType(DataType Element) : DataType(TypeKind.Array)
{
    /// <inheritdoc/>
    public override string ToString() => TypeText.Format(this);
}

/// <summary>A list of keys and values. Keys are never null.</summary>
/// <param name="Key">Type of the keys.</param>
/// <param name="Value">Type of the values.</param>
public sealed record MapType(DataType Key, DataType Value) : DataType(TypeKind.Map)
{
    /// <inheritdoc/>
    public override string ToString() => TypeText.Format(this);
}

/// <summary>A nested row; the order of fields counts.</summary>
/// <param name="Fields">The fields.</param>
public sealed record RowType(ImmutableArray<RowField> Fields) : DataType(TypeKind.Row)
{
    /// <inheritdoc/>
    public bool Equals(RowType? other) => other is not null && Fields.AsSpan().SequenceEqual(other.Fields.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var field in Fields)
        {
            hash.Add(field);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => TypeText.Format(this);
}

/// <summary>One field of a nested row; always nullable.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
public sealed record RowField(string Name, DataType Type);

/// <summary>A fixed number of elements for each value.</summary>
public sealed record VectorType : DataType
{
    /// <summary>Makes a vector type.</summary>
    /// <param name="kind">BinaryVector, FloatVector, Float16Vector or BFloat16Vector.</param>
    /// <param name="dimension">Elements a value (bits for BinaryVector, a multiple of 8), at least 1.</param>
    public VectorType(TypeKind kind, int dimension)
        : base(kind)
    {
        if (kind is not (TypeKind.BinaryVector or TypeKind.FloatVector or TypeKind.Float16Vector or TypeKind.BFloat16Vector))
        {
            throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a vector of fixed size");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        if (kind == TypeKind.BinaryVector && dimension % 8 != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "a binary vector's dimension is a multiple of 8");
        }

        Dimension = dimension;
    }

    /// <summary>Elements a value; bits for a binary vector.</summary>
    public int Dimension { get; }

    /// <summary>Bytes a value: the width of its <see cref="VectorColumn"/>.</summary>
    public int ByteWidth => Kind switch
    {
        TypeKind.BinaryVector => Dimension / 8,
        TypeKind.FloatVector => Dimension * 4,
        _ => Dimension * 2,
    };

    /// <inheritdoc/>
    public override string ToString() => TypeText.Format(this);
}
