using System.Globalization;
using System.Numerics;
using System.Text;
using CsCheck;

namespace Seikan.Core.Tests.Text;

public sealed class DecimalTextTests
{
    [Theory]
    [InlineData("0", 10, 2, "0")]
    [InlineData("-0", 10, 2, "0")]
    [InlineData("1", 10, 2, "100")]
    [InlineData("+1.5", 10, 2, "150")]
    [InlineData(".5", 10, 2, "50")]
    [InlineData("5.", 10, 2, "500")]
    [InlineData("1.500000000000000000000000000000", 10, 2, "150")]
    [InlineData("0000000000000000000000000000000000000000000001", 1, 0, "1")]
    [InlineData("1e3", 10, 2, "100000")]
    [InlineData("1.25E+1", 10, 2, "1250")]
    [InlineData("125e-2", 10, 2, "125")]
    [InlineData("0.000000000000000000000000000000000001e36", 1, 0, "1")]
    [InlineData("100000000000000000000000000000000000000000e-41", 1, 0, "1")]
    [InlineData("99999999.99", 10, 2, "9999999999")]
    [InlineData("-99999999.99", 10, 2, "-9999999999")]
    [InlineData("123456789012345678", 18, 0, "123456789012345678")]
    [InlineData("999999999999999999", 38, 18, "999999999999999999000000000000000000")]
    [InlineData("99999999999999999999999999999999999999", 38, 0, "99999999999999999999999999999999999999")]
    [InlineData("-9999999999999999999999999999999999999.9", 38, 1, "-99999999999999999999999999999999999999")]
    public void Decimals_that_fit_are_read_exactly(string text, int precision, int scale, string expected)
    {
        Assert.True(DecimalText.TryParse(Utf8(text), precision, scale, out Int128 value));
        Assert.Equal(Int128.Parse(expected, CultureInfo.InvariantCulture), value);
        Assert.True(DecimalText.TryParse(Utf8(text), precision, scale, out Int256 wide));
        Assert.Equal((Int256)value, wide);
    }

    [Theory]
    [InlineData("", 10, 2)]
    [InlineData("-", 10, 2)]
    [InlineData(".", 10, 2)]
    [InlineData("e5", 10, 2)]
    [InlineData("1e", 10, 2)]
    [InlineData("1e+", 10, 2)]
    [InlineData("1e1.5", 10, 2)]
    [InlineData("1.2.3", 10, 2)]
    [InlineData("+-1", 10, 2)]
    [InlineData("--1", 10, 2)]
    [InlineData(" 1", 10, 2)]
    [InlineData("1 ", 10, 2)]
    [InlineData("1,5", 10, 2)]
    [InlineData("0x10", 10, 2)]
    [InlineData("NaN", 10, 2)]
    [InlineData("1.234", 10, 2)]
    [InlineData("1.0000000000000000000000001", 10, 2)]
    [InlineData("1234567890", 10, 2)]
    [InlineData("100000000", 10, 2)]
    [InlineData("1e8", 10, 2)]
    [InlineData("1e-3", 10, 2)]
    [InlineData("1e99999999999", 38, 0)]
    [InlineData("100000000000000000000000000000000000000", 38, 0)]
    [InlineData("18446744073709551616", 19, 0)]
    [InlineData("10", 38, 37)]
    [InlineData("999999999999999999", 35, 18)]
    public void What_does_not_fit_is_refused_and_never_rounded(string text, int precision, int scale)
    {
        Assert.False(DecimalText.TryParse(Utf8(text), precision, scale, out Int128 _));
        Assert.False(DecimalText.TryParse(Utf8(text), precision, scale, out Int256 _));
    }

    [Theory]
    [InlineData("0", 0, "0")]
    [InlineData("0", 3, "0.000")]
    [InlineData("-5", 3, "-0.005")]
    [InlineData("12345", 3, "12.345")]
    [InlineData("12345", 5, "0.12345")]
    [InlineData("-170141183460469231731687303715884105728", 0, "-170141183460469231731687303715884105728")]
    [InlineData("99999999999999999999999999999999999999", 38, "0.99999999999999999999999999999999999999")]
    public void Decimals_are_written_plainly_with_all_digits_of_their_scale(string value, int scale, string expected)
    {
        var number = Int128.Parse(value, CultureInfo.InvariantCulture);
        Assert.Equal(expected, Text(to => DecimalText.Format(number, scale, to)));
        Assert.Equal(expected, Text(to => DecimalText.Format((Int256)number, scale, to)));
    }

