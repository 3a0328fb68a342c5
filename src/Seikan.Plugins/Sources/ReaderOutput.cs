using System.Collections.Immutable;
using Seikan.Core;

namespace Seikan.Plugins;

/// <summary>One step of a reader; the closed set of what it may yield.</summary>
public abstract record ReaderOutput
{
    private ReaderOutput()
    {
    }

    /// <summary>Batches of one flush and the positions after all of them: one cut, no barrier inside. No batch = a bare position.</summary>
    /// <param name="Batches">In order; the engine owns them from here.</param>
    /// <param name="After">Positions of the splits that moved.</param>
    public sealed record Rows(ImmutableArray<RowBatch> Batches, ImmutableArray<SplitPosition> After) : ReaderOutput;

    /// <summary>DDL; becomes its own barrier. Sibling readers see the new version before their next output.</summary>
    /// <param name="Change">What changed.</param>
    /// <param name="After">Position behind it.</param>
    public sealed record Schema(SchemaChange Change, SplitPosition After) : ReaderOutput;

    /// <summary>A table was truncated, dropped or renamed; becomes its own barrier.</summary>
    /// <param name="Event">What happened.</param>
    /// <param name="After">Position behind it.</param>
    public sealed record Table(TableEvent Event, SplitPosition After) : ReaderOutput;

    /// <summary>The split is done; its last position stays with the coordinator.</summary>
    /// <param name="SplitId">The split.</param>
    /// <param name="Last">Its last position; null when it has none.</param>
    public sealed record SplitFinished(string SplitId, Position? Last) : ReaderOutput;
}

/// <summary>What can happen to a table as a whole.</summary>
public enum TableEventKind
{
    /// <summary>All rows are gone.</summary>
    Truncated,

    /// <summary>The table is gone.</summary>
    Dropped,

    /// <summary>The table has another name.</summary>
    Renamed,
}

/// <summary>An event of a whole table.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Table">The table before.</param>
/// <param name="NewPath">The new name of a renamed table.</param>
public sealed record TableEvent(TableEventKind Kind, TablePath Table, TablePath? NewPath = null);
