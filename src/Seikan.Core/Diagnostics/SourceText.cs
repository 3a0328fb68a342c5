using System.Text;

namespace Seikan.Core;

/// <summary>A named document as UTF-8 bytes; turns byte offsets into lines and columns. Immutable and thread-safe.</summary>
/// <param name="name">How users know the document: a path as given, or a label such as <c>request</c>.</param>
/// <param name="utf8">The text. A leading byte order mark is part of the bytes but takes no column.</param>
public sealed class SourceText(string name, ReadOnlyMemory<byte> utf8)
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private int[]? _lineStarts;

    /// <summary>How users know the document.</summary>
    public string Name { get; } = name;

    /// <summary>The bytes of the document.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; } = utf8;

    /// <summary>Makes a document from text.</summary>
    public static SourceText FromString(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));

    /// <summary>Line and column of a byte offset, both counted from 1; the column counts characters (code points).</summary>
    /// <param name="offset">Byte offset; values beyond the end mean the end.</param>
    public (int Line, int Column) Locate(int offset)
    {
        var starts = LineStarts();
        offset = Math.Clamp(offset, 0, Utf8.Length);
        var line = Array.BinarySearch(starts, offset);
        line = line >= 0 ? line : ~line - 1;
        return (line + 1, CountCharacters(Line(starts, line, offset)) + 1);
    }

    /// <summary>The text of a line without its line end. Lines count from 1.</summary>
    public string GetLine(int line)
    {
        var starts = LineStarts();
        var end = line < starts.Length ? starts[line] : Utf8.Length;
        return Encoding.UTF8.GetString(Line(starts, line - 1, end)).TrimEnd('\r', '\n');
    }

    /// <summary>How many characters a byte range holds.</summary>
    public int CountCharacters(int start, int length)
    {
        start = Math.Clamp(start, 0, Utf8.Length);
        return CountCharacters(Utf8.Span.Slice(start, Math.Clamp(length, 0, Utf8.Length - start)));
    }

    private static int CountCharacters(ReadOnlySpan<byte> utf8)
    {
        var count = 0;
        foreach (var b in utf8)
        {
            count += (b & 0xC0) == 0x80 ? 0 : 1;
        }

        return count;
    }

    private ReadOnlySpan<byte> Line(int[] starts, int line, int end)
    {
        var bytes = Utf8.Span[starts[line]..end];
        return line == 0 && bytes.StartsWith(ByteOrderMark) ? bytes[3..] : bytes;
    }

    private int[] LineStarts()
    {
        if (_lineStarts is { } known)
        {
            return known;
        }

        var starts = new List<int> { 0 };
        var bytes = Utf8.Span;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == (byte)'\n')
            {
                starts.Add(i + 1);
            }
        }

        return _lineStarts = [.. starts];
    }
}
