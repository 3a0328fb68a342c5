using Seikan.Core;

namespace Seikan.Connectors.Fake.Generators;

/// <summary>true and false.</summary>
/// <param name="seed">The column's seed.</param>
internal sealed class BooleanGenerator(ulong seed) : ValueGenerator
{
    /// <inheritdoc/>
    public override void Fill(ColumnBuilder builder, long firstRow, int rows)
    {
        for (var i = 0; i < rows; i++)
        {
            ((BitBuilder)builder).Append((RowRandom.At(seed, firstRow + i) & 1) != 0);
        }
    }
}

/// <summary>Nulls.</summary>
internal sealed class NullGenerator : ValueGenerator
{
    /// <inheritdoc/>
    public override void Fill(ColumnBuilder builder, long firstRow, int rows)
    {
        for (var i = 0; i < rows; i++)
        {
            builder.AppendNull();
        }
    }
}

/// <summary>Timestamps with an offset of whole quarter hours.</summary>
/// <param name="seed">The column's seed.</param>
/// <param name="local">Microseconds of the local time of a random number.</param>
internal sealed class OffsetTimestampGenerator(ulong seed, Func<ulong, long> local) : ValueGenerator
{
    private const int Offsets = 105; // -12:00 to +14:00

    /// <inheritdoc/>
    public override void Fill(ColumnBuilder builder, long firstRow, int rows)
    {
        for (var i = 0; i < rows; i++)
        {
            var random = RowRandom.At(seed, firstRow + i);
            var offset = (short)(((int)RowRandom.Below(RowRandom.Mix(random), Offsets) * 15) - 720);
            ((OffsetTimestampBuilder)builder).Append(local(random) - (offset * 60_000_000L), offset);
        }
    }
}

/// <summary>The same value in every row.</summary>
/// <param name="value">A column of that one value; kept for the life of the job.</param>
internal sealed class ConstantGenerator(Column value) : ValueGenerator
{
    /// <inheritdoc/>
    public override void Fill(ColumnBuilder builder, long firstRow, int rows)
    {
        for (var i = 0; i < rows; i++)
        {
            builder.AppendFrom(value, 0);
        }
    }
}

/// <summary>The time of the batch.</summary>
/// <param name="append">Appends the value for a moment.</param>
/// <param name="time">The clock.</param>
internal sealed class CurrentTimeGenerator(Action<ColumnBuilder, DateTimeOffset> append, TimeProvider time) : ValueGenerator
{
    /// <inheritdoc/>
    public override void Fill(ColumnBuilder builder, long firstRow, int rows)
    {
        var now = time.GetLocalNow();
        for (var i = 0; i < rows; i++)
        {
            append(builder, now);
        }
    }
}
