using Seikan.Core;

namespace Seikan.Connectors.ConsoleSink;

/// <summary>The columns of a table as upstream prints them: <c>name&lt;STRING&gt;, price&lt;Decimal(10, 2)&gt;</c>.</summary>
internal static class RowTypeText
{
    /// <summary>All columns in order.</summary>
    public static string Format(TableSchema table) => string.Join(", ", table.Columns.Select(c => $"{c.Name}<{Format(c.Type)}>"));

    private static string Format(DataType type) => type switch
    {
        DecimalType d => $"Decimal({d.Precision}, {d.Scale})",
        ArrayType a => $"ARRAY<{Format(a.Element)}>",
        MapType m => $"Map<{Format(m.Key)}, {Format(m.Value)}>",
        RowType r => $"ROW<{string.Join(", ", r.Fields.Select(f => $"{f.Name} {Format(f.Type)}"))}>",
        _ => type.ToString()!.ToUpperInvariant(),
    };
}
