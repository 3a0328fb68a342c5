using System.Runtime.CompilerServices;

namespace Seikan.Core;

/// <summary>
/// Dates and times as UTF-8 text, without allocation. Reads the shapes of formats.md 3 and ISO 8601 with <c>T</c>, 1 to 9 fraction digits and, for
/// TIMESTAMP_TZ, an offset. A TIMESTAMP text with an offset is refused: dropping the offset would change the value. Years 0001 to 9999.
/// </summary>
public static partial class TemporalText
{
    /// <summary>Bytes that every formatted value fits into.</summary>
    public const int MaxBytes = 48;

    /// <summary>Nanoseconds of a day.</summary>
    public const long NanosecondsADay = 86_400_000_000_000;

    /// <summary>Microseconds of a day.</summary>
    public const long MicrosecondsADay = 86_400_000_000;

    private const int FirstDay = -719_162; // 0001-01-01
    private const int LastDay = 2_932_896; // 9999-12-31

    private static ReadOnlySpan<byte> DaysInMonth => [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

    /// <summary>Reads a date: <c>yyyy-MM-dd</c>, with <c>/</c> or <c>.</c>, <c>yyyyMMdd</c>, or <c>yyyy年MM月dd日</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="days">Days since 1970-01-01.</param>
    public static bool TryParseDate(ReadOnlySpan<byte> text, out int days) => TryReadDate(ref text, out days) && text.IsEmpty;

    /// <summary>Reads a time of day: <c>HH:mm</c>, <c>HH:mm:ss</c>, with 1 to 9 fraction digits.</summary>
    /// <param name="text">The text.</param>
    /// <param name="nanoseconds">Since midnight.</param>
    public static bool TryParseTime(ReadOnlySpan<byte> text, out long nanoseconds) => TryReadTime(ref text, out nanoseconds) && text.IsEmpty;

    /// <summary>Reads a date with time; a date alone is midnight. 14 digits are <c>yyyyMMddHHmmss</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isNanoseconds">The unit of <paramref name="value"/>.</param>
    /// <param name="value">Since 1970-01-01T00:00:00, in nanoseconds or microseconds.</param>
    /// <returns>False when it is not a timestamp, does not fit, or has digits below a microsecond that would be lost.</returns>
    public static bool TryParseTimestamp(ReadOnlySpan<byte> text, bool isNanoseconds, out long value)
    {
        if (text.Length == 19 && !isNanoseconds && text[10] is (byte)' ' or (byte)'T'
            && TryStandardDate(text, out var days) && TryStandardTime(text[11..], out var seconds))
        {
            value = (days * MicrosecondsADay) + (seconds * 1_000_000L);
            return true;
        }

        return TryReadTimestamp(ref text, isNanoseconds, out value) && text.IsEmpty;
    }

    /// <summary>Reads a date with time and offset: <c>Z</c>, <c>+hh</c>, <c>+hhmm</c>, <c>+hh:mm</c>, after an optional blank.</summary>
    /// <param name="text">The text.</param>
    /// <param name="utcMicroseconds">Since 1970-01-01T00:00:00Z.</param>
    /// <param name="offsetMinutes">East of UTC.</param>
    public static bool TryParseTimestampTz(ReadOnlySpan<byte> text, out long utcMicroseconds, out short offsetMinutes)
    {
        offsetMinutes = 0;
        if (!TryReadTimestamp(ref text, false, out utcMicroseconds))
        {
            return false;
        }

        text = text.Length > 0 && text[0] == ' ' ? text[1..] : text;
        if (!TryReadOffset(text, out offsetMinutes))
        {
            return false;
        }

        utcMicroseconds -= offsetMinutes * 60_000_000L;
        return true;
    }

    /// <summary>Writes <c>yyyy-MM-dd</c>.</summary>
    /// <returns>Bytes written.</returns>
    public static int FormatDate(int days, Span<byte> to)
    {
        var (year, month, day) = Civil(days);
        var used = WriteYear(year, to);
        to[used] = (byte)'-';
        Two(month, to[(used + 1)..]);
        to[used + 3] = (byte)'-';
        Two(day, to[(used + 4)..]);
        return used + 6;
    }

    /// <summary>Writes <c>HH:mm:ss</c> and as many fraction digits (3, 6 or 9) as the value needs.</summary>
    /// <returns>Bytes written.</returns>
    public static int FormatTime(long nanoseconds, Span<byte> to)
    {
        var seconds = (int)(nanoseconds / 1_000_000_000);
        Two(seconds / 3600, to);
        to[2] = (byte)':';
        Two(seconds / 60 % 60, to[3..]);
        to[5] = (byte)':';
        Two(seconds % 60, to[6..]);
        return 8 + WriteFraction((int)(nanoseconds % 1_000_000_000), to[8..]);
    }

    /// <summary>Writes <c>yyyy-MM-dd HH:mm:ss</c> and as many fraction digits as the value needs.</summary>
    /// <param name="value">Since 1970-01-01T00:00:00.</param>
    /// <param name="isNanoseconds">The unit of <paramref name="value"/>.</param>
    /// <param name="to">At least <see cref="MaxBytes"/>.</param>
    /// <param name="separator">Between date and time.</param>
    /// <returns>Bytes written.</returns>
    public static int FormatTimestamp(long value, bool isNanoseconds, Span<byte> to, char separator = ' ')
    {
        var (days, nanoseconds) = Split(value, isNanoseconds);
        var used = FormatDate(days, to);
        to[used++] = (byte)separator;
        return used + FormatTime(nanoseconds, to[used..]);
    }

    /// <summary>Writes the local time and its offset: <c>yyyy-MM-dd HH:mm:ss.ffffff+hh:mm</c>.</summary>
    /// <returns>Bytes written.</returns>
    public static int FormatTimestampTz(long utcMicroseconds, short offsetMinutes, Span<byte> to, char separator = ' ')
    {
        var used = FormatTimestamp(utcMicroseconds + (offsetMinutes * 60_000_000L), false, to, separator);
        to[used++] = (byte)(offsetMinutes < 0 ? '-' : '+');
        var minutes = Math.Abs((int)offsetMinutes);
        Two(minutes / 60, to[used..]);
        to[used + 2] = (byte)':';
        Two(minutes % 60, to[(used + 3)..]);
        return used + 5;
    }

    /// <summary>Days since 1970-01-01 of a date of the Gregorian calendar; false when there is no such date.</summary>
    public static bool TryDays(int year, int month, int day, out int days)
    {
        days = 0;
        if (year is < 1 or > 9999 || (uint)(month - 1) > 11 || day < 1)
        {
            return false;
        }

        var isLeap = (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
        if (day > DaysInMonth[month - 1] + (isLeap && month == 2 ? 1 : 0))
        {
            return false;
        }

        // Years start in March, so that the leap day is the last (H. Hinnant, "chrono-compatible low-level date algorithms").
        var y = month <= 2 ? year - 1 : year;
        var era = y / 400;
        var yearOfEra = y - (era * 400);
        var dayOfYear = (((153 * (month + (month > 2 ? -3 : 9))) + 2) / 5) + day - 1;
        days = (era * 146_097) + (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear - 719_468;
        return true;
    }

    /// <summary>Year, month and day of days since 1970-01-01.</summary>
    public static (int Year, int Month, int Day) Civil(int days)
    {
        var z = days + 719_468L;
        var era = (int)(z >= 0 ? z / 146_097 : (z - 146_096) / 146_097);
        var dayOfEra = (int)(z - (era * 146_097L));
        var yearOfEra = (dayOfEra - (dayOfEra / 1460) + (dayOfEra / 36_524) - (dayOfEra / 146_096)) / 365;
        var dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        var m = ((5 * dayOfYear) + 2) / 153;
        var month = m < 10 ? m + 3 : m - 9;
        return (yearOfEra + (era * 400) + (month <= 2 ? 1 : 0), month, dayOfYear - (((153 * m) + 2) / 5) + 1);
    }

    /// <summary>Days and nanoseconds of the day of a timestamp.</summary>
    public static (int Days, long Nanoseconds) Split(long value, bool isNanoseconds)
    {
        // Two divisions by constants are multiplications; one by a variable is not.
        var days = isNanoseconds ? value / NanosecondsADay : value / MicrosecondsADay;
        var rest = value - (days * (isNanoseconds ? NanosecondsADay : MicrosecondsADay));
        if (rest < 0)
        {
            days--;
            rest += isNanoseconds ? NanosecondsADay : MicrosecondsADay;
        }

        return ((int)days, isNanoseconds ? rest : rest * 1000);
    }

    /// <summary>A timestamp of days and nanoseconds of the day; false when it does not fit or would lose digits.</summary>
    public static bool TryJoin(int days, long nanoseconds, bool isNanoseconds, out long value)
    {
        if (isNanoseconds)
        {
            var wide = ((Int128)days * NanosecondsADay) + nanoseconds;
            value = (long)wide;
            return wide == value;
        }

        value = (days * MicrosecondsADay) + (nanoseconds / 1000);
        return nanoseconds % 1000 == 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Two(int number, Span<byte> to)
    {
        to[1] = (byte)('0' + (number % 10));
        to[0] = (byte)('0' + (number / 10));
    }

    private static int WriteYear(int year, Span<byte> to)
    {
        if ((uint)year <= 9999)
        {
            Two(year / 100, to);
            Two(year % 100, to[2..]);
            return 4;
        }

        // Outside what can be read, but never hidden: a sign and all digits.
        year.TryFormat(to, out var used, year < 0 ? "0000" : "+00000", System.Globalization.CultureInfo.InvariantCulture);
        return used;
    }

    private static int WriteFraction(int nanoseconds, Span<byte> to)
    {
        if (nanoseconds == 0)
        {
            return 0;
        }

        var digits = nanoseconds % 1000 != 0 ? 9 : nanoseconds % 1_000_000 != 0 ? 6 : 3;
        var rest = digits == 9 ? nanoseconds : digits == 6 ? nanoseconds / 1000 : nanoseconds / 1_000_000;
        to[0] = (byte)'.';
        for (var i = digits; i > 0; i--)
        {
            to[i] = (byte)('0' + (rest % 10));
            rest /= 10;
        }

        return digits + 1;
    }
}
