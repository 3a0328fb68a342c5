namespace Seikan.Core;

/// <summary>Which table: database, schema and table, the first two often absent.</summary>
/// <param name="Database">Database or catalog; null when absent.</param>
/// <param name="Schema">Schema; null when absent.</param>
/// <param name="Table">Table; never empty.</param>
public sealed record TablePath(string? Database, string? Schema, string Table)
{
    /// <summary>The path when nothing names the table.</summary>
    public static TablePath Default { get; } = new("default", "default", "default");

    /// <summary>Reads <c>t</c>, <c>a.t</c> or <c>a.b.t</c> (types.md 4); null for an empty part or more than three parts.</summary>
    /// <param name="text">The text.</param>
    /// <param name="schemaFirst">Whether the first of two parts is the schema; else it is the database.</param>
    public static TablePath? Parse(string text, bool schemaFirst = false)
    {
        var parts = text.Split('.');
        return parts.Any(string.IsNullOrWhiteSpace) ? null : parts switch
        {
            [var t] => new TablePath(null, null, t),
            [var a, var t] => schemaFirst ? new TablePath(null, a, t) : new TablePath(a, null, t),
            [var a, var b, var t] => new TablePath(a, b, t),
            _ => null,
        };
    }

    /// <summary>The parts that are there, joined by dots.</summary>
    public override string ToString() => (Database, Schema) switch
    {
        (null, null) => Table,
        (null, var s) => $"{s}.{Table}",
        (var d, null) => $"{d}.{Table}",
        var (d, s) => $"{d}.{s}.{Table}",
    };
}
