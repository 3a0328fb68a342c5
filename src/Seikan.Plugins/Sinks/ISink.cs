using System.Collections.Immutable;
using Seikan.Core;

namespace Seikan.Plugins;

/// <summary>Where rows go. Its delivery says the guarantee and makes the matching writer, so no method is optional.</summary>
public interface ISink : IConnector
{
    /// <summary>The richest changelog the sink understands for a table; the planner converts or refuses.</summary>
    /// <param name="table">A table that reaches the sink.</param>
    ChangelogMode Accepts(TableSchema table);

    /// <summary>Whether several writers a task, with rows spread by key, are allowed.</summary>
    bool AllowsLanes { get; }

    /// <summary>The guarantee, with the writer that keeps it.</summary>
    Delivery Delivery { get; }

    /// <summary>Looks at the tables at plan time, without I/O: placeholders, keys, types. Returns all problems.</summary>
    /// <param name="tables">The tables that reach the sink.</param>
    ImmutableArray<Diagnostic> CheckTables(ImmutableArray<TableSchema> tables);

    /// <summary>Save modes and DDL; once per sink vertex before any pipeline starts; not on restore.</summary>
    /// <param name="tables">The tables that reach the sink.</param>
    /// <param name="cancellationToken">Ends the preparation.</param>
    ValueTask PrepareTablesAsync(ImmutableArray<TableSchema> tables, CancellationToken cancellationToken);

    /// <summary>Once after all pipelines of the vertex wrote and committed their last rows: checks over all writers. Throws to fail the job.</summary>
    /// <param name="cancellationToken">Ends the check.</param>
    ValueTask FinishAsync(CancellationToken cancellationToken);
}

/// <summary>Capability: follows schema changes; once per vertex, idempotent (compare, then alter). Writers see the new version in the next batch.</summary>
public interface IFollowsSchema
{
    /// <summary>Applies a change.</summary>
    /// <param name="change">What changed.</param>
    /// <param name="cancellationToken">Ends the change.</param>
    ValueTask ApplyAsync(SchemaChange change, CancellationToken cancellationToken);
}

/// <summary>Capability: follows truncation, removal and renaming of tables; once per vertex, idempotent.</summary>
public interface IFollowsTables
{
    /// <summary>Applies an event.</summary>
    /// <param name="tableEvent">What happened.</param>
    /// <param name="cancellationToken">Ends the change.</param>
    ValueTask ApplyAsync(TableEvent tableEvent, CancellationToken cancellationToken);
}
