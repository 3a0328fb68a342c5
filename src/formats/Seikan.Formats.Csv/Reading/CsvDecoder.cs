using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Seikan.Core;

namespace Seikan.Formats.Csv.Reading;

/// <summary>
/// Decodes chunks: first the separators of a block of rows, 64 bytes at a time, then the block column by column. Rows that do not have as many
/// fields as there are columns, and irregular quotes, take the way over <see cref="RowScanner"/>. Thread-safe.
/// </summary>
/// <param name="columns">One a wanted column of the file.</param>
/// <param name="fields">Fields of a row of the file.</param>
/// <param name="grammar">How the file is written.</param>
internal sealed class CsvDecoder(ImmutableArray<ColumnDecoder> columns, int fields, CsvGrammar grammar)
{
    // Separators of a block stay in the first-level cache.
    private const int SeparatorsOfABlock = 6 << 10;

    private readonly CsvRaggedRows _ragged = grammar.Dialect.Options.RaggedRows;
    private readonly int _rowsOfABlock = Math.Clamp(SeparatorsOfABlock / fields, 1, 2048);

    /// <summary>Fields of a row of the file.</summary>
    public int Fields => fields;

    /// <summary>Appends the rows of a chunk. What is bad is noted in the chunk; without that the chunk's buffer is given back at once.</summary>
    public void Decode(CsvChunk chunk, BatchBuilder builder)
    {
        var isText = RowText.IsText(chunk.Text);
        var done = chunk.IsRegular && isText ? DecodeFast(chunk, builder) : 0;
        if (done < chunk.Length)
        {
            DecodeExactly(chunk, builder, done, isText);
        }

        if (chunk.Bad is null)
        {
            chunk.Free();
        }
    }

    /// <summary>Decodes while rows are regular.</summary>
    /// <returns>Where the first row starts that is not; the length of the chunk when all are.</returns>
    private int DecodeFast(CsvChunk chunk, BatchBuilder builder)
    {
        var target = _rowsOfABlock * fields;
        var rented = System.Buffers.ArrayPool<int>.Shared.Rent(target + fields + ByteBlock.Size + 2);
        try
        {
            var separators = rented.AsSpan();
            var text = chunk.Text;
            var scan = new SeparatorScan(chunk, grammar);
            separators[0] = -1;
            var count = 1;
            while (true)
            {
                count = scan.Fill(separators, count, target + 1);
                var rows = (count - 1) / fields;
                if (rows == 0 || !AreRows(text, separators, rows, count, ref scan))
                {
                    return separators[0] + 1;
                }

                var used = rows * fields;
                Append(new FieldBlock(text, separators, separators[1..], rows, fields, grammar.TrimsCarriageReturn), builder, chunk);
                separators[used..count].CopyTo(separators);
                count -= used;
                if (separators[0] == chunk.Length - 1)
                {
                    return chunk.Length;
                }
            }
        }
        finally
        {
            System.Buffers.ArrayPool<int>.Shared.Return(rented);
        }
    }

    // Each row ends with its last field, and no field before it does. A blank line has one field, so it is not a row of several.
    private bool AreRows(ReadOnlySpan<byte> text, ReadOnlySpan<int> separators, int rows, int count, ref SeparatorScan scan)
    {
        var rowEnd = grammar.RowEnd[0];
        for (var i = fields; i <= rows * fields; i += fields)
        {
            if (text[separators[i]] != rowEnd)
            {
                return false;
            }
        }

        var ahead = 0;
        for (var i = (rows * fields) + 1; i < count; i++)
        {
            ahead += text[separators[i]] == rowEnd ? 1 : 0;
        }

        var isExact = scan.RowEnds - ahead == rows;
        scan.RowEnds = ahead;
        return isExact;
    }

    private void DecodeExactly(CsvChunk chunk, BatchBuilder builder, int from, bool isText)
    {
        var pool = System.Buffers.ArrayPool<int>.Shared;
        var (before, ends) = (pool.Rent(_rowsOfABlock * fields), pool.Rent(_rowsOfABlock * fields));
        try
        {
            var text = chunk.Text;
            var list = new FieldList();
            var scanner = new RowScanner(text, from, true, grammar);
            for (var isOver = false; !isOver;)
            {
                var rows = 0;
                while (rows < _rowsOfABlock && !isOver)
                {
                    var status = scanner.Read(list);
                    isOver = status == RowStatus.End;
                    if (status == RowStatus.Row || (status == RowStatus.Blank && fields == 1))
                    {
                        rows += TryAdd(chunk, scanner, list, isText, before.AsSpan(rows * fields), ends.AsSpan(rows * fields)) ? 1 : 0;
                    }
                }

                Append(new FieldBlock(text, before, ends, rows, fields, false), builder, chunk);
            }
        }
        finally
        {
            pool.Return(before);
            pool.Return(ends);
        }
    }

