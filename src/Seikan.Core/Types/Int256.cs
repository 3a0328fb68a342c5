using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;

namespace Seikan.Core;

/// <summary>
/// A 256-bit two's complement integer: the value of a decimal above 38 digits. In memory it is little-endian, as in Arrow's decimal256.
/// </summary>
/// <param name="Lower">The lower 128 bits.</param>
/// <param name="Upper">The upper 128 bits, with the sign.</param>
public readonly record struct Int256(UInt128 Lower, Int128 Upper) : IComparable<Int256>
{
    /// <summary>Bytes of a value.</summary>
    public const int Size = 32;

    /// <summary>The smallest value.</summary>
    public static Int256 MinValue => new(0, Int128.MinValue);

    /// <summary>The largest value.</summary>
    public static Int256 MaxValue => new(UInt128.MaxValue, Int128.MaxValue);

    /// <summary>True below zero.</summary>
    public bool IsNegative => Upper < 0;

    /// <summary>Widens a 128-bit value.</summary>
    public static implicit operator Int256(Int128 value) => new((UInt128)value, value < 0 ? -1 : 0);

    /// <summary>The value as a big integer.</summary>
    public static explicit operator BigInteger(Int256 value) => ((BigInteger)value.Upper << 128) + (BigInteger)value.Lower;

    /// <summary>A big integer that fits.</summary>
    /// <exception cref="OverflowException">It does not fit 256 bits.</exception>
    public static explicit operator Int256(BigInteger value) => new((UInt128)(value & (BigInteger)UInt128.MaxValue), (Int128)(value >> 128));

    /// <summary>Turns the sign; <see cref="MinValue"/> stays itself.</summary>
    public static Int256 operator -(Int256 value)
    {
        var lower = unchecked(~value.Lower + 1);
        return new Int256(lower, unchecked(~value.Upper + (lower == 0 ? 1 : 0)));
    }

    /// <summary>Whether the left is smaller.</summary>
    public static bool operator <(Int256 left, Int256 right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left is larger.</summary>
    public static bool operator >(Int256 left, Int256 right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left is smaller or equal.</summary>
    public static bool operator <=(Int256 left, Int256 right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left is larger or equal.</summary>
    public static bool operator >=(Int256 left, Int256 right) => left.CompareTo(right) >= 0;

    /// <summary>The value at the start of a buffer, least byte first.</summary>
    /// <param name="from">At least <see cref="Size"/> bytes.</param>
    public static Int256 ReadLittleEndian(ReadOnlySpan<byte> from) =>
        new(BinaryPrimitives.ReadUInt128LittleEndian(from), BinaryPrimitives.ReadInt128LittleEndian(from[16..]));

    /// <summary>The value of a two's complement number of 1 to 32 bytes, highest byte first, as Parquet and Avro store decimals.</summary>
    /// <param name="from">The number.</param>
    public static Int256 ReadBigEndian(ReadOnlySpan<byte> from)
    {
        Span<byte> whole = stackalloc byte[Size];
        whole.Fill((byte)((sbyte)from[0] < 0 ? 0xFF : 0));
        from.CopyTo(whole[(Size - from.Length)..]);
        return new Int256(BinaryPrimitives.ReadUInt128BigEndian(whole[16..]), BinaryPrimitives.ReadInt128BigEndian(whole));
    }

    /// <summary>Writes the value, least byte first.</summary>
    /// <param name="to">At least <see cref="Size"/> bytes.</param>
    public void WriteLittleEndian(Span<byte> to)
    {
        BinaryPrimitives.WriteUInt128LittleEndian(to, Lower);
        BinaryPrimitives.WriteInt128LittleEndian(to[16..], Upper);
    }

    /// <summary>Writes the value, highest byte first.</summary>
    /// <param name="to">At least <see cref="Size"/> bytes.</param>
    public void WriteBigEndian(Span<byte> to)
    {
        BinaryPrimitives.WriteInt128BigEndian(to, Upper);
        BinaryPrimitives.WriteUInt128BigEndian(to[16..], Lower);
    }

    /// <summary>The value as 128 bits; false when it does not fit.</summary>
    public bool TryToInt128(out Int128 value)
    {
        value = unchecked((Int128)Lower);
        return Upper == (value < 0 ? -1 : 0);
    }

    /// <summary>The value times 10 to a power; false when that does not fit 256 bits.</summary>
    /// <param name="exponent">0 or more.</param>
    /// <param name="value">The product.</param>
    public bool TryMultiplyByPowerOf10(int exponent, out Int256 value)
    {
        var magnitude = new WideMagnitude(IsNegative ? -this : this);
        var fits = true;
        for (; exponent > 0 && fits; exponent -= 18)
        {
            fits = magnitude.TryMultiplyAdd((ulong)DecimalText.Power(Math.Min(exponent, 18)), 0);
        }

        return magnitude.TryToInt256(IsNegative, out value) & fits;
    }

    /// <summary>Less than zero, zero or more: this against another value.</summary>
    public int CompareTo(Int256 other) => Upper == other.Upper ? Lower.CompareTo(other.Lower) : Upper.CompareTo(other.Upper);

    /// <summary>The value in decimal digits.</summary>
    public override string ToString() => ((BigInteger)this).ToString(CultureInfo.InvariantCulture);
}
