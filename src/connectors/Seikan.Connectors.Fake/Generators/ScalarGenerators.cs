using Seikan.Core;

namespace Seikan.Connectors.Fake.Generators;

/// <summary>Fixed-size values made of one random number each.</summary>
/// <typeparam name="T">Storage of the column.</typeparam>
/// <param name="seed">The column's seed.</param>
/// <param name="make">A value of a random number.</param>
internal sealed class FixedGenerator<T>(ulong seed, Func<ulong, T> make) : ValueGenerator
    where T : unmanaged
{
    /// <inheritdoc/>
    public override void Fill(ColumnBuilder builder, long firstRow, int rows)
    {
        var to = ((FixedBuilder<T>)builder).AppendMany(rows);
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = make(RowRandom.At(seed, firstRow + i));
        }
    }
}

/// <summary>64-bit numbers of a range, without a call a value.</summary>
/// <param name="seed">The column's seed.</param>
/// <param name="minimum">Smallest.</param>
/// <param name="maximum">Largest.</param>
internal sealed class LongRangeGenerator(ulong seed, long minimum, long maximum) : ValueGenerator
{
    /// <inheritdoc/>
    public override void Fill(ColumnBuilder builder, long firstRow, int rows)
    {
        var to = ((FixedBuilder<long>)builder).AppendMany(rows);
        var span = unchecked((ulong)maximum - (ulong)minimum + 1);
        var (s, low) = (seed + ((ulong)firstRow * RowRandom.Golden), minimum);
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = unchecked(low + (long)RowRandom.Below(RowRandom.Mix(s), span));
            s += RowRandom.Golden;
        }
    }
}

/// <summary>Doubles of a range, without a call a value.</summary>
/// <param name="seed">The column's seed.</param>
/// <param name="minimum">Smallest.</param>
/// <param name="maximum">Largest.</param>
internal sealed class DoubleRangeGenerator(ulong seed, double minimum, double maximum) : ValueGenerator
{
    /// <inheritdoc/>
    public override void Fill(ColumnBuilder builder, long firstRow, int rows)
    {
        var to = ((FixedBuilder<double>)builder).AppendMany(rows);
        var (s, low, high) = (seed + ((ulong)firstRow * RowRandom.Golden), minimum, maximum);
        for (var i = 0; i < to.Length; i++)
        {
            // Halves first, so that the widest range does not overflow.
            var unit = RowRandom.Unit(RowRandom.Mix(s));
            to[i] = (low * (1 - unit)) + (high * unit);
            s += RowRandom.Golden;
        }
    }
}

/// <summary>Whole numbers that count up.</summary>
/// <param name="kind">Type of the column; the value wraps where it is too narrow.</param>
/// <param name="start">Value of row 0.</param>
internal sealed class CountingGenerator(TypeKind kind, long start) : ValueGenerator
{
    /// <inheritdoc/>
    public override void Fill(ColumnBuilder builder, long firstRow, int rows)
    {
        for (var i = 0; i < rows; i++)
        {
            var value = start + firstRow + i;
            switch (kind)
            {
                case TypeKind.TinyInt: ((FixedBuilder<sbyte>)builder).Append(unchecked((sbyte)value)); break;
                case TypeKind.SmallInt: ((FixedBuilder<short>)builder).Append(unchecked((short)value)); break;
                case TypeKind.Int: ((FixedBuilder<int>)builder).Append(unchecked((int)value)); break;
                default: ((FixedBuilder<long>)builder).Append(value); break;
            }
        }
    }
}

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