    private bool TryAdd(CsvChunk chunk, in RowScanner scanner, FieldList list, bool isText, Span<int> before, Span<int> ends)
    {
        var (start, end) = (scanner.RowStart, scanner.RowTextEnd);
        if (scanner.Problem != RowProblem.None)
        {
            chunk.Add(new BadRow(scanner.Problem == RowProblem.UnclosedQuote ? BadKind.UnclosedQuote : BadKind.TextAfterQuote, -1, -1, start, end));
            return false;
        }

        if (!isText && !RowText.IsText(chunk.Text[start..end]))
        {
            chunk.Add(new BadRow(BadKind.InvalidText, -1, -1, start, end));
            return false;
        }

        if (list.Count > fields ? _ragged != CsvRaggedRows.Fit : list.Count < fields && _ragged == CsvRaggedRows.Error)
        {
            chunk.Add(new BadRow(BadKind.FieldCount, -1, list.Count, start, end));
            return false;
        }

        for (var i = 0; i < fields; i++)
        {
            (before[i], ends[i]) = i < list.Count ? (list[i].Start - 1, list[i].End) : (end - 1, end);
        }

        return true;
    }

    private void Append(in FieldBlock block, BatchBuilder builder, CsvChunk chunk)
    {
        if (block.Rows == 0)
        {
            return;
        }

        foreach (var column in columns)
        {
            column.Decode(block, builder.Columns[column.Position], chunk);
        }

        builder.EndRows(block.Rows);
    }

    /// <summary>Lists the separators of a chunk outside of quotes, block by block.</summary>
    private ref struct SeparatorScan
    {
        private readonly ref byte _text;
        private readonly int _length;
        private readonly bool _hasQuotes;
        private readonly Vector256<byte> _delimiter;
        private readonly Vector256<byte> _rowEnd;
        private readonly Vector256<byte> _quote;
        private int _at;
        private ulong _inside;

        public SeparatorScan(CsvChunk chunk, CsvGrammar grammar)
        {
            _text = ref MemoryMarshal.GetArrayDataReference(chunk.Buffer);
            (_length, _hasQuotes) = (chunk.Length, chunk.HasQuotes);
            (_delimiter, _rowEnd) = (Vector256.Create(grammar.Dialect.Delimiter[0]), Vector256.Create(grammar.RowEnd[0]));
            _quote = Vector256.Create((byte)Math.Max(grammar.Dialect.Quote, 0));
        }

        /// <summary>Row ends listed and not yet used.</summary>
        public int RowEnds { get; set; }

        /// <summary>Lists separators until there are enough or the chunk ends.</summary>
        /// <returns>How many are listed.</returns>
        public int Fill(Span<int> separators, int count, int enough)
        {
            ref var to = ref MemoryMarshal.GetReference(separators);
            var (at, ends) = (_at, 0);
            while (at < _length && count < enough)
            {
                var block = new ByteBlock(ref Unsafe.Add(ref _text, at));
                var rowEnds = block.Find(_rowEnd);
                var found = block.Find(_delimiter) | rowEnds;
                if (_hasQuotes)
                {
                    var within = ByteBlock.PrefixXor(block.Find(_quote)) ^ _inside;
                    _inside = (ulong)((long)within >> 63);
                    found &= ~within;
                    rowEnds &= ~within;
                }

                if (_length - at < ByteBlock.Size)
                {
                    var valid = (1UL << (_length - at)) - 1;
                    found &= valid;
                    rowEnds &= valid;
                }

                ends += BitOperations.PopCount(rowEnds);
                while (found != 0)
                {
                    Unsafe.Add(ref to, count++) = at + BitOperations.TrailingZeroCount(found);
                    found &= found - 1;
                }

                at += ByteBlock.Size;
            }

            _at = at;
            RowEnds += ends;
            return count;
        }
    }
}
