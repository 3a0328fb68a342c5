using System.Runtime.CompilerServices;
using Seikan.Core;

namespace Seikan.Formats.Csv.Reading;

/// <summary>Reads a range of a file in chunks that end with a row. One pass at memory speed; decoding is left to others.</summary>
/// <param name="input">The file.</param>
/// <param name="path">The file as users know it.</param>
/// <param name="grammar">How it is written.</param>
/// <param name="memory">Where buffers come from.</param>
internal sealed class CsvChunkReader(CsvInput input, string path, CsvGrammar grammar, IMemoryBudget memory)
{
    // Half a second-level cache: decoding then finds the text still warm.
    private readonly int _targetBytes = 1 << 20;

    /// <summary>Bytes of a chunk.</summary>
    public int TargetBytes
    {
        get => _targetBytes;
        init => _targetBytes = Math.Max(value, 256);
    }

    /// <summary>Reads chunks.</summary>
    /// <param name="from">Start of a row.</param>
    /// <param name="end">Behind the last byte of the range; it ends with a row or with the file.</param>
    /// <param name="isInside">Whether the file goes on behind the range, so that the range must end with a row end.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="SeikanException">FMT-0004, FMT-0008, FMT-0011: a row has no end.</exception>
    public async IAsyncEnumerable<CsvChunk> ReadAsync(long from, long end, bool isInside, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (buffer, length, offset, lines, fill) = (Rent(TargetBytes), 0, from, 0L, int.MaxValue);
        try
        {
            while (true)
            {
                var isLast = false;
                var room = Math.Min(fill, buffer.Length - Slack);
                if (length < room)
                {
                    var wanted = (int)Math.Min(room - length, end - offset - length);
                    var read = wanted == 0 ? 0 : await FillAsync(offset + length, buffer.AsMemory(length, wanted), cancellationToken);
                    length += read;
                    isLast = read < wanted || offset + length >= end;
                }

                if (length == 0 && isLast)
                {
                    yield break;
                }

                var cut = RowCut.Find(buffer, length, isLast, BatchLimits.Default.Rows, grammar);
                if (isLast && cut.End < length && cut.Rows < BatchLimits.Default.Rows)
                {
                    if (isInside)
                    {
                        throw CutInsideRow(end);
                    }

                    cut = cut with { End = length, Rows = cut.Rows + 1 };
                }

                if (cut.End == 0)
                {
                    buffer = Grow(buffer, length);
                    fill = buffer.Length - Slack;
                    continue;
                }

                var lacksEnd = isLast && cut.End == length && !buffer.AsSpan(0, length).EndsWith(grammar.RowEnd);
                if (lacksEnd && isInside)
                {
                    throw CutInsideRow(end);
                }

                var next = Rent(TargetBytes, length - cut.End);
                buffer.AsSpan(cut.End, length - cut.End).CopyTo(next);
                if (lacksEnd)
                {
                    grammar.RowEnd.CopyTo(buffer, length);
                }

                var chunk = new CsvChunk(buffer, memory)
                {
                    Length = cut.End + (lacksEnd ? grammar.RowEnd.Length : 0),
                    NextOffset = offset + cut.End,
                    Line = lines,
                    HasQuotes = cut.HasQuotes,
                    IsRegular = cut.IsRegular,
                };

                // Short rows: what is read beyond a full chunk would be carried from chunk to chunk.
                fill = cut.Rows == BatchLimits.Default.Rows ? cut.End + (cut.End >> 3) : next.Length - Slack;
                lines += buffer.AsSpan(0, cut.End).Count(grammar.LineEnd);
                (buffer, length, offset) = (next, length - cut.End, offset + cut.End);
                yield return chunk;
            }
        }
        finally
        {
            Return(buffer);
        }
    }

    private SeikanException CutInsideRow(long end) => new(new Diagnostic(CsvErrors.CutInsideRow, $"the part that ends at byte {end} does not end with a row") { Path = path });

    // Room behind the text for a whole block, and for a row end that the file lacks.
    private int Slack => ByteBlock.Size + grammar.RowEnd.Length;

    private async ValueTask<int> FillAsync(long offset, Memory<byte> into, CancellationToken cancellationToken)
    {
        var done = 0;
        while (done < into.Length)
        {
            var read = await input.ReadAsync(offset + done, into[done..], cancellationToken);
            if (read == 0)
            {
                break;
            }

            done += read;
        }

        return done;
    }

    private byte[] Grow(byte[] buffer, int length)
    {
        if (length >= CsvHead.MaxRowBytes)
        {
            var scanner = new RowScanner(buffer.AsSpan(0, length), 0, false, grammar);
            scanner.Read(null);
            throw new SeikanException(scanner.Problem == RowProblem.UnclosedQuote
                ? new Diagnostic(CsvErrors.UnclosedQuote, $"the quote before {RowText.Show(buffer.AsSpan(scanner.ProblemAt + 1, 40))} is not closed within 64 MiB") { Path = path }
                : new Diagnostic(CsvErrors.RowTooLarge, $"the row that starts with {RowText.Show(buffer.AsSpan(0, 40))} is longer than 64 MiB") { Path = path });
        }

        var larger = Rent(Math.Min(buffer.Length * 2, CsvHead.MaxRowBytes + Slack));
        buffer.AsSpan(0, length).CopyTo(larger);
        Return(buffer);
        return larger;
    }

    private byte[] Rent(int bytes, int carried = 0)
    {
        // A large row that is carried over, together with the slack, must fit.
        var buffer = memory.Pool.Rent(Math.Max(bytes, carried + Slack));
        memory.Account(buffer.Length);
        return buffer;
    }

    private void Return(byte[] buffer)
    {
        memory.Account(-buffer.Length);
        memory.Pool.Return(buffer);
    }
}
