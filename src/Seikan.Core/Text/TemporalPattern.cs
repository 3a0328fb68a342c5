using System.Collections.Immutable;
using System.Text;

namespace Seikan.Core;

/// <summary>
/// A date and time pattern as Java users write it, compiled once: <c>yyyy MM dd HH mm ss S..SSSSSSSSS</c>, quoted and plain literals. Reads and
/// writes UTF-8 without allocation. Other letters are refused: half a pattern would read wrong values.
/// </summary>
public sealed class TemporalPattern
{
    private readonly ImmutableArray<Part> _parts;

    private TemporalPattern(string text, ImmutableArray<Part> parts)
    {
        (Text, _parts) = (text, parts);
        MaxBytes = parts.Sum(p => p.Literal.Length + p.Width + 4);
        HasDate = parts.Any(p => p.Field is Field.Year or Field.Month or Field.Day);
        HasTime = parts.Any(p => p.Field > Field.Day);
    }

    private enum Field
    {
        Literal,
        Year,
        Month,
        Day,
        Hour,
        Minute,
        Second,
        Fraction,
    }

    /// <summary>The pattern as written.</summary>
    public string Text { get; }

    /// <summary>Bytes that every formatted value fits into.</summary>
    public int MaxBytes { get; }

    /// <summary>Whether it has a year, month or day.</summary>
    public bool HasDate { get; }

    /// <summary>Whether it has an hour, minute, second or fraction.</summary>
    public bool HasTime { get; }

    /// <summary>Compiles a pattern.</summary>
    /// <param name="text">The pattern.</param>
    /// <param name="problem">What is wrong with it, with the character; null when it was compiled.</param>
    public static TemporalPattern? Compile(string text, out string? problem)
    {
        var parts = ImmutableArray.CreateBuilder<Part>();
        problem = text.Length == 0 ? "the pattern is empty" : null;
        for (var i = 0; i < text.Length && problem is null;)
        {
            var c = text[i];
            var end = i + 1;
            if (c == '\'')
            {
                problem = ReadQuoted(text, ref end, parts) ? null : $"the quote at character {i + 1} is not closed";
            }
            else if (!char.IsAsciiLetter(c))
            {
                // Java keeps these for optional sections and later use. A surrogate pair stays together.
                problem = c is '[' or ']' or '{' or '}' or '#' ? $"\"{c}\" at character {i + 1} is not supported; quote it to mean the character" : null;
                end = char.IsHighSurrogate(c) && end < text.Length ? end + 1 : end;
                parts.Add(Literal(text[i..end]));
            }
            else
            {
                while (end < text.Length && text[end] == c)
                {
                    end++;
                }

                var width = end - i;
                var field = FieldOf(c, width);
                problem = field == Field.Literal
                    ? $"\"{text[i..end]}\" at character {i + 1} is not supported; use yyyy, MM, dd, HH, mm, ss and S to SSSSSSSSS"
                    : parts.Any(p => p.Field == field) ? $"\"{text[i..end]}\" at character {i + 1} stands there twice" : null;
                parts.Add(new Part(field, width, field == Field.Fraction ? (int)DecimalText.Power(9 - width) : 1, []));
            }

            i = end;
        }

        return problem is null ? new TemporalPattern(text, parts.ToImmutable()) : null;
    }

    /// <summary>Reads days and nanoseconds of the day; parts that the pattern lacks are 1970-01-01 and 0.</summary>
    public bool TryParse(ReadOnlySpan<byte> text, out int days, out long nanoseconds)
    {
        (days, nanoseconds) = (0, 0);
        var (year, month, day, hour, minute, second, fraction) = (1970, 1, 1, 0, 0, 0, 0);
        foreach (ref readonly var part in _parts.AsSpan())
        {
            if (part.Field == Field.Literal)
            {
                if (!text.StartsWith(part.Literal))
                {
                    return false;
                }

                text = text[part.Literal.Length..];
                continue;
            }

            if (!TryNumber(ref text, part.Width, part.Width == 1 && part.Field != Field.Fraction ? 2 : part.Width, out var number))
            {
                return false;
            }

            switch (part.Field)
            {
                case Field.Year: year = number; break;
                case Field.Month: month = number; break;
                case Field.Day: day = number; break;
                case Field.Hour: hour = number; break;
                case Field.Minute: minute = number; break;
                case Field.Second: second = number; break;
                default: fraction = number * part.Unit; break;
            }
        }

        nanoseconds = (((((hour * 60L) + minute) * 60) + second) * 1_000_000_000) + fraction;
        return text.IsEmpty && hour < 24 && minute < 60 && second < 60 && TemporalText.TryDays(year, month, day, out days);
    }