    [Fact]
    public void Wide_decimals_of_76_digits_fit_and_those_of_77_do_not()
    {
        var digits = new string('9', 76);
        Assert.True(DecimalText.TryParse(Utf8("-" + digits), 76, 0, out Int256 value));
        Assert.Equal("-" + digits, Text(to => DecimalText.Format(value, 0, to)));
        Assert.Equal("-0." + digits, Text(to => DecimalText.Format(value, 76, to)));
        Assert.False(DecimalText.TryParse(Utf8("1" + digits), 76, 0, out Int256 _));
    }

    [Fact]
    public void Any_decimal_reads_as_big_integers_say() =>
        Gen.Select(Digits(0, 45), Digits(0, 45), Gen.Int[-50, 50], Gen.Bool, Gen.Int[1, 76], Gen.Int[0, 76]).Sample((whole, fraction, exponent, minus, precision, s) =>
        {
            var scale = Math.Min(s, precision);
            var text = $"{(minus ? "-" : "")}{whole}{(fraction.Length > 0 ? "." : "")}{fraction}{(exponent == 0 ? "" : "e" + exponent)}";
            var expected = Expected(whole, fraction, exponent, minus, precision, scale);
            var isWide = DecimalText.TryParse(Utf8(text), precision, scale, out Int256 wide);
            Assert.Equal(expected is not null, isWide);
            Assert.Equal(expected ?? 0, isWide ? (BigInteger)wide : 0);
            if (precision <= 38)
            {
                var isNarrow = DecimalText.TryParse(Utf8(text), precision, scale, out Int128 narrow);
                Assert.Equal(expected is not null, isNarrow);
                Assert.Equal(expected ?? 0, isNarrow ? (BigInteger)narrow : 0);
            }
        }, iter: 20_000);

    [Fact]
    public void What_is_written_reads_back_as_the_same_value() =>
        Gen.Select(Digits(1, 76), Gen.Bool, Gen.Int[0, 76]).Sample((digits, minus, scale) =>
        {
            var big = BigInteger.Parse((minus ? "-" : "") + digits, CultureInfo.InvariantCulture);
            var value = (Int256)big;
            var text = Text(to => DecimalText.Format(value, scale, to));
            Assert.True(DecimalText.TryParse(Utf8(text), 76, scale, out Int256 back));
            Assert.Equal(value, back);
            if (value.TryToInt128(out var narrow))
            {
                Assert.Equal(text, Text(to => DecimalText.Format(narrow, scale, to)));
            }
        }, iter: 10_000);

    [Fact]
    public void Any_bytes_are_refused_or_read_without_failing() =>
        Gen.String[Gen.Char["0123456789.eE+-x\u00e9"], 0, 30].Sample(
            text =>
            {
                if (DecimalText.TryParse(Utf8(text), 38, 10, out Int128 value))
                {
                    Assert.True(DecimalText.Fits(value, 38));
                    Assert.True(DecimalText.TryParse(Utf8(text), 76, 10, out Int256 wide) && wide == (Int256)value);
                }
            },
            iter: 20_000);

    private static Gen<string> Digits(int fewest, int most) => Gen.String[Gen.Char["0001234567899"], fewest, most];

    private static BigInteger? Expected(string whole, string fraction, int exponent, bool minus, int precision, int scale)
    {
        if (whole.Length + fraction.Length == 0)
        {
            return null;
        }

        var value = BigInteger.Parse(whole + fraction, CultureInfo.InvariantCulture);
        var shift = scale + exponent - fraction.Length;
        if (shift < 0)
        {
            value = BigInteger.DivRem(value, BigInteger.Pow(10, -shift), out var lost);
            if (!lost.IsZero)
            {
                return null;
            }
        }
        else
        {
            value *= BigInteger.Pow(10, shift);
        }

        return value >= BigInteger.Pow(10, precision) ? null : minus ? -value : value;
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(Func<byte[], int> format)
    {
        var to = new byte[DecimalText.MaxBytes];
        return Encoding.UTF8.GetString(to, 0, format(to));
    }
}
