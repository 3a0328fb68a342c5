using System.Collections.Immutable;

namespace Seikan.Core;

/// <summary>A table at one version: columns, keys, partitioning. Immutable; equality is by value.</summary>
public sealed record TableSchema
{
    private readonly Dictionary<string, int> _index;

    /// <summary>Makes a schema.</summary>
    /// <param name="path">Which table.</param>
    /// <param name="columns">Columns in order; each name once.</param>
    public TableSchema(TablePath path, ImmutableArray<ColumnDef> columns)
    {
        (Path, Columns) = (path, columns);
        _index = new Dictionary<string, int>(columns.Length, StringComparer.Ordinal);
        for (var i = 0; i < columns.Length; i++)
        {
            _index.Add(columns[i].Name, i);
        }
    }

    /// <summary>Which table.</summary>
    public TablePath Path { get; init; }

    /// <summary>Counts up from 1 with every schema change; checkpoint state.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The columns in order.</summary>
    public ImmutableArray<ColumnDef> Columns { get; }

    /// <summary>All keys; at most one is primary.</summary>
    public ImmutableArray<TableKey> Keys { get; init; } = [];

    /// <summary>Columns the table is partitioned by, in order.</summary>
    public ImmutableArray<string> PartitionKeys { get; init; } = [];

    /// <summary>A remark; null when none.</summary>
    public string? Comment { get; init; }

    /// <summary>Further properties of the table, by name.</summary>
    public ImmutableSortedDictionary<string, string> Options { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The primary key; null when there is none.</summary>
    public TableKey? PrimaryKey => Keys.FirstOrDefault(k => k.Kind == KeyKind.Primary);

    /// <summary>Position of a column, or -1. Names are compared exactly.</summary>
    public int IndexOf(string column) => _index.GetValueOrDefault(column, -1);

    /// <inheritdoc/>
    public bool Equals(TableSchema? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Path == other.Path && Version == other.Version && Comment == other.Comment
            && Columns.AsSpan().SequenceEqual(other.Columns.AsSpan()) && Keys.AsSpan().SequenceEqual(other.Keys.AsSpan())
            && PartitionKeys.AsSpan().SequenceEqual(other.PartitionKeys.AsSpan()) && Options.SequenceEqual(other.Options));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Path, Version, Columns.Length);
}

/// <summary>One alteration of a table.</summary>
public abstract record ColumnChange
{
    private ColumnChange()
    {
    }

    /// <summary>A new column.</summary>
    /// <param name="Column">The column.</param>
    /// <param name="After">Stands behind this column; null = at the end, empty = first.</param>
    public sealed record Add(ColumnDef Column, string? After = null) : ColumnChange;

    /// <summary>A column is gone.</summary>
    /// <param name="Name">Its name.</param>
    public sealed record Drop(string Name) : ColumnChange;

    /// <summary>Type, nullability, default, comment or name of a column changed.</summary>
    /// <param name="Name">Its name before.</param>
    /// <param name="Column">The column as it is now; another name means a rename.</param>
    public sealed record Modify(string Name, ColumnDef Column) : ColumnChange;
}

/// <summary>DDL found in a stream: the table as it was and is, and the steps between.</summary>
/// <param name="Before">The version before.</param>
/// <param name="After">The version after; its number is one more.</param>
/// <param name="Steps">What was done, in order.</param>
/// <param name="NativeText">The statement as the source had it; null when unknown.</param>
public sealed record SchemaChange(TableSchema Before, TableSchema After, ImmutableArray<ColumnChange> Steps, string? NativeText = null)
{
    /// <inheritdoc/>
    public bool Equals(SchemaChange? other) =>
        other is not null && Before.Equals(other.Before) && After.Equals(other.After) && NativeText == other.NativeText
        && Steps.AsSpan().SequenceEqual(other.Steps.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Before, After, Steps.Length);
}