    /// <summary>Writes a date and time.</summary>
    /// <param name="days">Since 1970-01-01.</param>
    /// <param name="nanoseconds">Of the day; digits beyond the pattern's fraction are cut, as the pattern asks.</param>
    /// <param name="to">Room for the pattern: <see cref="MaxBytes"/>.</param>
    /// <returns>Bytes written.</returns>
    public int Format(int days, long nanoseconds, Span<byte> to)
    {
        var (year, month, day) = HasDate ? TemporalText.Civil(days) : default;
        var seconds = (int)(nanoseconds / 1_000_000_000);
        var used = 0;
        foreach (ref readonly var part in _parts.AsSpan())
        {
            if (part.Field == Field.Literal)
            {
                part.Literal.CopyTo(to[used..]);
                used += part.Literal.Length;
                continue;
            }

            var number = part.Field switch
            {
                Field.Year => year,
                Field.Month => month,
                Field.Day => day,
                Field.Hour => seconds / 3600,
                Field.Minute => seconds / 60 % 60,
                Field.Second => seconds % 60,
                _ => (int)(nanoseconds - (seconds * 1_000_000_000L)) / part.Unit,
            };
            if ((uint)number > 9999 && part.Field == Field.Year)
            {
                // Outside what can be read, but never cut.
                number.TryFormat(to[used..], out var written, default, System.Globalization.CultureInfo.InvariantCulture);
                used += written;
                continue;
            }

            var width = part.Width == 1 && number >= 10 && part.Field != Field.Fraction ? 2 : part.Width;
            for (var i = width - 1; i >= 0; i--)
            {
                to[used + i] = (byte)('0' + (number % 10));
                number /= 10;
            }

            used += width;
        }

        return used;
    }

    private static Part Literal(string text) => new(Field.Literal, 0, 1, Encoding.UTF8.GetBytes(text));

    // Two quotes in a row are one, inside and outside of quotes.
    private static bool ReadQuoted(string text, ref int at, ImmutableArray<Part>.Builder parts)
    {
        var literal = new StringBuilder();
        while (at < text.Length)
        {
            var c = text[at++];
            if (c != '\'')
            {
                literal.Append(c);
            }
            else if (at < text.Length && text[at] == '\'' && literal.Length > 0)
            {
                literal.Append(text[at++]);
            }
            else
            {
                parts.Add(Literal(literal.Length == 0 ? "'" : literal.ToString()));
                return true;
            }
        }

        return false;
    }

    private static Field FieldOf(char letter, int width) => (letter, width) switch
    {
        ('y' or 'u', 4) => Field.Year,
        ('M', 1 or 2) => Field.Month,
        ('d', 1 or 2) => Field.Day,
        ('H', 1 or 2) => Field.Hour,
        ('m', 1 or 2) => Field.Minute,
        ('s', 1 or 2) => Field.Second,
        ('S', >= 1 and <= 9) => Field.Fraction,
        _ => Field.Literal,
    };

    private static bool TryNumber(ref ReadOnlySpan<byte> text, int fewest, int most, out int number)
    {
        number = 0;
        var i = 0;
        for (; i < most && i < text.Length && (uint)(text[i] - '0') <= 9; i++)
        {
            number = (number * 10) + (text[i] - '0');
        }

        text = text[i..];
        return i >= fewest;
    }

    /// <summary>One piece of a pattern.</summary>
    /// <param name="Field">What it is.</param>
    /// <param name="Width">Digits; 0 for a literal.</param>
    /// <param name="Unit">Nanoseconds of the last digit of a fraction.</param>
    /// <param name="Literal">The bytes of a literal.</param>
    private readonly record struct Part(Field Field, int Width, int Unit, byte[] Literal);
}
