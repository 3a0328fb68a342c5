using System.Text;
using CsCheck;

namespace Seikan.Core.Tests.Text;

public sealed class TemporalPatternTests
{
    [Theory]
    [InlineData("yyyy-MM-dd", "2024-05-06")]
    [InlineData("yyyy.MM.dd", "2024.05.06")]
    [InlineData("yyyy/MM/dd", "2024/05/06")]
    [InlineData("yyyyMMddHHmmss", "20240506070809")]
    [InlineData("yyyy-MM-dd HH:mm:ss", "2024-05-06 07:08:09")]
    [InlineData("yyyy-MM-dd HH:mm:ss.SSSSSS", "2024-05-06 07:08:09.012345")]
    [InlineData("yyyy-MM-dd'T'HH:mm:ss.SSS", "2024-05-06T07:08:09.012")]
    [InlineData("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSS", "2024-05-06T07:08:09.012345678")]
    [InlineData("yyyy年MM月dd日 HH时mm分ss秒", "2024年05月06日 07时08分09秒")]
    [InlineData("d/M/yyyy H:m:s", "6/5/2024 7:8:9")]
    [InlineData("HH:mm:ss.SSS", "07:08:09.012")]
    [InlineData("'o''clock' HH", "o'clock 07")]
    [InlineData("HH''mm", "07'08")]
    [InlineData("uuuu😀MM", "2024😀05")]
    public void Patterns_write_as_java_does(string pattern, string expected)
    {
        var compiled = Compile(pattern);
        Assert.True(TemporalText.TryParseDate("2024-05-06"u8, out var days));
        var to = new byte[compiled.MaxBytes];
        var text = Encoding.UTF8.GetString(to, 0, compiled.Format(days, 25_689_012_345_678, to));
        Assert.Equal(expected, text);
        Assert.True(compiled.TryParse(Encoding.UTF8.GetBytes(text), out _, out _));
    }

    [Theory]
    [InlineData("yyyy-MM-dd", "2024-5-06")]
    [InlineData("yyyy-MM-dd", "2024-05-06 ")]
    [InlineData("yyyy-MM-dd", "2024-02-30")]
    [InlineData("yyyy-MM-dd", "")]
    [InlineData("yyyy-MM-dd", "2024/05/06")]
    [InlineData("HH:mm", "24:00")]
    [InlineData("HH:mm", "12:60")]
    [InlineData("ss.SSS", "10.12")]
    [InlineData("ss.SSS", "10.1234")]
    [InlineData("yyyyMMdd", "2024051")]
    public void A_text_of_another_shape_is_refused(string pattern, string text) => Assert.False(Compile(pattern).TryParse(Encoding.UTF8.GetBytes(text), out _, out _));

    [Fact]
    public void Single_letters_read_one_or_two_digits()
    {
        Assert.True(Compile("d.M.yyyy").TryParse("16.12.2024"u8, out var days, out _));
        Assert.True(TemporalText.TryParseDate("2024-12-16"u8, out var expected) && days == expected);
    }

    [Theory]
    [InlineData("yyyy-MM-DD", "\"DD\" at character 9")]
    [InlineData("YYYY-MM-dd", "\"YYYY\" at character 1")]
    [InlineData("yyyy-MMM-dd", "\"MMM\" at character 6")]
    [InlineData("hh:mm a", "\"hh\" at character 1")]
    [InlineData("yyyy-MM-ddTHH", "\"T\" at character 11")]
    [InlineData("HH:mm:ss.SSSSSSSSSS", "\"SSSSSSSSSS\" at character 10")]
    [InlineData("HH:mm:ssXXX", "\"XXX\" at character 9")]
    [InlineData("yyyy[-MM]", "\"[\" at character 5")]
    [InlineData("yyyy 'T", "quote at character 6 is not closed")]
    [InlineData("mm:mm", "\"mm\" at character 4 stands there twice")]
    [InlineData("", "empty")]
    public void What_is_not_supported_is_named_with_its_place(string pattern, string expected)
    {
        Assert.Null(TemporalPattern.Compile(pattern, out var problem));
        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Patterns_tell_what_they_hold()
    {
        Assert.True(Compile("yyyy-MM-dd") is { HasDate: true, HasTime: false });
        Assert.True(Compile("HH:mm") is { HasDate: false, HasTime: true });
    }

    [Fact]
    public void What_a_full_pattern_writes_it_reads_back() => Gen.Select(Gen.Int[-719_162, 2_932_896], Gen.Long[0, TemporalText.NanosecondsADay - 1]).Sample(
        (days, nanoseconds) =>
        {
            var pattern = Compile("dd.MM.yyyy HH-mm-ss,SSSSSSSSS");
            var to = new byte[pattern.MaxBytes];
            Assert.True(pattern.TryParse(to.AsSpan(0, pattern.Format(days, nanoseconds, to)), out var d, out var n));
            Assert.Equal((days, nanoseconds), (d, n));
        },
        iter: 5_000);

    [Fact]
    public void Years_beyond_four_digits_are_not_cut()
    {
        var pattern = Compile("yyyy/MM");
        var to = new byte[pattern.MaxBytes];
        Assert.Equal("10000/01", Encoding.UTF8.GetString(to, 0, pattern.Format(2_932_897, 0, to)));
        Assert.True(pattern.Format(int.MaxValue - 1_000_000, 0, to) > 0);
        Assert.True(pattern.Format(int.MinValue, 0, to) > 0);
    }

    private static TemporalPattern Compile(string pattern)
    {
        var compiled = TemporalPattern.Compile(pattern, out var problem);
        Assert.Null(problem);
        Assert.Equal(pattern, compiled!.Text);
        return compiled;
    }
}
