using System.Numerics;

namespace Seikan.Core;

/// <summary>A 256-bit two's complement integer: the value of a decimal above 38 digits, little-endian as in Arrow's decimal256.</summary>
/// <param name="Lower">The lower 128 bits.</param>
/// <param name="Upper">The upper 128 bits, with the sign.</param>
public readonly record struct Int256(UInt128 Lower, Int128 Upper)
{
    /// <summary>Widens a 128-bit value.</summary>
    public static implicit operator Int256(Int128 value) => new((UInt128)value, value < 0 ? -1 : 0);

    /// <summary>The value as a big integer.</summary>
    public static explicit operator BigInteger(Int256 value) => ((BigInteger)value.Upper << 128) + (BigInteger)value.Lower;

    /// <summary>A big integer that fits.</summary>
    /// <exception cref="OverflowException">It does not fit 256 bits.</exception>
    public static explicit operator Int256(BigInteger value)
    {
        var lower = value & (BigInteger)UInt128.MaxValue;
        return new Int256((UInt128)lower, (Int128)(value >> 128));
    }

    /// <summary>Less than zero, zero or more: this against another value.</summary>
    public int CompareTo(Int256 other) => Upper == other.Upper ? Lower.CompareTo(other.Lower) : Upper.CompareTo(other.Upper);

    /// <summary>The value in decimal digits.</summary>
    public override string ToString() => ((BigInteger)this).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
