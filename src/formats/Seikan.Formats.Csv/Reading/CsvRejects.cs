using System.Globalization;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Formats.Csv.Reading;

/// <summary>Names bad rows with file, line, column and value, hands them to the job's policy and takes them out of their batch. In file order.</summary>
/// <param name="input">The file, to count the lines before the range.</param>
/// <param name="path">The file as users know it.</param>
/// <param name="request">What is decoded.</param>
/// <param name="fields">Fields of a row.</param>
/// <param name="firstOffset">Where reading starts.</param>
/// <param name="lineEnd">What lines are counted by.</param>
/// <param name="context">Memory and the policy.</param>
internal sealed class CsvRejects(CsvInput input, string path, DecodeRequest request, int fields, long firstOffset, byte lineEnd, IPluginContext context)
{
    private long _firstLine;

    /// <summary>Hands the bad rows of a chunk over.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="batch">Its batch; taken over.</param>
    /// <param name="cancellationToken">Ends the count of lines.</param>
    /// <returns>The batch without the bad rows.</returns>
    public async ValueTask<RowBatch> ApplyAsync(CsvChunk chunk, RowBatch batch, CancellationToken cancellationToken)
    {
        using (batch)
        {
            _firstLine = _firstLine == 0 ? 1 + await CountLinesAsync(cancellationToken) : _firstLine;
            var dropped = new HashSet<int>();
            var last = -1;
            foreach (var bad in chunk.Bad!.OrderBy(b => b.Start))
            {
                // One report a row: its first bad field.
                var start = RowStart(chunk.Text, bad);
                if (start > last)
                {
                    context.Errors.Reject(request.Table, chunk.Text[start..bad.End], Describe(chunk, bad, start));
                    last = bad.End;
                }

                dropped.Add(bad.Row);
            }

            return Without(batch, dropped);
        }
    }

    private int RowStart(ReadOnlySpan<byte> text, BadRow bad) => bad.Row < 0 ? bad.Start : text[..bad.Start].LastIndexOf(lineEnd) + 1;

    private Diagnostic Describe(CsvChunk chunk, BadRow bad, int rowStart)
    {
        var line = _firstLine + chunk.Line + chunk.Text[..bad.Start].Count(lineEnd);
        var place = string.Create(CultureInfo.InvariantCulture, $"{path}:{line}");
        var text = chunk.Text[bad.Start..bad.End];
        switch (bad.Kind)
        {
            case BadKind.Value:
                var column = request.Table.Columns[bad.Column];
                return new Diagnostic(CsvErrors.BadValue, $"{RowText.Show(text)} is not {RowText.A(column.Type)}")
                {
                    Path = $"{place} column \"{column.Name}\"",
                    Fix = request.AreColumnsDeclared ? null : "declare \"schema\" with a type that fits all values: the type was found from the first rows only",
                };
            case BadKind.Null:
                return new Diagnostic(CsvErrors.NullValue, "the field is empty, and the column takes no nulls") { Path = $"{place} column \"{request.Table.Columns[bad.Column].Name}\"" };
            case BadKind.FieldCount:
                var many = bad.Column == 1 ? "1 field" : $"{bad.Column} fields";
                return new Diagnostic(CsvErrors.FieldCount, $"the row has {many}, and there are {fields} columns") { Path = place };
            case BadKind.UnclosedQuote:
                return new Diagnostic(CsvErrors.UnclosedQuote, $"a quote in the row that starts with {RowText.Show(text[..Math.Min(text.Length, 40)])} is never closed") { Path = place };
            case BadKind.TextAfterQuote:
                return new Diagnostic(CsvErrors.TextAfterQuote, $"text follows a closing quote in {RowText.Show(text)}") { Path = place };
            default:
                return RowText.InvalidText(chunk.Text[rowStart..bad.End], line) with { Path = place };
        }
    }

    private RowBatch Without(RowBatch batch, HashSet<int> dropped)
    {
        dropped.Remove(-1);
        if (dropped.Count == 0)
        {
            return batch.Retain();
        }

        using var kept = context.Memory.BeginOutput(batch.Schema);
        for (var row = 0; row < batch.RowCount; row++)
        {
            if (dropped.Contains(row))
            {
                continue;
            }

            for (var i = 0; i < kept.Columns.Length; i++)
            {
                kept.Columns[i].AppendFrom(batch[i], row);
            }

            kept.EndRow();
        }

        return kept.Build();
    }

    // Only errors need the number of the line where a range starts, so only they pay for it.
    private async ValueTask<long> CountLinesAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[256 << 10];
        var lines = 0L;
        for (var offset = 0L; offset < firstOffset;)
        {
            var read = await input.ReadAsync(offset, buffer.AsMemory(0, (int)Math.Max(16, Math.Min(buffer.Length, firstOffset - offset))), cancellationToken);
            if (read == 0)
            {
                break;
            }

            lines += buffer.AsSpan(0, (int)Math.Min(read, firstOffset - offset)).Count(lineEnd);
            offset += read;
        }

        return lines;
    }
}
