using Seikan.Core;

namespace Seikan.Connectors.AssertSink;

/// <summary>A type of a rule, compared as upstream does where it is lenient: sizes that a job leaves out match any.</summary>
internal sealed record ExpectedType
{
    private readonly DataType? _type;
    private readonly TypeKind _kind;

    private ExpectedType(DataType? type, TypeKind kind) => (_type, _kind) = (type, kind);

    /// <summary>Whether only nulls are of the type.</summary>
    public bool IsNull => _kind == TypeKind.Null;

    /// <summary>Reads a type; null after an error.</summary>
    /// <param name="node">As written.</param>
    /// <param name="place">What it belongs to, for errors.</param>
    /// <param name="problems">Gets what is wrong.</param>
    public static ExpectedType? Parse(ConfigNode node, string place, DiagnosticBag problems)
    {
        TypeKind? vector = (node as ConfigScalar)?.Text.Trim().ToLowerInvariant() switch
        {
            "binary_vector" => TypeKind.BinaryVector,
            "float_vector" => TypeKind.FloatVector,
            "float16_vector" => TypeKind.Float16Vector,
            "bfloat16_vector" => TypeKind.BFloat16Vector,
            _ => null,
        };
        return vector is { } kind ? new ExpectedType(null, kind)
            : TypeParser.Parse(node, place, problems) is { } type ? new ExpectedType(type, type.Kind) : null;
    }

    /// <summary>Whether a field of a type holds what is expected: decimals of the same scale and no higher precision do.</summary>
    public bool Matches(DataType actual) => _type is null ? actual.Kind == _kind : Matches(_type, actual);

    /// <inheritdoc/>
    public override string ToString() => _type?.ToString() ?? _kind switch
    {
        TypeKind.BinaryVector => "binary_vector",
        TypeKind.FloatVector => "float_vector",
        TypeKind.Float16Vector => "float16_vector",
        _ => "bfloat16_vector",
    };

    private static bool Matches(DataType expected, DataType actual) => (expected, actual) switch
    {
        (DecimalType e, DecimalType a) => e.Scale == a.Scale && a.Precision <= e.Precision,
        (TimestampType { Scale: 6 }, TimestampType) => true, // upstream's type has no scale, so "timestamp" means any
        (ArrayType e, ArrayType a) => Matches(e.Element, a.Element),
        (MapType e, MapType a) => Matches(e.Key, a.Key) && Matches(e.Value, a.Value),
        (RowType e, RowType a) => e.Fields.Length == a.Fields.Length && e.Fields.Zip(a.Fields).All(f => Matches(f.First.Type, f.Second.Type)),
        _ => expected == actual,
    };
}
