using Seikan.Core;

namespace Seikan.Connectors.Fake;

/// <summary>What can be wrong with made-up rows.</summary>
internal static class FakeErrors
{
    /// <summary>A given row does not fit the schema.</summary>
    public static readonly ErrorCode BadRow = new(
        "FAKE-0001", "row does not fit the schema", "A row given in \"rows\" has another number of fields than the schema, or a value of another type.", "make the row fit the schema");

    /// <summary>The limits of a range are the wrong way round.</summary>
    public static readonly ErrorCode EmptyRange = new(
        "FAKE-0002", "range is empty", "The smallest value of a range is above the largest.", "make the smallest value the smaller one");

    /// <summary>A default value does not fit its column.</summary>
    public static readonly ErrorCode BadDefault = new(
        "FAKE-0003", "default value does not fit the column", "The defaultValue of a column is not of the column's type.", "write a value of the column's type");

    /// <summary>No column can count up.</summary>
    public static readonly ErrorCode NothingToIncrement = new(
        "FAKE-0004", "no column can count up", "auto.increment.enabled is set, and neither the primary key nor any other column is a whole number.", "add an int or bigint column");

    /// <summary>Two tables have one name.</summary>
    public static readonly ErrorCode SameTable = new(
        "FAKE-0005", "table is made twice", "Two entries of tables_configs have the same table in their schema.", "give each its own schema.table");

    /// <summary>An option stands where nothing reads it.</summary>
    public static readonly ErrorCode NoEffect = new(
        "FAKE-0006", "option has no effect", "An option of a table stands beside tables_configs instead of inside one of its entries.", "move it into the entries of tables_configs");
}
