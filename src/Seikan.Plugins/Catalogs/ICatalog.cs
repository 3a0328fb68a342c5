using Seikan.Core;

namespace Seikan.Plugins;

/// <summary>Tables of a system: shared by source, sink, change capture and console.</summary>
public interface ICatalog : IAsyncDisposable
{
    /// <summary>All tables that the login may see.</summary>
    /// <param name="cancellationToken">Ends the list.</param>
    IAsyncEnumerable<TablePath> ListAsync(CancellationToken cancellationToken);

    /// <summary>A table as it is now; null when it does not exist.</summary>
    /// <param name="table">Which.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    ValueTask<TableSchema?> DescribeAsync(TablePath table, CancellationToken cancellationToken);

    /// <summary>The logical type of a native one.</summary>
    /// <param name="nativeType">As the system spells it.</param>
    DataType FromNative(string nativeType);
}

/// <summary>A catalog whose tables can be changed.</summary>
public interface IWritableCatalog : ICatalog
{
    /// <summary>The native type for a column.</summary>
    /// <param name="column">The column.</param>
    string ToNative(ColumnDef column);

    /// <summary>Creates a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="cancellationToken">Ends the change.</param>
    ValueTask CreateAsync(TableSchema table, CancellationToken cancellationToken);

    /// <summary>Drops a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="cancellationToken">Ends the change.</param>
    ValueTask DropAsync(TablePath table, CancellationToken cancellationToken);

    /// <summary>Removes all rows.</summary>
    /// <param name="table">The table.</param>
    /// <param name="cancellationToken">Ends the change.</param>
    ValueTask TruncateAsync(TablePath table, CancellationToken cancellationToken);

    /// <summary>Applies a change; idempotent.</summary>
    /// <param name="change">What changed.</param>
    /// <param name="cancellationToken">Ends the change.</param>
    ValueTask AlterAsync(SchemaChange change, CancellationToken cancellationToken);
}
