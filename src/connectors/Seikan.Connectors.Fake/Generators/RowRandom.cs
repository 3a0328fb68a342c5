using System.Runtime.CompilerServices;

namespace Seikan.Connectors.Fake.Generators;

/// <summary>
/// Random numbers that are a function of seed and position, so that any row can be made again without those before it: the output function of
/// SplitMix64 over a counter.
/// </summary>
internal static class RowRandom
{
    /// <summary>2^64 divided by the golden ratio, odd: the step of the counter.</summary>
    public const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>The number at a position.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong At(ulong seed, long position) => Mix(StateOf(seed, position));

    /// <summary>The counter at a position: <see cref="Mix"/> gives the number, adding <see cref="Golden"/> the next position's counter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong StateOf(ulong seed, long position) => unchecked(seed + ((ulong)position * Golden));

    /// <summary>Spreads every bit over all others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number from 0 to below a limit; 0 means all 64 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Below(ulong random, ulong limit) => limit == 0 ? random : Math.BigMul(random, limit, out _);

    /// <summary>A number from 0 to below 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Unit(ulong random) => (random >> 11) * (1.0 / (1L << 53));

    /// <summary>A number from a smallest to below a largest. Halves are weighed, so that the widest range does not overflow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Between(ulong random, double minimum, double maximum)
    {
        var unit = Unit(random);
        return (minimum * (1 - unit)) + (maximum * unit);
    }
}
