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

    private TemporalPattern(string text, ImmutableArray<Part> parts) => (Text, _parts) = (text, parts);

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

    /// <summary>Compiles a pattern.</summary>
    /// <param name="text">The pattern.</param>
    /// <param name="problem">What is wrong with it; null when it was compiled.</param>
    public static TemporalPattern? Compile(string text, out string? problem)
    {
        var parts = ImmutableArray.CreateBuilder<Part>();
        problem = null;
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            var end = i + 1;
            if (c == '\'')
            {
                end = text.IndexOf('\'', i + 1);
                if (end < 0)
                {
                    problem = $"the quote at character {i + 1} is not closed";
                    return null;
                }

                parts.Add(new Part(Field.Literal, 0, Encoding.UTF8.GetBytes(end == i + 1 ? "'" : text[(i + 1)..end])));
                i = end + 1;
                continue;
            }

            if (!char.IsAsciiLetter(c))
            {
                // A surrogate pair stays together.
                end = char.IsHighSurrogate(c) && end < text.Length ? end + 1 : end;
                parts.Add(new Part(Field.Literal, 0, Encoding.UTF8.GetBytes(text[i..end])));
                i = end;
                continue;
            }

            while (end < text.Length && text[end] == c)
            {
                end++;
            }

            if (FieldOf(c, end - i) is not { } field)
            {
                problem = $"\"{text[i..end]}\" at character {i + 1} is not supported; use yyyy, MM, dd, HH, mm, ss and S to SSSSSSSSS";
                return null;
            }

            parts.Add(new Part(field, end - i, []));
            i = end;
        }

        return new TemporalPattern(text, parts.ToImmutable());
    }

    /// <summary>Reads days and nanoseconds of the day; parts that the pattern lacks are 1970-01-01 and 0.</summary>
    public bool TryParse(ReadOnlySpan<byte> text, out int days, out long nanoseconds)
    {
        (days, nanoseconds) = (0, 0);
        var (year, month, day, hour, minute, second, fraction) = (1970, 1, 1, 0, 0, 0, 0L);
        foreach (var part in _parts)
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
                default: fraction = number * (long)DecimalText.Power(9 - part.Width); break;
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
        var (year, month, day) = TemporalText.Civil(days);
        var seconds = (int)(nanoseconds / 1_000_000_000);
        var used = 0;
        foreach (var part in _parts)
        {
            if (part.Field == Field.Literal)
            {
                part.Literal.CopyTo(to[used..]);
                used += part.Literal.Length;
                continue;
            }

            var number = part.Field switch
            {
                Field.Year => part.Width == 2 ? year % 100 : year,
                Field.Month => month,
                Field.Day => day,
                Field.Hour => seconds / 3600,
                Field.Minute => seconds / 60 % 60,
                Field.Second => seconds % 60,
                _ => (int)(nanoseconds % 1_000_000_000 / (long)DecimalText.Power(9 - part.Width)),
            };
            var width = Math.Max(part.Width, number < 10 ? 1 : number < 100 ? 2 : part.Width);
            for (var i = width - 1; i >= 0; i--)
            {
                to[used + i] = (byte)('0' + (number % 10));
                number /= 10;
            }

            used += width;
        }

        return used;
    }

    /// <summary>Bytes that every formatted value fits into.</summary>
    public int MaxBytes => _parts.Sum(p => Math.Max(p.Literal.Length, p.Width + 2));

    private static Field? FieldOf(char letter, int width) => (letter, width) switch
    {
        ('y' or 'u', 4) => Field.Year,
        ('M', 1 or 2) => Field.Month,
        ('d', 1 or 2) => Field.Day,
        ('H', 1 or 2) => Field.Hour,
        ('m', 1 or 2) => Field.Minute,
        ('s', 1 or 2) => Field.Second,
        ('S' or 'n', >= 1 and <= 9) => Field.Fraction,
        _ => null,
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

    private readonly record struct Part(Field Field, int Width, byte[] Literal);
}
