using System.Text;

namespace Seikan.Core;

/// <summary>Types as users write them (types.md 2).</summary>
public static class TypeText
{
    /// <summary>The config spelling of a type, such as <c>map&lt;string, decimal(10, 2)&gt;</c>.</summary>
    public static string Format(DataType type) => type switch
    {
        DecimalType d => $"decimal({d.Precision}, {d.Scale})",
        TimestampType { Scale: 6 } => "timestamp",
        TimestampType t => $"timestamp({t.Scale})",
        ArrayType a => $"array<{a.Element}>",
        MapType m => $"map<{m.Key}, {m.Value}>",
        RowType r => FormatRow(r),
        VectorType v => $"{Name(v.Kind)}({v.Dimension})",
        _ => Name(type.Kind),
    };

    private static string FormatRow(RowType row)
    {
        var text = new StringBuilder("{");
        foreach (var field in row.Fields)
        {
            text.Append(text.Length > 1 ? ", " : "").Append(FieldName(field.Name)).Append(" = ").Append(field.Type);
        }

        return text.Append('}').ToString();
    }

    // Quoted when the grammar would not read the bare name back.
    private static string FieldName(string name) =>
        name.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or '$')
            ? name
            : $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Name(TypeKind kind) => kind switch
    {
        TypeKind.TimestampTz => "timestamp_tz",
        TypeKind.BinaryVector => "binary_vector",
        TypeKind.FloatVector => "float_vector",
        TypeKind.Float16Vector => "float16_vector",
        TypeKind.BFloat16Vector => "bfloat16_vector",
        TypeKind.SparseFloatVector => "sparse_float_vector",
        _ => kind.ToString().ToLowerInvariant(),
    };
}
