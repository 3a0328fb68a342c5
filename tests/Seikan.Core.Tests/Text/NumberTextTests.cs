using System.Globalization;
using System.Text;
using CsCheck;

namespace Seikan.Core.Tests.Text;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("-0", 0)]
    [InlineData("+7", 7)]
    [InlineData("00000000000000000000000042", 42)]
    [InlineData("999999999999999999", 999999999999999999)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    public void Whole_numbers_of_64_bits_are_read(string text, long expected)
    {
        Assert.True(NumberText.TryParseInt64(Utf8(text), out var value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("+")]
    [InlineData("1.0")]
    [InlineData("1e3")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("+-1")]
    [InlineData("+-1234567890123456789")]
    [InlineData("9223372036854775808")]
    [InlineData("-9223372036854775809")]
    [InlineData("99999999999999999999999999")]
    [InlineData("12345678901234567x9")]
    public void Other_texts_are_no_whole_number(string text) => Assert.False(NumberText.TryParseInt64(Utf8(text), out _));

    [Fact]
    public void Whole_numbers_of_32_bits_have_their_own_limits()
    {
        Assert.True(NumberText.TryParseInt32("-2147483648"u8, out var value) && value == int.MinValue);
        Assert.False(NumberText.TryParseInt32("2147483648"u8, out _));
        Assert.False(NumberText.TryParseInt32("4294967296"u8, out _));
    }

    [Fact]
    public void Every_long_reads_back() => Gen.Long.Sample(x => Assert.True(NumberText.TryParseInt64(Utf8(Invariant(x)), out var y) && y == x), iter: 10_000);

    [Fact]
    public void Doubles_read_as_the_platform_reads_them() =>
        Gen.OneOf(
            Gen.Double.Select(x => x.ToString("R", CultureInfo.InvariantCulture)),
            Gen.Select(Gen.Long[0, 99_999_999_999_999_999], Gen.Int[0, 17], (d, f) => Point(d, f)),
            Gen.Select(Gen.Long[0, 9_999_999_999], Gen.Int[-320, 300], (d, e) => $"-{d}e{e}"),
            Gen.Select(Gen.Int[0, 30], Gen.Long[0, 999_999], (zeros, d) => $"0.{new string('0', zeros)}{d}")).Sample(
            text =>
            {
                var expected = double.Parse(text, CultureInfo.InvariantCulture);
                var isNumber = NumberText.TryParseDouble(Utf8(text), out var value);
                Assert.Equal(double.IsFinite(expected) || text.EndsWith('y') || text == "NaN", isNumber);
                if (isNumber)
                {
                    Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(value));
                }
            },
            iter: 30_000);

    [Fact]
    public void Floats_read_as_the_platform_reads_them() =>
        Gen.OneOf(
            Gen.Float.Select(x => x.ToString("R", CultureInfo.InvariantCulture)),
            Gen.Select(Gen.Long[0, 99_999_999_999], Gen.Int[0, 12], (d, f) => Point(d, f))).Sample(
            text =>
            {
                Assert.True(NumberText.TryParseSingle(Utf8(text), out var value));
                Assert.Equal(BitConverter.SingleToInt32Bits(float.Parse(text, CultureInfo.InvariantCulture)), BitConverter.SingleToInt32Bits(value));
            },
            iter: 30_000);

    [Theory]
    [InlineData("NaN", double.NaN)]
    [InlineData("Infinity", double.PositiveInfinity)]
    [InlineData("-Infinity", double.NegativeInfinity)]
    [InlineData("5.", 5)]
    [InlineData(".5", .5)]
    [InlineData("-0", -0.0)]
    public void Special_doubles_are_read(string text, double expected)
    {
        Assert.True(NumberText.TryParseDouble(Utf8(text), out var value));
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(value));
        Assert.True(NumberText.TryParseSingle(Utf8(text), out var single));
        Assert.Equal(BitConverter.SingleToInt32Bits((float)expected), BitConverter.SingleToInt32Bits(single));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("1.2.3")]
    [InlineData("1,5")]
    [InlineData(" 1")]
    [InlineData("1e999")]
    [InlineData("-1e999")]
    [InlineData("12a")]
    [InlineData("1_000")]
    public void Other_texts_are_no_double(string text)
    {
        Assert.False(NumberText.TryParseDouble(Utf8(text), out _));
        Assert.False(NumberText.TryParseSingle(Utf8(text), out _));
    }

    [Fact]
    public void A_double_that_a_float_cannot_hold_is_refused() => Assert.False(NumberText.TryParseSingle("1e39"u8, out _));

    [Theory]
    [InlineData("true", true)]
    [InlineData("TRUE", true)]
    [InlineData("False", false)]
    public void Booleans_are_read_in_any_case(string text, bool expected) =>
        Assert.True(NumberText.TryParseBoolean(Utf8(text), out var value) && value == expected);

    [Theory]
    [InlineData("")]
    [InlineData("yes")]
    [InlineData("1")]
    [InlineData("true ")]
    [InlineData("tru\u0000")]
    public void Other_words_are_no_boolean(string text) => Assert.False(NumberText.TryParseBoolean(Utf8(text), out _));

    [Fact]
    public void Floating_numbers_are_written_as_the_platform_writes_them() =>
        Gen.OneOf(
            Gen.Double,
            Gen.Select(Gen.Long[-99_999_999_999, 99_999_999_999], Gen.Int[0, 9], (d, f) => d / Math.Pow(10, f)),
            Gen.Select(Gen.Long[-9_999_999, 9_999_999], Gen.Int[0, 9], (d, f) => (double)(float)(d / Math.Pow(10, f)))).Sample(
            value =>
            {
                var to = new byte[DecimalText.MaxBytes];
                Assert.Equal(value.ToString(CultureInfo.InvariantCulture), Encoding.UTF8.GetString(to, 0, ValueText.FormatDouble(value, to)));
                Assert.Equal(((float)value).ToString(CultureInfo.InvariantCulture), Encoding.UTF8.GetString(to, 0, ValueText.FormatFloat((float)value, to)));
            },
            iter: 50_000);

    private static string Point(long digits, int fraction)
    {
        var text = Invariant(digits).PadLeft(fraction + 1, '0');
        return fraction == 0 ? text : $"{text[..^fraction]}.{text[^fraction..]}";
    }

    private static string Invariant(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
