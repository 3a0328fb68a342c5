namespace Seikan.Core;

/// <summary>A 256-bit two's complement integer: the value of a decimal above 38 digits, little-endian as in Arrow's decimal256.</summary>
/// <param name="Lower">The lower 128 bits.</param>
/// <param name="Upper">The upper 128 bits, with the sign.</param>
public readonly record struct Int256(UInt128 Lower, Int128 Upper)
{
    /// <summary>Widens a 128-bit value.</summary>
    public static implicit operator Int256(Int128 value) => new((UInt128)value, value < 0 ? -1 : 0);
}
