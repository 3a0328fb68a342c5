using Seikan.Core;

namespace Seikan.Formats.Csv.Reading;

/// <summary>What is wrong with a row or a value.</summary>
internal enum BadKind
{
    /// <summary>A value is not of its type.</summary>
    Value,

    /// <summary>A null where there must be none.</summary>
    Null,

    /// <summary>Too few or too many fields.</summary>
    FieldCount,

    /// <summary>A quote is not closed.</summary>
    UnclosedQuote,

    /// <summary>Text stands behind a closing quote.</summary>
    TextAfterQuote,

    /// <summary>Bytes are not UTF-8.</summary>
    InvalidText,
}

/// <summary>A row that cannot be delivered.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Row">Its position in the batch; -1 when it is not there.</param>
/// <param name="Column">Position of the column in the wanted table; -1 for the row as a whole. Fields of the row for <see cref="BadKind.FieldCount"/>.</param>
/// <param name="Start">Where the field, or the row, starts in the chunk.</param>
/// <param name="End">Where it ends.</param>
internal readonly record struct BadRow(BadKind Kind, int Row, int Column, int Start, int End);

/// <summary>Whole rows of a file, about one batch. Owns its buffer until <see cref="Free"/>.</summary>
internal sealed class CsvChunk(byte[] buffer, IMemoryBudget memory) : IDisposable
{
    private byte[]? _buffer = buffer;

    /// <summary>The rows, each with its row end.</summary>
    public ReadOnlySpan<byte> Text => _buffer.AsSpan(0, Length);

    /// <summary>The buffer, readable 64 bytes behind the text.</summary>
    public byte[] Buffer => _buffer ?? throw new ObjectDisposedException(nameof(CsvChunk));

    /// <summary>Bytes of the rows.</summary>
    public required int Length { get; init; }

    /// <summary>Offset in the file behind the rows.</summary>
    public required long NextOffset { get; init; }

    /// <summary>Lines between the start of the read and the first row.</summary>
    public required long Line { get; init; }

    /// <summary>Whether there are quotes.</summary>
    public required bool HasQuotes { get; init; }

    /// <summary>Whether fields can be found 64 bytes at a time.</summary>
    public required bool IsRegular { get; init; }

    /// <summary>Rows that cannot be delivered; null = none.</summary>
    public List<BadRow>? Bad { get; private set; }

    /// <summary>Notes a row that cannot be delivered.</summary>
    public void Add(BadRow bad) => (Bad ??= []).Add(bad);

    /// <summary>Gives the buffer back early.</summary>
    public void Free()
    {
        if (_buffer is { } buffer)
        {
            _buffer = null;
            memory.Account(-buffer.Length);
            memory.Pool.Return(buffer);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Free();
}
