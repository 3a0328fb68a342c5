using System.Text;
using System.Text.Unicode;
using Seikan.Core;

namespace Seikan.Formats.Csv.Reading;

/// <summary>Pieces of rows as errors show them.</summary>
internal static class RowText
{
    private const int MaxShown = 60;

    /// <summary>A value in quotes, cut and without control characters.</summary>
    public static string Show(ReadOnlySpan<byte> value)
    {
        var cut = value.Length > MaxShown * 4;
        var text = Encoding.UTF8.GetString(cut ? value[..(MaxShown * 4)] : value);
        cut |= text.Length > MaxShown;
        text = text.Length > MaxShown ? text[..MaxShown] : text;
        return $"\"{string.Concat(text.Select(c => c == '\n' ? "\\n" : c == '\t' ? "\\t" : c == '\r' ? "\\r" : char.IsControl(c) ? "\uFFFD" : c.ToString()))}{(cut ? "..." : "")}\"";
    }

    /// <summary>A type with its article.</summary>
    public static string A(DataType type)
    {
        var text = TypeText.Format(type);
        return $"{("aeiou".Contains(text[0], StringComparison.OrdinalIgnoreCase) ? "an" : "a")} {text}";
    }

    /// <summary>The diagnostic of bytes that are no UTF-8, without a place.</summary>
    /// <param name="row">The row that holds them.</param>
    /// <param name="line">Its line.</param>
    public static Diagnostic InvalidText(ReadOnlySpan<byte> row, long line)
    {
        var at = 0;
        while (at < row.Length && Rune.DecodeFromUtf8(row[at..], out _, out var used) == System.Buffers.OperationStatus.Done)
        {
            at += used;
        }

        var wrong = Convert.ToHexString(row.Slice(at, Math.Min(1, row.Length - at)));
        var column = 1 + Encoding.UTF8.GetCharCount(row[..at]);
        return new Diagnostic(CsvErrors.InvalidText, $"byte 0x{wrong} at character {column} of line {line} is not UTF-8");
    }

    /// <summary>Whether bytes are valid UTF-8.</summary>
    public static bool IsText(ReadOnlySpan<byte> bytes) => Utf8.IsValid(bytes);
}
