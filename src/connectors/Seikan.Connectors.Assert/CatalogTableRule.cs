using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Connectors.AssertSink;

/// <summary>What is expected of the definition of a table; parts that are not given are not compared.</summary>
internal sealed partial record CatalogTableRule
{
    /// <summary>Name of the table.</summary>
    [Option("table_identifier_rule")]
    public TableIdentifierRule? Identifier { get; init; }

    /// <summary>Primary key of the table.</summary>
    [Option("primary_key_rule")]
    public PrimaryKeyRule? PrimaryKey { get; init; }

    /// <summary>All other keys of the table, in any order.</summary>
    [Option("constraint_key_rule")]
    public IReadOnlyList<ConstraintKeyRule>? ConstraintKeys { get; init; }

    /// <summary>All columns of the table, in any order.</summary>
    [Option("column_rule")]
    public IReadOnlyList<ColumnRule>? Columns { get; init; }

    /// <summary>Where the rule stands.</summary>
    [Block]
    public OptionBlock? Block { get; init; }
}

/// <summary>Expected name of a table.</summary>
internal sealed partial record TableIdentifierRule
{
    /// <summary>Name of the catalog; not compared, since tables here have none.</summary>
    [Option("catalog_name")]
    public string? CatalogName { get; init; }

    /// <summary>Path of the table.</summary>
    [Option("table")]
    public string? Table { get; init; }

    /// <summary>Where the rule stands.</summary>
    [Block]
    public OptionBlock? Block { get; init; }
}

/// <summary>Expected primary key.</summary>
internal sealed partial record PrimaryKeyRule
{
    /// <summary>Name of the key.</summary>
    [Option("primary_key_name")]
    public string? Name { get; init; }

    /// <summary>Columns of the key in order.</summary>
    [Option("primary_key_columns")]
    public IReadOnlyList<string>? Columns { get; init; }
}

/// <summary>Kinds of keys as jobs write them.</summary>
internal enum ConstraintKeyType
{
    /// <summary>Index.</summary>
    IndexKey,

    /// <summary>Index, in short.</summary>
    Key,

    /// <summary>Unique key.</summary>
    UniqueKey,

    /// <summary>Foreign key.</summary>
    ForeignKey,

    /// <summary>Index over vectors.</summary>
    VectorIndexKey,
}

/// <summary>Expected key other than the primary one.</summary>
internal sealed partial record ConstraintKeyRule
{
    /// <summary>Name of the key.</summary>
    [Option("constraint_key_name")]
    public required string Name { get; init; }

    /// <summary>Kind of the key.</summary>
    [Option("constraint_key_type")]
    public ConstraintKeyType? Type { get; init; }

    /// <summary>Columns of the key in order.</summary>
    [Option("constraint_key_columns")]
    public IReadOnlyList<ConstraintKeyColumnRule>? Columns { get; init; }

    /// <summary>The kind as tables know it.</summary>
    internal KeyKind? Kind => Type switch
    {
        ConstraintKeyType.IndexKey or ConstraintKeyType.Key => KeyKind.Index,
        ConstraintKeyType.UniqueKey => KeyKind.Unique,
        ConstraintKeyType.ForeignKey => KeyKind.Foreign,
        ConstraintKeyType.VectorIndexKey => KeyKind.VectorIndex,
        _ => null,
    };
}

/// <summary>Order of a key column as jobs write it.</summary>
internal enum ConstraintSortType
{
    /// <summary>Rising.</summary>
    Asc,

    /// <summary>Falling.</summary>
    Desc,
}

/// <summary>Expected column of a key.</summary>
internal sealed partial record ConstraintKeyColumnRule
{
    /// <summary>Name of the column.</summary>
    [Option("constraint_key_column_name")]
    public required string Name { get; init; }

    /// <summary>Order of the column.</summary>
    [Option("constraint_key_sort_type")]
    public ConstraintSortType? SortType { get; init; }
}

/// <summary>Expected column.</summary>
internal sealed partial record ColumnRule
{
    /// <summary>Name of the column.</summary>
    [Option("name")]
    public required string Name { get; init; }

    /// <summary>Type of the column.</summary>
    [Option("type")]
    public ConfigNode? Type { get; init; }

    /// <summary>Most bytes of a value; 0 means no limit.</summary>
    [Option("column_length")]
    public long? Length { get; init; }

    /// <summary>Whether nulls may occur.</summary>
    [Option("nullable")]
    public bool? IsNullable { get; init; }

    /// <summary>Default value as text.</summary>
    [Option("default_value")]
    public string? Default { get; init; }

    /// <summary>Remark on the column.</summary>
    [Option("comment")]
    public string? Comment { get; init; }

    /// <summary>Where the rule stands.</summary>
    [Block]
    public OptionBlock? Block { get; init; }
}
