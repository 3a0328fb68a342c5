using System.Numerics;

namespace Seikan.Core;

/// <summary>
/// Which rows of a batch a step keeps, one bit a row. Steps that drop rows go through it, so that update pairs are repaired
/// (<see cref="RowBatch.Gather"/>, decisions 5). Borrows its words.
/// </summary>
public readonly ref struct RowSelection
{
    private RowSelection(ReadOnlySpan<ulong> words, int rowCount, int count)
    {
        Words = words;
        RowCount = rowCount;
        Count = count;
    }

    /// <summary>64 rows a word, lowest bit first, bit set = kept. Bits behind the last row are arbitrary.</summary>
    public ReadOnlySpan<ulong> Words { get; }

    /// <summary>Rows to choose from.</summary>
    public int RowCount { get; }

    /// <summary>Rows kept.</summary>
    public int Count { get; }

    /// <summary>Whether a row is kept.</summary>
    public bool this[int row]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)RowCount, nameof(row));
            return (Words[row >> 6] >> (row & 63) & 1) != 0;
        }
    }

    /// <summary>Words that a mask of so many rows has.</summary>
    public static int WordCount(int rowCount) => (rowCount + 63) >> 6;

    /// <summary>Shows a mask.</summary>
    /// <param name="words">64 rows a word, lowest bit first, bit set = kept; bits behind the last row do not matter. Borrowed.</param>
    /// <param name="rowCount">Rows to choose from.</param>
    public static RowSelection FromMask(ReadOnlySpan<ulong> words, int rowCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rowCount);
        words = words[..WordCount(rowCount)];
        var count = 0;
        foreach (var word in words)
        {
            count += BitOperations.PopCount(word);
        }

        if ((rowCount & 63) != 0)
        {
            count -= BitOperations.PopCount(words[^1] & ~LastWord(rowCount));
        }

        return new RowSelection(words, rowCount, count);
    }

    /// <summary>The kept rows in rising order.</summary>
    /// <param name="rows">Takes <see cref="Count"/> rows.</param>
    internal void CopyRowsTo(Span<int> rows)
    {
        var next = 0;
        for (var i = 0; i < Words.Length; i++)
        {
            var word = (i + 1) << 6 > RowCount ? Words[i] & LastWord(RowCount) : Words[i];
            var start = i << 6;
            if (word == ulong.MaxValue)
            {
                for (var k = 0; k < 64; k++)
                {
                    rows[next + k] = start + k;
                }

                next += 64;
                continue;
            }

            for (; word != 0; word &= word - 1)
            {
                rows[next++] = start + BitOperations.TrailingZeroCount(word);
            }
        }
    }

    private static ulong LastWord(int rowCount) => (1UL << (rowCount & 63)) - 1;
}
