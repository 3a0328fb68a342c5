namespace Seikan.Config;

/// <summary>Names in <c>${..}</c> that sinks and transforms fill later.</summary>
internal static class PlaceholderNames
{
    /// <summary>True for the names that sinks fill for every table: they are never variables (types.md 6).</summary>
    public static bool IsReserved(string name) =>
        name is "database_name" or "schema_name" or "table_name" or "schema_full_name" or "table_full_name" or "primary_key" or "unique_key"
            or "field_names" or "partition_keys";

    /// <summary>
    /// True for names that some plug-in fills, so that a missing variable is no surprise (connectors.md 2, types.md 6, transforms.md).
    /// </summary>
    public static bool IsKnown(string name) =>
        IsReserved(name)
        || name is "now" or "uuid" or "transactionId" or "database" or "table" or "comment" or "rowtype_fields" or "rowtype_primary_key"
            or "rowtype_unique_key" or "rowtype_duplicate_key" or "model" or "input" or "prompt"
        || (name.Length > 1 && name[0] is 'k' or 'v' && (name[1..] == "n" || int.TryParse(name.AsSpan(1), out _)));
}
