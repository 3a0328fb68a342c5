using System.Globalization;
using System.Text;
using CsCheck;

namespace Seikan.Core.Tests.Text;

public sealed class TemporalTextTests
{
    private static readonly DateTime Epoch = new(1970, 1, 1);
    private static readonly Gen<DateTime> Times = Gen.Long[0, DateTime.MaxValue.Ticks].Select(t => new DateTime(t / 10 * 10));

    [Theory]
    [InlineData("2024-02-29")]
    [InlineData("2024/02/29")]
    [InlineData("2024.02.29")]
    [InlineData("20240229")]
    [InlineData("2024年02月29日")]
    [InlineData("2024-2-29")]
    [InlineData("2024/2/29")]
    [InlineData("2024年2月29日")]
    public void Dates_are_read_in_every_shape(string text)
    {
        Assert.True(TemporalText.TryParseDate(Utf8(text), out var days));
        Assert.Equal((new DateTime(2024, 2, 29) - Epoch).Days, days);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2024-02-30")]
    [InlineData("2023-02-29")]
    [InlineData("1900-02-29")]
    [InlineData("2024-13-01")]
    [InlineData("2024-00-01")]
    [InlineData("2024-01-00")]
    [InlineData("0000-01-01")]
    [InlineData("10000-01-01")]
    [InlineData("24-01-01")]
    [InlineData("2024-01/01")]
    [InlineData("2024-01-01 ")]
    [InlineData("2024-01-011")]
    [InlineData("2024-01-01T00:00:00")]
    [InlineData("2024-0a-01")]
    [InlineData("-024-01-01")]
    [InlineData("2024 01 01")]
    [InlineData("2024年02月29")]
    [InlineData("2024--1-01")]
    public void Other_texts_are_no_date(string text) => Assert.False(TemporalText.TryParseDate(Utf8(text), out _));

    [Theory]
    [InlineData("00:00", 0)]
    [InlineData("23:59", 86_340_000_000_000)]
    [InlineData("10:20:30", 37_230_000_000_000)]
    [InlineData("10:20:30.5", 37_230_500_000_000)]
    [InlineData("10:20:30.123456789", 37_230_123_456_789)]
    [InlineData("10:20:30.123456789000", 37_230_123_456_789)]
    [InlineData("10:20:30,25", 37_230_250_000_000)]
    [InlineData("10时20分30秒", 37_230_000_000_000)]
    public void Times_are_read_to_the_nanosecond(string text, long expected)
    {
        Assert.True(TemporalText.TryParseTime(Utf8(text), out var nanoseconds));
        Assert.Equal(expected, nanoseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("24:00:00")]
    [InlineData("23:60:00")]
    [InlineData("23:59:60")]
    [InlineData("1:00:00")]
    [InlineData("10:20:3")]
    [InlineData("10:20:")]
    [InlineData("10:20:30.")]
    [InlineData("10:20:30.x")]
    [InlineData("10:20:30.1234567891")]
    [InlineData("10:20:30Z")]
    [InlineData("10-20-30")]
    [InlineData("10时20分30")]
    public void Other_texts_are_no_time(string text) => Assert.False(TemporalText.TryParseTime(Utf8(text), out _));

    [Theory]
    [InlineData("2024-05-06 07:08:09")]
    [InlineData("2024-05-06T07:08:09")]
    [InlineData("2024/05/06 07:08:09")]
    [InlineData("2024.05.06 07:08:09")]
    [InlineData("20240506070809")]
    [InlineData("20240506 07:08:09")]
    [InlineData("2024年05月06日 07时08分09秒")]
    [InlineData("2024-5-6 07:08:09.000")]
    public void Timestamps_are_read_in_every_shape(string text)
    {
        var expected = (new DateTime(2024, 5, 6, 7, 8, 9) - Epoch).Ticks / 10;
        Assert.True(TemporalText.TryParseTimestamp(Utf8(text), false, out var microseconds));
        Assert.Equal(expected, microseconds);
        Assert.True(TemporalText.TryParseTimestamp(Utf8(text), true, out var nanoseconds));
        Assert.Equal(expected * 1000, nanoseconds);
    }

    [Fact]
    public void A_date_alone_is_midnight_and_seconds_may_lack()
    {
        Assert.True(TemporalText.TryParseTimestamp("2024-05-06"u8, false, out var midnight));
        Assert.True(TemporalText.TryParseTimestamp("2024-05-06 00:01"u8, false, out var later));
        Assert.Equal(60_000_000, later - midnight);
    }

    [Theory]
    [InlineData("2024-05-06 07:08:09Z")]
    [InlineData("2024-05-06 07:08:09+02:00")]
    [InlineData("2024-05-06 ")]
    [InlineData("2024-05-06 25:00:00")]
    [InlineData("2024-05-06  07:08:09")]
    [InlineData("2024-05-06x07:08:09")]
    [InlineData("20240506250809")]
    [InlineData("20240532070809")]
    [InlineData("1714979289000")]
    [InlineData("2024-05-06 07:08:09.0000001")]
    public void Offsets_epoch_numbers_and_lost_digits_are_refused(string text) => Assert.False(TemporalText.TryParseTimestamp(Utf8(text), false, out _));

    [Fact]
    public void Nanoseconds_are_limited_to_the_years_1677_to_2262()
    {
        Assert.True(TemporalText.TryParseTimestamp("2262-04-11 23:47:16.854775807"u8, true, out var last));
        Assert.Equal(long.MaxValue, last);
        Assert.False(TemporalText.TryParseTimestamp("2262-04-11 23:47:16.854775808"u8, true, out _));
        Assert.True(TemporalText.TryParseTimestamp("1677-09-21 00:12:43.145224192"u8, true, out var first));
        Assert.Equal(long.MinValue, first);
        Assert.False(TemporalText.TryParseTimestamp("1677-09-21 00:12:43.145224191"u8, true, out _));
        Assert.Equal("1677-09-21 00:12:43.145224192", Text(to => TemporalText.FormatTimestamp(long.MinValue, true, to)));
        Assert.True(TemporalText.TryParseTimestamp("9999-12-31 23:59:59.999999"u8, false, out _));
    }

    [Theory]
    [InlineData("Z", 0)]
    [InlineData("z", 0)]
    [InlineData("+00:00", 0)]
    [InlineData("-00:00", 0)]
    [InlineData(" +02:00", 120)]
    [InlineData("+02", 120)]
    [InlineData("+0530", 330)]
    [InlineData("-03:30", -210)]
    [InlineData("+18:00", 1080)]
    [InlineData("-18:00", -1080)]
    public void Offsets_are_kept_beside_the_time_in_utc(string offset, short minutes)
    {
        Assert.True(TemporalText.TryParseTimestampTz(Utf8("2024-05-06T07:08:09.25" + offset), out var utc, out var found));
        Assert.Equal(minutes, found);
        Assert.Equal(((new DateTime(2024, 5, 6, 7, 8, 9, 250) - Epoch).Ticks / 10) - (minutes * 60_000_000L), utc);
    }

    [Theory]
    [InlineData("2024-05-06T07:08:09")]
    [InlineData("2024-05-06T07:08:09+18:01")]
    [InlineData("2024-05-06T07:08:09+2")]
    [InlineData("2024-05-06T07:08:09+02:60")]
    [InlineData("2024-05-06T07:08:09+02:0")]
    [InlineData("2024-05-06T07:08:09+02:000")]
    [InlineData("2024-05-06T07:08:09 UTC")]
    [InlineData("2024-05-06T07:08:09ZZ")]
    [InlineData("2024-05-06T07:08:09.1234567Z")]
    public void Without_a_right_offset_there_is_no_timestamp_tz(string text) => Assert.False(TemporalText.TryParseTimestampTz(Utf8(text), out _, out _));

    [Fact]
    public void Dates_agree_with_the_calendar_of_the_platform() => Times.Sample(
        time =>
        {
            var days = (int)Math.Floor((time - Epoch).TotalDays);
            Assert.Equal((time.Year, time.Month, time.Day), TemporalText.Civil(days));
            Assert.True(TemporalText.TryDays(time.Year, time.Month, time.Day, out var back) && back == days);
            var text = time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            Assert.Equal(text, Text(to => TemporalText.FormatDate(days, to)));
            Assert.True(TemporalText.TryParseDate(Utf8(text), out back) && back == days);
        },
        iter: 10_000);

    [Fact]
    public void The_calendar_has_every_day_of_every_year_once()
    {
        var expected = (int)(new DateTime(1, 1, 1) - Epoch).TotalDays;
        for (var year = 1; year <= 9999; year++)
        {
            for (var month = 1; month <= 12; month++)
            {
                var last = DateTime.DaysInMonth(year, month);
                Assert.True(TemporalText.TryDays(year, month, 1, out var first) && first == expected);
                Assert.True(TemporalText.TryDays(year, month, last, out _) && !TemporalText.TryDays(year, month, last + 1, out _));
                expected += last;
            }
        }
    }

    [Fact]
    public void Timestamps_come_back_as_written() => Gen.Select(Times, Gen.Short[-1080, 1080], Gen.Int[0, 999]).Sample(
        (time, offset, nanoseconds) =>
        {
            var microseconds = (time - Epoch).Ticks / 10;
            var text = Text(to => TemporalText.FormatTimestamp(microseconds, false, to));
            Assert.StartsWith(time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), text);
            Assert.True(TemporalText.TryParseTimestamp(Utf8(text), false, out var back) && back == microseconds);

            text = Text(to => TemporalText.FormatTimestampTz(microseconds - (offset * 60_000_000L), offset, to, 'T'));
            Assert.True(TemporalText.TryParseTimestampTz(Utf8(text), out var utc, out var found));
            Assert.Equal((microseconds, offset), (utc + (found * 60_000_000L), found));

            var small = (microseconds % 9_000_000_000_000_000 * 1000) + nanoseconds;
            text = Text(to => TemporalText.FormatTimestamp(small, true, to));
            Assert.True(TemporalText.TryParseTimestamp(Utf8(text), true, out back) && back == small);
        },
        iter: 10_000);

    [Fact]
    public void Fractions_take_three_six_or_nine_digits_or_none()
    {
        Assert.Equal("00:00:00", Text(to => TemporalText.FormatTime(0, to)));
        Assert.Equal("00:00:00.100", Text(to => TemporalText.FormatTime(100_000_000, to)));
        Assert.Equal("00:00:00.000010", Text(to => TemporalText.FormatTime(10_000, to)));
        Assert.Equal("23:59:59.999999999", Text(to => TemporalText.FormatTime(TemporalText.NanosecondsADay - 1, to)));
    }

    [Fact]
    public void Years_that_cannot_be_read_are_written_in_full()
    {
        Assert.Equal("+10000-01-01", Text(to => TemporalText.FormatDate(2_932_897, to)));
        Assert.Equal("-0001-12-31", Text(to => TemporalText.FormatDate(-719_529, to)));
    }

    [Fact]
    public void Any_bytes_are_refused_or_read_as_something_that_comes_back() =>
        Gen.String[Gen.Char["0123456789-/.: TZ+年月日时分秒"], 0, 30].Sample(
            text =>
            {
                var utf8 = Utf8(text);
                if (TemporalText.TryParseTimestamp(utf8, false, out var value))
                {
                    Assert.True(TemporalText.TryParseTimestamp(Utf8(Text(to => TemporalText.FormatTimestamp(value, false, to))), false, out var back) && back == value);
                }

                if (TemporalText.TryParseTime(utf8, out var time))
                {
                    Assert.True(TemporalText.TryParseTime(Utf8(Text(to => TemporalText.FormatTime(time, to))), out var back) && back == time);
                }

                if (TemporalText.TryParseTimestampTz(utf8, out var utc, out var offset))
                {
                    Assert.True(TemporalText.TryParseTimestampTz(Utf8(Text(to => TemporalText.FormatTimestampTz(utc, offset, to))), out var back, out _) && back == utc);
                }
            },
            iter: 50_000);

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(Func<byte[], int> format)
    {
        var to = new byte[TemporalText.MaxBytes];
        return Encoding.UTF8.GetString(to, 0, format(to));
    }
}
