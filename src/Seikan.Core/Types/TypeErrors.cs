namespace Seikan.Core;

/// <summary>What can be wrong with a type in a job.</summary>
public static class TypeErrors
{
    /// <summary>No such type.</summary>
    public static readonly ErrorCode Unknown = new(
        "TYP-0001", "unknown type", "A column names a type that does not exist.",
        "use string, boolean, tinyint, smallint, int, bigint, float, double, decimal(p,s), bytes, date, time, timestamp, timestamp_tz, array<T>, map<K,V> or { name = type }");

    /// <summary>The text is no type.</summary>
    public static readonly ErrorCode Malformed = new(
        "TYP-0002", "type cannot be read", "The text of a type breaks off or has something that does not belong there.",
        "write it as in \"map<string, array<decimal(10, 2)>>\"");

    /// <summary>Precision, scale or dimension out of range.</summary>
    public static readonly ErrorCode OutOfRange = new(
        "TYP-0003", "type parameter out of range", "Precision, scale or dimension of a type is outside what can be stored.",
        "decimals have 1 to 76 digits and a scale up to that; timestamps 0 to 9 fraction digits");

    /// <summary>Types nested too deep.</summary>
    public static readonly ErrorCode TooDeep = new(
        "TYP-0004", "type is nested too deep", "A type has more than 32 levels.", "flatten the type");

    /// <summary>A value inside a row type is no type.</summary>
    public static readonly ErrorCode NotAType = new(
        "TYP-0005", "not a type", "Where a type is expected stands a list, a number, a boolean or null.", "write the type as text or as { name = type }");
}
