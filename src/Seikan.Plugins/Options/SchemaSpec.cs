using System.Collections.Immutable;
using Seikan.Core;

namespace Seikan.Plugins;

/// <summary>The bound <c>schema</c> block of a plug-in (types.md 5).</summary>
/// <param name="Table">Where the rows belong; null when the block does not say.</param>
/// <param name="Columns">The columns in file order.</param>
public sealed record SchemaSpec(TablePath? Table, ImmutableArray<SchemaColumn> Columns)
{
    /// <summary>A remark; null when none.</summary>
    public string? Comment { get; init; }

    /// <summary>Primary and other keys.</summary>
    public ImmutableArray<TableKey> Keys { get; init; } = [];

    /// <summary>Columns the table is partitioned by.</summary>
    public ImmutableArray<string> PartitionKeys { get; init; } = [];

    /// <summary>Where the block stands.</summary>
    public SourceSpan Span { get; init; }

    /// <summary>Reads a <c>schema</c> block.</summary>
    /// <param name="node">The block.</param>
    /// <param name="place">What it belongs to, for errors.</param>
    /// <param name="problems">Gets everything that is wrong.</param>
    /// <returns>The schema, or null after an error.</returns>
    public static SchemaSpec? Bind(ConfigNode node, string place, DiagnosticBag problems) => new SchemaReader(place, problems).Read(node);

    /// <summary>The schema as the engine knows it.</summary>
    /// <param name="fallback">The path when the block names no table.</param>
    public TableSchema ToTableSchema(TablePath fallback) => new(Table ?? fallback, [.. Columns.Select(c => c.Definition)])
    {
        Keys = Keys,
        PartitionKeys = PartitionKeys,
        Comment = Comment,
    };
}

/// <summary>One column of a <c>schema</c> block.</summary>
/// <param name="Definition">The column.</param>
/// <param name="Default">Its default value as written; null when none.</param>
public sealed record SchemaColumn(ColumnDef Definition, ConfigNode? Default);
