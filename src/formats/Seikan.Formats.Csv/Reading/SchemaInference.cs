using System.Collections.Immutable;
using Seikan.Core;

namespace Seikan.Formats.Csv.Reading;

/// <summary>
/// Finds columns from the first 10,000 rows or 1 MiB (decisions 30): boolean, then bigint, then double, then date, then timestamp, else string;
/// leading zeros and signs mean string, as in postal codes and telephone numbers.
/// </summary>
internal static class SchemaInference
{
    /// <summary>Bytes of a sample.</summary>
    public const int SampleBytes = 1 << 20;

    private const int SampleRows = 10_000;

    /// <summary>What a column can be; each bit a type that all values so far have.</summary>
    [Flags]
    private enum Fits
    {
        None = 0,
        Boolean = 1,
        Integer = 2,
        Number = 4,
        Date = 8,
        Timestamp = 16,
        All = 31,
    }

    /// <summary>Finds the columns of a file.</summary>
    /// <param name="head">The sample.</param>
    /// <param name="usesHeader">Whether the first row names the columns; null = when it alone is all text.</param>
    /// <exception cref="SeikanException">FMT-0010, FMT-0017: there is no row.</exception>
    public static ImmutableArray<ColumnDef> Find(CsvHead head, bool? usesHeader)
    {
        if (head.FirstFields is not { } first)
        {
            throw new SeikanException(usesHeader == true
                ? new Diagnostic(CsvErrors.NoHeader, "the file has no header row") { Path = head.Path }
                : new Diagnostic(CsvErrors.NothingToInfer, "the file has no row to find columns in") { Path = head.Path });
        }

        var (fits, rows) = Look(head, head.SecondRow, first.Length);
        var firstFits = Look(head, head.FirstRow, first.Length, 1).Fits;
        var isText = firstFits.All(f => f == Fits.None) && !first.Contains(null);
        var hasHeader = usesHeader ?? (isText && rows > 0 && fits.Any(f => f != Fits.None));
        if (!hasHeader)
        {
            for (var i = 0; i < first.Length; i++)
            {
                fits[i] &= firstFits[i];
            }
        }

        var names = hasHeader ? head.Names : [.. Enumerable.Range(1, first.Length).Select(i => $"column{i}")];
        return [.. names.Select((name, i) => new ColumnDef(name, TypeOf(fits[i])))];
    }

    /// <summary>Whether the first row of a file names columns that were found earlier, perhaps in another file.</summary>
    public static bool IsHeader(CsvHead head, ImmutableArray<ColumnDef> columns) =>
        head.FirstFields is not null && head.Names is var names && names.Length == columns.Length && names.All(n => columns.Any(c => c.Name == n));

    private static DataType TypeOf(Fits fits) => fits switch
    {
        Fits.All or Fits.None => DataType.String, // never a value, or text
        _ when fits.HasFlag(Fits.Boolean) => DataType.Boolean,
        _ when fits.HasFlag(Fits.Integer) => DataType.BigInt,
        _ when fits.HasFlag(Fits.Number) => DataType.Double,
        _ when fits.HasFlag(Fits.Date) => DataType.Date,
        _ => DataType.Timestamp,
    };

    private static (Fits[] Fits, int Rows) Look(CsvHead head, int from, int columns, int most = SampleRows)
    {
        var fits = new Fits[columns];
        Array.Fill(fits, Fits.All);
        var dialect = head.Grammar.Dialect;
        var scanner = new RowScanner(head.Text, from, head.IsWhole, head.Grammar);
        var fields = new FieldList();
        Span<byte> few = stackalloc byte[256];
        var rows = 0;
        while (rows < most && scanner.Read(fields) is var status and (RowStatus.Row or RowStatus.Blank))
        {
            if (status == RowStatus.Blank && columns > 1)
            {
                continue;
            }

            rows++;
            for (var i = 0; i < Math.Min(columns, fields.Count); i++)
            {
                var (start, end) = fields[i];
                var field = head.Text[start..end];
                if (field.IsEmpty || fits[i] == Fits.None || (dialect.NullText is { } nullText && field.SequenceEqual(nullText)))
                {
                    continue;
                }

                var room = field.Length <= few.Length ? few : new byte[field.Length];
                var plain = FieldText.Trim(room[..FieldText.Unquote(field, dialect, room)]);
                fits[i] &= plain.IsEmpty ? field[0] == dialect.Quote ? Fits.None : Fits.All : FitsOf(plain, dialect);
            }
        }

        return (fits, rows);
    }

    private static Fits FitsOf(ReadOnlySpan<byte> text, CsvDialect dialect)
    {
        if (text.Length > 64)
        {
            return Fits.None;
        }

        if (NumberText.TryParseBoolean(text, out _))
        {
            return Fits.Boolean;
        }

        var fits = Fits.None;
        if (IsNumberShape(text))
        {
            fits |= NumberText.TryParseInt64(text, out _) ? Fits.Integer | Fits.Number : NumberText.TryParseDouble(text, out _) && !IsWhole(text) ? Fits.Number : Fits.None;
        }

        if (dialect.Date is { } date ? date.TryParse(text, out _, out _) : TemporalText.TryParseDate(text, out _))
        {
            fits |= Fits.Date;
        }

        if (dialect.DateTime is { } time ? time.TryParse(text, out _, out _) : TemporalText.TryParseTimestamp(text, false, out _))
        {
            fits |= Fits.Timestamp;
        }

        return fits;
    }

    // A digit or point behind an optional minus, and no zero before another digit. NaN and Infinity are words and stay text.
    private static bool IsNumberShape(ReadOnlySpan<byte> text)
    {
        var digits = text[0] == '-' ? text[1..] : text;
        return !digits.IsEmpty && (digits[0] is (byte)'.' or (>= (byte)'0' and <= (byte)'9')) && !(digits.Length > 1 && digits[0] == '0' && digits[1] is >= (byte)'0' and <= (byte)'9');
    }

    // More digits than a bigint has: a double would lose some.
    private static bool IsWhole(ReadOnlySpan<byte> text) => !text.ContainsAny(".eE"u8);
}
