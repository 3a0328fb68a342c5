using System.Runtime.CompilerServices;

namespace Seikan.Core;

/// <summary>The reading side: each part takes its bytes off the front.</summary>
public static partial class TemporalText
{
    private const int MaxOffsetMinutes = 18 * 60;

    private static ReadOnlySpan<byte> Year => "年"u8;

    private static ReadOnlySpan<byte> Month => "月"u8;

    private static ReadOnlySpan<byte> Day => "日"u8;

    private static ReadOnlySpan<byte> Hour => "时"u8;

    private static ReadOnlySpan<byte> Minute => "分"u8;

    private static ReadOnlySpan<byte> Second => "秒"u8;

    // yyyy-MM-dd at the start: all digits are taken first and judged once.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryStandardDate(ReadOnlySpan<byte> text, out int days)
    {
        days = 0;
        if (text.Length < 10 || text[4] != '-' || text[7] != '-')
        {
            return false;
        }

        var wrong = 0;
        var year = (TwoDigits(text[0], text[1], ref wrong) * 100) + TwoDigits(text[2], text[3], ref wrong);
        var month = TwoDigits(text[5], text[6], ref wrong);
        var day = TwoDigits(text[8], text[9], ref wrong);
        return wrong >= 0 && TryDays(year, month, day, out days);
    }

    // HH:mm:ss at the start.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryStandardTime(ReadOnlySpan<byte> text, out int seconds)
    {
        seconds = 0;
        if (text.Length < 8 || text[2] != ':' || text[5] != ':')
        {
            return false;
        }

        var wrong = 0;
        var hour = TwoDigits(text[0], text[1], ref wrong);
        var minute = TwoDigits(text[3], text[4], ref wrong);
        var second = TwoDigits(text[6], text[7], ref wrong);
        seconds = (((hour * 60) + minute) * 60) + second;
        return (wrong | (23 - hour) | (59 - minute) | (59 - second)) >= 0;
    }

    // Anything but a digit makes wrong negative, for good.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int TwoDigits(byte high, byte low, ref int wrong)
    {
        var (tens, ones) = (high - '0', low - '0');
        wrong |= tens | (9 - tens) | ones | (9 - ones);
        return (tens * 10) + ones;
    }

    private static bool TryReadDate(ref ReadOnlySpan<byte> text, out int days)
    {
        if (TryStandardDate(text, out days))
        {
            text = text[10..];
            return true;
        }

        days = 0;
        if (text.Length < 8 || !TryNumber(text, 4, out var year))
        {
            return false;
        }

        int month, day;
        if (text[4] is (byte)'-' or (byte)'/' or (byte)'.')
        {
            // One or two digits for month and day, as people type them.
            var rest = text[5..];
            if (!TryOneOrTwo(ref rest, out month) || rest.IsEmpty || rest[0] != text[4])
            {
                return false;
            }

            rest = rest[1..];
            if (!TryOneOrTwo(ref rest, out day))
            {
                return false;
            }

            text = rest;
        }
        else if (text[4..].StartsWith(Year))
        {
            var rest = text[7..];
            if (!TryOneOrTwo(ref rest, out month) || !TryTake(ref rest, Month) || !TryOneOrTwo(ref rest, out day) || !TryTake(ref rest, Day))
            {
                return false;
            }

            text = rest;
        }
        else if (TryNumber(text[4..], 2, out month) && TryNumber(text[6..], 2, out day))
        {
            text = text[8..];
        }
        else
        {
            return false;
        }

        return TryDays(year, month, day, out days);
    }

