using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Seikan.Formats.Csv.Reading;

/// <summary>Where the whole rows of a text end.</summary>
/// <param name="End">Behind the last whole row; 0 when there is none.</param>
/// <param name="Rows">Whole rows, blank ones too.</param>
/// <param name="HasQuotes">Whether there are quotes.</param>
/// <param name="IsRegular">Whether each quote opens at the start of a field, closes at its end or is doubled.</param>
internal readonly record struct RowCut(int End, int Rows, bool HasQuotes, bool IsRegular)
{
    /// <summary>Finds the whole rows of a text that starts with a row.</summary>
    /// <param name="buffer">The text; readable 64 bytes behind its end.</param>
    /// <param name="length">Bytes of the text.</param>
    /// <param name="isLast">Whether nothing follows.</param>
    /// <param name="maxRows">Rows after which to stop.</param>
    /// <param name="grammar">The grammar.</param>
    public static RowCut Find(byte[] buffer, int length, bool isLast, int maxRows, CsvGrammar grammar) =>
        (grammar.IsSimple ? FindFast(buffer, length, maxRows, grammar) : null) ?? FindExact(buffer.AsSpan(0, length), isLast, maxRows, grammar);

    // Null when quotes are irregular: then only reading field by field tells what is a row.
    private static RowCut? FindFast(byte[] buffer, int length, int maxRows, CsvGrammar grammar)
    {
        ref var start = ref MemoryMarshal.GetArrayDataReference(buffer);
        var rowEnd = Vector256.Create(grammar.RowEnd[0]);
        var delimiter = Vector256.Create(grammar.Dialect.Delimiter[0]);
        var quotesCount = grammar.Dialect.Quote >= 0;
        var quote = Vector256.Create((byte)(quotesCount ? grammar.Dialect.Quote : grammar.RowEnd[0]));
        var carriageReturn = Vector256.Create((byte)'\r');
        var (rows, end, hasQuotes) = (0, 0, false);
        ulong inside = 0; // all ones while a quote is open
        ulong opensHere = 1; // whether a quote may open at the first byte of the block
        ulong closedBefore = 0; // whether the byte before the block closed a quote
        for (var at = 0; at < length; at += ByteBlock.Size)
        {
            var block = new ByteBlock(ref System.Runtime.CompilerServices.Unsafe.Add(ref start, at));
            var valid = length - at >= ByteBlock.Size ? ulong.MaxValue : (1UL << (length - at)) - 1;
            var ends = block.Find(rowEnd) & valid;
            if (quotesCount)
            {
                var quotes = block.Find(quote) & valid;
                if ((quotes | inside | closedBefore) == 0)
                {
                    // Only the last byte matters for what may open in the next block.
                    opensHere = (ends | block.Find(delimiter)) >> 63;
                }
                else
                {
                    hasQuotes = true;
                    var within = ByteBlock.PrefixXor(quotes) ^ inside;
                    var closing = quotes & ~within;
                    var bounds = block.Find(delimiter) | block.Find(rowEnd) | quotes;
                    var wrongOpen = quotes & within & ~((bounds << 1) | opensHere);

                    // A carriage return may follow a closing quote only as part of the row end, or as the last byte of the text.
                    var nextEnds = at + ByteBlock.Size >= length || buffer[at + ByteBlock.Size] == grammar.RowEnd[0] ? 1UL << 63 : 0;
                    var lineEnds = grammar.TrimsCarriageReturn ? block.Find(carriageReturn) & ((ends >> 1) | (~valid >> 1) | nextEnds) : 0;
                    var wrongClose = ((closing << 1) | closedBefore) & ~(bounds | lineEnds | ~valid);
                    if ((wrongOpen | wrongClose) != 0)
                    {
                        return null;
                    }

                    ends &= ~within;
                    inside = (ulong)((long)within >> 63);
                    opensHere = bounds >> 63;
                    closedBefore = closing >> 63;
                }
            }

            if (ends == 0)
            {
                continue;
            }

            var found = BitOperations.PopCount(ends);
            if (rows + found >= maxRows)
            {
                for (var extra = rows + found - maxRows; extra > 0; extra--)
                {
                    ends ^= 1UL << BitOperations.Log2(ends);
                }

                return new RowCut(at + BitOperations.Log2(ends) + 1, maxRows, hasQuotes, true);
            }

            rows += found;
            end = at + BitOperations.Log2(ends) + 1;
        }

        return new RowCut(end, rows, hasQuotes, true);
    }

    private static RowCut FindExact(ReadOnlySpan<byte> text, bool isLast, int maxRows, CsvGrammar grammar)
    {
        var scanner = new RowScanner(text, 0, isLast, grammar);
        var rows = 0;
        while (rows < maxRows && scanner.Read(null) is RowStatus.Row or RowStatus.Blank)
        {
            rows++;
        }

        return new RowCut(scanner.Position, rows, true, false);
    }
}
