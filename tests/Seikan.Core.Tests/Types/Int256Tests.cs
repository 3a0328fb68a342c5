using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using CsCheck;

namespace Seikan.Core.Tests.Types;

public sealed class Int256Tests
{
    private static readonly Gen<Int256> Values = Gen.OneOf(
        Gen.Byte.Array[32].Select(b => Int256.ReadLittleEndian(b)),
        Gen.Long.Select(x => (Int256)(Int128)x),
        Gen.Int[0, 5].Select(i => new[] { Int256.MinValue, Int256.MaxValue, Int256.MinValue with { Lower = 1 }, default, (Int256)(Int128)(-1), new Int256(UInt128.MaxValue, 0) }[i]));

    [Fact]
    public void Conversions_agree_with_big_integers() => Values.Sample(
        x =>
        {
            var big = (BigInteger)x;
            Assert.Equal(x, (Int256)big);
            Assert.Equal(big.ToString(CultureInfo.InvariantCulture), x.ToString());
            Assert.Equal(big.Sign < 0, x.IsNegative);
            var fits = big >= (BigInteger)Int128.MinValue && big <= (BigInteger)Int128.MaxValue;
            Assert.Equal(fits, x.TryToInt128(out var narrow));
            Assert.True(!fits || narrow == (Int128)big);
        },
        iter: 5_000);

    [Fact]
    public void Order_is_that_of_big_integers() => Gen.Select(Values, Values).Sample(
        (x, y) =>
        {
            var (a, b) = ((BigInteger)x, (BigInteger)y);
            Assert.Equal(a.CompareTo(b), Math.Sign(x.CompareTo(y)));
            Assert.Equal((a < b, a <= b, a > b, a >= b, a == b), (x < y, x <= y, x > y, x >= y, x == y));
        },
        iter: 5_000);

    [Fact]
    public void Negation_agrees_with_big_integers_and_leaves_the_smallest_value_alone()
    {
        Values.Where(x => x != Int256.MinValue).Sample(x => Assert.Equal(-(BigInteger)x, (BigInteger)(-x)), iter: 5_000);
        Assert.Equal(Int256.MinValue, -Int256.MinValue);
    }

    [Fact]
    public void Multiplication_by_powers_of_ten_agrees_with_big_integers_or_refuses() => Gen.Select(Values, Gen.Int[0, 80]).Sample(
        (x, exponent) =>
        {
            var expected = (BigInteger)x * BigInteger.Pow(10, exponent);
            var fits = expected >= (BigInteger)Int256.MinValue && expected <= (BigInteger)Int256.MaxValue;
            Assert.Equal(fits, x.TryMultiplyByPowerOf10(exponent, out var product));
            Assert.True(!fits || (BigInteger)product == expected);
        },
        iter: 10_000);

    [Fact]
    public void Bytes_are_those_of_big_integers_in_both_orders() => Values.Sample(
        x =>
        {
            Span<byte> bytes = stackalloc byte[Int256.Size];
            x.WriteLittleEndian(bytes);
            Assert.Equal((BigInteger)x, new BigInteger(bytes));
            Assert.Equal(x, Int256.ReadLittleEndian(bytes));
            Assert.Equal(x, MemoryMarshal.Read<Int256>(bytes));
            x.WriteBigEndian(bytes);
            Assert.Equal((BigInteger)x, new BigInteger(bytes, isBigEndian: true));
            Assert.Equal(x, Int256.ReadBigEndian(bytes));
        },
        iter: 5_000);

    [Theory]
    [InlineData(new byte[] { 0x05 }, "5")]
    [InlineData(new byte[] { 0xFF }, "-1")]
    [InlineData(new byte[] { 0x80, 0x00 }, "-32768")]
    [InlineData(new byte[] { 0x00, 0xFF, 0xFF }, "65535")]
    public void Short_big_endian_numbers_keep_their_sign(byte[] bytes, string expected) => Assert.Equal(expected, Int256.ReadBigEndian(bytes).ToString());

    [Fact]
    public void A_big_integer_that_does_not_fit_is_refused()
    {
        Assert.Throws<OverflowException>(() => (Int256)(BigInteger.One << 255));
        Assert.Equal(Int256.MaxValue, (Int256)((BigInteger.One << 255) - 1));
    }
}