    private static bool TryReadTime(ref ReadOnlySpan<byte> text, out long nanoseconds)
    {
        if (TryStandardTime(text, out var seconds))
        {
            nanoseconds = seconds * 1_000_000_000L;
            text = text[8..];
            if (text.Length > 1 && text[0] is (byte)'.' or (byte)',')
            {
                if (!TryFraction(ref text, out var digits))
                {
                    return false;
                }

                nanoseconds += digits;
            }

            return true;
        }

        // Without seconds, or as yyyy年MM月dd日 HH时mm分ss秒 goes on.
        nanoseconds = 0;
        if (text.Length < 5 || !TryNumber(text, 2, out var hour))
        {
            return false;
        }

        var rest = text[2..];
        var second = 0;
        var isChinese = TryTake(ref rest, Hour);
        if ((!isChinese && !TryTake(ref rest, ":"u8)) || !TryNumber(rest, 2, out var minute))
        {
            return false;
        }

        rest = rest[2..];
        if (isChinese)
        {
            if (!TryTake(ref rest, Minute) || !TryNumber(rest, 2, out second))
            {
                return false;
            }

            rest = rest[2..];
            if (!TryTake(ref rest, Second))
            {
                return false;
            }
        }

        if (hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        text = rest;
        nanoseconds = ((((hour * 60L) + minute) * 60) + second) * 1_000_000_000;
        return true;
    }

    private static bool TryReadTimestamp(ref ReadOnlySpan<byte> text, bool isNanoseconds, out long value)
    {
        value = 0;
        if (text.Length == 14 && TryDigits14(text, out var date, out var time))
        {
            text = default;
            return TryJoin(date, time, isNanoseconds, out value);
        }

        if (!TryReadDate(ref text, out var days))
        {
            return false;
        }

        var nanoseconds = 0L;
        if (text.Length > 0 && text[0] is (byte)' ' or (byte)'T' or (byte)'t')
        {
            var rest = text[1..];
            if (!TryReadTime(ref rest, out nanoseconds))
            {
                return false;
            }

            text = rest;
        }

        return TryJoin(days, nanoseconds, isNanoseconds, out value);
    }

    private static bool TryDigits14(ReadOnlySpan<byte> text, out int days, out long nanoseconds)
    {
        (days, nanoseconds) = (0, 0);
        if (!TryNumber(text, 4, out var year) || !TryNumber(text[4..], 2, out var month) || !TryNumber(text[6..], 2, out var day)
            || !TryNumber(text[8..], 2, out var hour) || !TryNumber(text[10..], 2, out var minute) || !TryNumber(text[12..], 2, out var second)
            || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        nanoseconds = ((((hour * 60L) + minute) * 60) + second) * 1_000_000_000;
        return TryDays(year, month, day, out days);
    }

    private static bool TryReadOffset(ReadOnlySpan<byte> text, out short minutes)
    {
        minutes = 0;
        if (text.Length == 1 && text[0] is (byte)'Z' or (byte)'z')
        {
            return true;
        }

        if (text.Length < 3 || text[0] is not ((byte)'+' or (byte)'-') || !TryNumber(text[1..], 2, out var hours))
        {
            return false;
        }

        var rest = text[3..];
        rest = rest.Length == 3 && rest[0] == ':' ? rest[1..] : rest;
        var extra = 0;
        if (rest.Length is not (0 or 2) || (rest.Length == 2 && !TryNumber(rest, 2, out extra)) || extra > 59 || (hours * 60) + extra > MaxOffsetMinutes)
        {
            return false;
        }

        minutes = (short)(text[0] == '-' ? -((hours * 60) + extra) : (hours * 60) + extra);
        return true;
    }

    private static bool TryFraction(ref ReadOnlySpan<byte> text, out int nanoseconds)
    {
        nanoseconds = 0;
        var i = 1;
        for (; i < text.Length && (uint)(text[i] - '0') <= 9; i++)
        {
            if (i > 9)
            {
                // More than nanoseconds only when nothing is lost.
                if (text[i] != '0')
                {
                    return false;
                }

                continue;
            }

            nanoseconds = (nanoseconds * 10) + (text[i] - '0');
        }

        for (var k = i; k <= 9; k++)
        {
            nanoseconds *= 10;
        }

        text = text[i..];
        return i > 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryNumber(ReadOnlySpan<byte> text, int digits, out int number)
    {
        number = 0;
        if (text.Length < digits)
        {
            return false;
        }

        for (var i = 0; i < digits; i++)
        {
            var digit = (uint)text[i] - '0';
            if (digit > 9)
            {
                return false;
            }

            number = (number * 10) + (int)digit;
        }

        return true;
    }

    private static bool TryOneOrTwo(ref ReadOnlySpan<byte> text, out int number)
    {
        if (TryNumber(text, 2, out number))
        {
            text = text[2..];
            return true;
        }

        if (!TryNumber(text, 1, out number))
        {
            return false;
        }

        text = text[1..];
        return true;
    }

    private static bool TryTake(ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> mark)
    {
        if (!text.StartsWith(mark))
        {
            return false;
        }

        text = text[mark.Length..];
        return true;
    }
}
