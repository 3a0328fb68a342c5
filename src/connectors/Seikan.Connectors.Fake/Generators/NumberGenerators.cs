using System.Numerics;
using Seikan.Core;

namespace Seikan.Connectors.Fake.Generators;

/// <summary>Whole numbers of a range, without a call a value.</summary>
/// <typeparam name="T">Storage of the column.</typeparam>
/// <param name="seed">The column's seed.</param>
/// <param name="minimum">Smallest.</param>
/// <param name="maximum">Largest.</param>
internal sealed class WholeRangeGenerator<T>(ulong seed, long minimum, long maximum) : ValueGenerator
    where T : unmanaged, IBinaryInteger<T>
{
    /// <inheritdoc/>
    public override void Fill(ColumnBuilder builder, long firstRow, int rows)
    {
        var to = ((FixedBuilder<T>)builder).AppendMany(rows);
        var span = unchecked((ulong)maximum - (ulong)minimum + 1);
        var (state, low) = (RowRandom.StateOf(seed, firstRow), minimum);
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = T.CreateTruncating(unchecked(low + (long)RowRandom.Below(RowRandom.Mix(state), span)));
            state += RowRandom.Golden;
        }
    }
}

/// <summary>Floating-point numbers of a range, without a call a value.</summary>
/// <typeparam name="T">Storage of the column.</typeparam>
/// <param name="seed">The column's seed.</param>
/// <param name="minimum">Smallest.</param>
/// <param name="maximum">Largest.</param>
internal sealed class FractionRangeGenerator<T>(ulong seed, double minimum, double maximum) : ValueGenerator
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override void Fill(ColumnBuilder builder, long firstRow, int rows)
    {
        var to = ((FixedBuilder<T>)builder).AppendMany(rows);
        var (state, low, high) = (RowRandom.StateOf(seed, firstRow), minimum, maximum);
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = T.CreateTruncating(RowRandom.Between(RowRandom.Mix(state), low, high));
            state += RowRandom.Golden;
        }
    }
}

/// <summary>Values of a list.</summary>
/// <typeparam name="T">Storage of the column.</typeparam>
/// <param name="seed">The column's seed.</param>
/// <param name="values">The list; not empty.</param>
internal sealed class TemplateGenerator<T>(ulong seed, T[] values) : ValueGenerator
    where T : unmanaged
{
    /// <inheritdoc/>
    public override void Fill(ColumnBuilder builder, long firstRow, int rows)
    {
        var to = ((FixedBuilder<T>)builder).AppendMany(rows);
        var (state, count) = (RowRandom.StateOf(seed, firstRow), (ulong)values.Length);
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = values[(int)RowRandom.Below(RowRandom.Mix(state), count)];
            state += RowRandom.Golden;
        }
    }
}

/// <summary>Whole numbers that count up; they wrap where the column is too narrow.</summary>
/// <typeparam name="T">Storage of the column.</typeparam>
/// <param name="start">Value of row 0.</param>
internal sealed class CountingGenerator<T>(long start) : ValueGenerator
    where T : unmanaged, IBinaryInteger<T>
{
    /// <inheritdoc/>
    public override void Fill(ColumnBuilder builder, long firstRow, int rows)
    {
        var to = ((FixedBuilder<T>)builder).AppendMany(rows);
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = T.CreateTruncating(unchecked(start + firstRow + i));
        }
    }
}

/// <summary>Fixed-size values made of one random number each, where making one is dear enough to pay for a call.</summary>
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
