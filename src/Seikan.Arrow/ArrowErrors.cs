using Seikan.Core;

namespace Seikan.Arrow;

/// <summary>What can be wrong with Arrow data.</summary>
public static class ArrowErrors
{
    /// <summary>An Arrow type that no column type stands for.</summary>
    public static readonly ErrorCode UnknownType = new(
        "FMT-0201", "type is not known", "The data has a column of an Arrow type that no column type stands for.",
        "leave the column out with read_columns, or write it with another type");

    /// <summary>A name occurs twice.</summary>
    public static readonly ErrorCode DuplicateColumn = new(
        "FMT-0202", "column name occurs twice", "Two columns of the data have the same name, so that a name does not say which is meant.",
        "rename one of the columns where the data is written");

    /// <summary>A value does not fit the declared type.</summary>
    public static readonly ErrorCode ValueDoesNotFit = new(
        "FMT-0203", "value does not fit the declared type",
        "A column was declared with another type than the data has, and a value would be changed by it.",
        "declare the type that the data has, or leave the schema out");
}
