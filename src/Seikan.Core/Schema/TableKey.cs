using System.Collections.Immutable;

namespace Seikan.Core;

/// <summary>What a key is for.</summary>
public enum KeyKind
{
    /// <summary>Names a row.</summary>
    Primary,

    /// <summary>No two rows agree in it.</summary>
    Unique,

    /// <summary>An index.</summary>
    Index,

    /// <summary>Points to another table.</summary>
    Foreign,

    /// <summary>An index over vectors.</summary>
    VectorIndex,
}

/// <summary>Order of a key column.</summary>
public enum SortOrder
{
    /// <summary>Rising.</summary>
    Ascending,

    /// <summary>Falling.</summary>
    Descending,
}

/// <summary>One column of a key.</summary>
/// <param name="Name">The column.</param>
/// <param name="Order">Its order.</param>
public sealed record KeyColumn(string Name, SortOrder Order = SortOrder.Ascending)
{
    /// <summary>Index name, index type and metric of a vector index (types.md 5); null otherwise.</summary>
    public VectorIndex? VectorIndex { get; init; }
}

/// <summary>How a vector column is indexed.</summary>
/// <param name="Name">Name of the index; null when not given.</param>
/// <param name="IndexType">Kind of index, such as <c>HNSW</c>; null when not given.</param>
/// <param name="Metric">Distance, such as <c>COSINE</c>; null when not given.</param>
public sealed record VectorIndex(string? Name, string? IndexType, string? Metric);

/// <summary>A key of a table.</summary>
/// <param name="Name">Its name; null when not given.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Columns">Its columns in order; at least one.</param>
public sealed record TableKey(string? Name, KeyKind Kind, ImmutableArray<KeyColumn> Columns)
{
    /// <inheritdoc/>
    public bool Equals(TableKey? other) =>
        other is not null && Name == other.Name && Kind == other.Kind && Columns.AsSpan().SequenceEqual(other.Columns.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Kind, Columns.Length);
}
