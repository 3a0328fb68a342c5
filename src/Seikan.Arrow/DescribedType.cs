using System.Globalization;
using Seikan.Core;

namespace Seikan.Arrow;

/// <summary>Reads the types that field metadata may describe: a timestamp with its scale, and vectors.</summary>
internal static class DescribedType
{
    /// <summary>The type, or null when the text is another one.</summary>
    public static DataType? Parse(string text)
    {
        if (text == "sparse_float_vector")
        {
            return DataType.SparseFloatVector;
        }

        var open = text.IndexOf('(', StringComparison.Ordinal);
        if (open < 0 || text[^1] != ')'
            || !int.TryParse(text.AsSpan(open + 1, text.Length - open - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var n))
        {
            return null;
        }

        return text[..open] switch
        {
            "timestamp" when n <= 9 => new TimestampType(n),
            "float_vector" when n > 0 => new VectorType(TypeKind.FloatVector, n),
            "float16_vector" when n > 0 => new VectorType(TypeKind.Float16Vector, n),
            "bfloat16_vector" when n > 0 => new VectorType(TypeKind.BFloat16Vector, n),
            "binary_vector" when n > 0 && n % 8 == 0 => new VectorType(TypeKind.BinaryVector, n),
            _ => null,
        };
    }
}
