using Seikan.Core;

namespace Seikan.Connectors.Fake.Generators;

/// <summary>Makes the values of a column for consecutive rows. Immutable, so that readers share it.</summary>
internal abstract class ValueGenerator
{
    /// <summary>Appends the values of some rows.</summary>
    /// <param name="builder">The column's builder.</param>
    /// <param name="firstRow">Number of the first row.</param>
    /// <param name="rows">How many.</param>
    public abstract void Fill(ColumnBuilder builder, long firstRow, int rows);
}
