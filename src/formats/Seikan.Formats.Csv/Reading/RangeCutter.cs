using System.Collections.Immutable;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Formats.Csv.Reading;

/// <summary>
/// Cuts a file at row starts. Whether a place is inside of quotes is found near it: of the two possibilities one meets a quote where none can be.
/// Where both stay possible the file is read from the last cut, so a cut is never a guess; readers check it again, as a range must end with a row.
/// </summary>
/// <param name="input">The file.</param>
/// <param name="head">Its start.</param>
/// <param name="memory">Where buffers come from.</param>
internal sealed class RangeCutter(CsvInput input, CsvHead head, IMemoryBudget memory)
{
    private const int WindowBytes = 256 << 10;
    private const int NoRowEnd = -1;
    private const int Impossible = -2;

    /// <summary>Cuts the file.</summary>
    /// <param name="length">Bytes of the file.</param>
    /// <param name="targetBytes">About how large a range is.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async ValueTask<ImmutableArray<FileRange>> CutAsync(long length, long targetBytes, CancellationToken cancellationToken)
    {
        var ranges = ImmutableArray.CreateBuilder<FileRange>();
        var start = 0L;
        if (head.Grammar.IsSimple)
        {
            // A last range of less than a quarter is not worth a reader.
            for (var cut = targetBytes; cut < length - (targetBytes / 4); cut += targetBytes)
            {
                var end = await FindRowAsync(Math.Max(start, head.SecondRow), Math.Max(cut, head.SecondRow), length, cancellationToken);
                if (end > start && end < length)
                {
                    ranges.Add(new FileRange(start, end, null) { Bytes = end - start });
                    start = end;
                    cut = Math.Max(cut, end);
                }
            }
        }

        ranges.Add(new FileRange(start, length, null) { Bytes = length - start });
        return ranges.ToImmutable();
    }

    /// <summary>The first row start at or behind a place.</summary>
    private async ValueTask<long> FindRowAsync(long known, long place, long length, CancellationToken cancellationToken)
    {
        var window = memory.Pool.Rent(WindowBytes);
        try
        {
            var size = await input.FillAsync(place, window.AsMemory(0, WindowBytes), cancellationToken);
            var text = window.AsSpan(0, size);
            var outside = FindIn(text, false);
            if (head.Grammar.Dialect.Quote < 0)
            {
                return outside < 0 ? length : place + outside;
            }

            var inside = FindIn(text, true);
            if (outside >= 0 && (inside == Impossible || (!text.Contains((byte)head.Grammar.Dialect.Quote) && AreRows(text[outside..]))))
            {
                return place + outside;
            }

            if (inside >= 0 && outside == Impossible)
            {
                return place + inside;
            }
        }
        finally
        {
            memory.Pool.Return(window);
        }

        return await ReadToAsync(known, place, length, cancellationToken);
    }

    // Without any quote in sight both are possible; lines that all have the fields of a row are then taken for rows.
    private bool AreRows(ReadOnlySpan<byte> text)
    {
        var fields = head.FirstFields?.Length ?? 0;
        var (rowEnd, delimiter) = (head.Grammar.RowEnd[0], head.Grammar.Dialect.Delimiter[0]);
        for (var end = text.IndexOf(rowEnd); end >= 0; end = text.IndexOf(rowEnd))
        {
            if (text[..end].Count(delimiter) != fields - 1)
            {
                return false;
            }

            text = text[(end + 1)..];
        }

        return fields > 1;
    }

    // Offset behind the first row end, or none, when the possibility holds throughout the window; else it is impossible.
    private int FindIn(ReadOnlySpan<byte> text, bool isInside)
    {
        var (quote, delimiter, rowEnd) = ((byte)head.Grammar.Dialect.Quote, head.Grammar.Dialect.Delimiter[0], head.Grammar.RowEnd[0]);
        var first = NoRowEnd;
        for (var i = 0; i < text.Length; i++)
        {
            var b = text[i];
            if (head.Grammar.Dialect.Quote >= 0 && b == quote)
            {
                if (!isInside)
                {
                    // Opens: only at the start of a field. The byte before the window is not known.
                    if (i > 0 && text[i - 1] != delimiter && text[i - 1] != rowEnd)
                    {
                        return Impossible;
                    }

                    isInside = true;
                }
                else if (i + 1 < text.Length && text[i + 1] == quote)
                {
                    i++;
                }
                else
                {
                    // Closes: only before a separator.
                    if (i + 1 < text.Length && text[i + 1] != delimiter && text[i + 1] != rowEnd && text[i + 1] != '\r')
                    {
                        return Impossible;
                    }

                    isInside = false;
                }
            }
            else if (b == rowEnd && !isInside && first < 0)
            {
                first = i + 1;
            }
        }

        return first;
    }

    private async ValueTask<long> ReadToAsync(long known, long place, long length, CancellationToken cancellationToken)
    {
        var chunks = new CsvChunkReader(input, head.Path, head.Grammar, memory);
        await foreach (var chunk in chunks.ReadAsync(known, length, false, cancellationToken))
        {
            using (chunk)
            {
                if (chunk.NextOffset < place)
                {
                    continue;
                }

                var start = chunk.NextOffset - chunk.Length;
                var scanner = new RowScanner(chunk.Text, 0, true, head.Grammar);
                while (start + scanner.Position < place && scanner.Read(null) != RowStatus.End)
                {
                }

                return start + scanner.Position;
            }
        }

        return length;
    }
}
