namespace Seikan.Formats.Csv.Reading;

/// <summary>Fields as they stand in a file, to the text they mean.</summary>
internal static class FieldText
{
    /// <summary>Takes quotes and escapes away.</summary>
    /// <param name="field">The field, with its quotes.</param>
    /// <param name="dialect">How it is written.</param>
    /// <param name="to">Room for as many bytes.</param>
    /// <returns>Bytes written.</returns>
    public static int Unquote(ReadOnlySpan<byte> field, CsvDialect dialect, Span<byte> to)
    {
        var (quote, escape) = (dialect.Quote, dialect.Escape);
        var isQuoted = field.Length >= 2 && field[0] == quote && field[^1] == quote;
        if (isQuoted)
        {
            field = field[1..^1];
        }

        var used = 0;
        while (!field.IsEmpty)
        {
            var next = escape >= 0 ? field.IndexOfAny((byte)escape, isQuoted ? (byte)quote : (byte)escape) : isQuoted ? field.IndexOf((byte)quote) : -1;
            if (next < 0 || next + 1 >= field.Length)
            {
                break;
            }

            // Of a doubled quote one stays; an escape goes only before what it can hide.
            var (special, following) = (field[next], field[next + 1]);
            var drops = special == quote ? following == quote : Hides(following, dialect);
            field[..next].CopyTo(to[used..]);
            used += next;
            if (!drops)
            {
                to[used++] = special;
            }

            to[used++] = following;
            field = field[(next + 2)..];
        }

        field.CopyTo(to[used..]);
        return used + field.Length;
    }

    /// <summary>Takes blanks around a number or date away.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t"u8);

    private static bool Hides(byte following, CsvDialect dialect) =>
        following == dialect.Quote || following == dialect.Escape || following == dialect.Delimiter[0] || following is (byte)'\n' or (byte)'\r'
        || (dialect.RowEnd is { } end && following == end[0]);
}
