using System.Collections.Immutable;
using System.Text;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Formats.Csv.Writing;

/// <summary>Writes rows as text into a buffer and the buffer into the file.</summary>
internal sealed class CsvEncoder : IFileEncoder
{
    private const int BufferBytes = 512 << 10;

    private readonly Stream _output;
    private readonly CsvDialect _dialect;
    private readonly IMemoryBudget _memory;
    private readonly ImmutableArray<CellWriter> _cells;
    private readonly Column?[] _columns;
    private readonly ReadOnlyMemory<byte> _rowEnd;
    private readonly FieldQuoter _quoter;
    private readonly TableSchema _schema;
    private readonly int _separatorBytes;
    private byte[] _buffer;
    private byte[] _encoded = [];
    private int _used;
    private int _rowBytes; // most bytes of any row of the batch; 0 = asked row by row
    private bool _isStarted;

    /// <summary>Opens an encoder.</summary>
    public CsvEncoder(Stream output, TableSchema schema, CsvDialect dialect, IMemoryBudget memory)
    {
        (_output, _schema, _dialect, _memory) = (output, schema, dialect, memory);
        _quoter = new FieldQuoter(dialect);
        var days = new DayTexts();
        _cells = [.. schema.Columns.Select(c => CellWriter.Create(c.Type, dialect, _quoter, days))];
        _columns = new Column?[_cells.Length];
        _rowEnd = dialect.RowEnd ?? "\n"u8.ToArray();
        _separatorBytes = (_cells.Length * (dialect.Delimiter.Length + (dialect.NullText?.Length ?? 0))) + _rowEnd.Length;
        _buffer = memory.Pool.Rent(BufferBytes);
        memory.Account(_buffer.Length);
    }

    /// <inheritdoc/>
    public long BytesWritten { get; private set; }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken);
        var (rowBytes, areKnown) = (_separatorBytes, true);
        for (var i = 0; i < _cells.Length; i++)
        {
            var most = _cells[i].Bind(batch[i]);
            areKnown &= most >= 0;
            rowBytes += most;
            _columns[i] = batch[i].NullCount > 0 ? batch[i] : null;
        }

        _rowBytes = areKnown ? rowBytes : 0;
        for (var row = 0; row < batch.RowCount;)
        {
            row = Fill(row, batch.RowCount);
            if (row < batch.RowCount)
            {
                await MakeRoomAsync(RowBytes(row), cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask FinishAsync(CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken);
        await FlushAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (_buffer.Length > 0)
        {
            _memory.Account(-_buffer.Length);
            _memory.Pool.Return(_buffer);
            _buffer = [];
        }

        return ValueTask.CompletedTask;
    }

    private async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        if (_isStarted)
        {
            return;
        }

        _isStarted = true;
        if (_dialect.Encoding is { } encoding && encoding.Preamble.Length == 2)
        {
            // Readers of UTF-16 need to know the byte order.
            await _output.WriteAsync(encoding.GetPreamble(), cancellationToken);
            BytesWritten += encoding.Preamble.Length;
        }

        if (!_dialect.Options.EnableHeaderWrite)
        {
            return;
        }

        for (var i = 0; i < _schema.Columns.Length; i++)
        {
            var name = Encoding.UTF8.GetBytes(_schema.Columns[i].Name);
            await MakeRoomAsync(FieldQuoter.MaxBytes(name.Length) + _dialect.Delimiter.Length + _rowEnd.Length, cancellationToken);
            Put(i == 0 ? default : _dialect.Delimiter);
            _used += _quoter.Write(name, true, _buffer.AsSpan(_used));
        }

        Put(_rowEnd.Span);
    }

    private int Fill(int row, int end)
    {
        var buffer = _buffer.AsSpan();
        var used = _used;
        ReadOnlySpan<byte> delimiter = _dialect.Delimiter;
        var rowEnd = _rowEnd.Span;
        ReadOnlySpan<byte> nullText = _dialect.NullText;
        for (; row < end; row++)
        {
            if (buffer.Length - used < RowBytes(row))
            {
                break;
            }

            for (var i = 0; i < _cells.Length; i++)
            {
                if (i > 0)
                {
                    if (delimiter.Length == 1)
                    {
                        buffer[used++] = delimiter[0];
                    }
                    else
                    {
                        delimiter.CopyTo(buffer[used..]);
                        used += delimiter.Length;
                    }
                }

                if (_columns[i] is { } column && !column.IsValid(row))
                {
                    nullText.CopyTo(buffer[used..]);
                    used += nullText.Length;
                }
                else
                {
                    used += _cells[i].Write(row, buffer[used..]);
                }
            }

            rowEnd.CopyTo(buffer[used..]);
            used += rowEnd.Length;
        }

        _used = used;
        return row;
    }

    private int RowBytes(int row)
    {
        if (_rowBytes > 0)
        {
            return _rowBytes;
        }

        var bytes = _separatorBytes;
        for (var i = 0; i < _cells.Length; i++)
        {
            bytes += _columns[i] is not { } column || column.IsValid(row) ? _cells[i].MaxBytes(row) : 0;
        }

        return bytes;
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer.AsSpan(_used));
        _used += bytes.Length;
    }

    private async ValueTask MakeRoomAsync(int bytes, CancellationToken cancellationToken)
    {
        if (_buffer.Length - _used >= bytes)
        {
            return;
        }

        await FlushAsync(cancellationToken);
        if (_buffer.Length < bytes)
        {
            var larger = _memory.Pool.Rent(bytes);
            _memory.Account(larger.Length - _buffer.Length);
            _memory.Pool.Return(_buffer);
            _buffer = larger;
        }
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        var bytes = _dialect.Encoding is null ? _buffer.AsMemory(0, _used) : Encode(_dialect.Encoding);
        await _output.WriteAsync(bytes, cancellationToken);
        BytesWritten += bytes.Length;
        _used = 0;
    }

    // Only whole rows are in the buffer, so no character is cut.
    private ReadOnlyMemory<byte> Encode(Encoding encoding)
    {
        try
        {
            var text = Encoding.UTF8.GetString(_buffer, 0, _used);
            var size = encoding.GetMaxByteCount(text.Length);
            _encoded = _encoded.Length < size ? new byte[size] : _encoded;
            return _encoded.AsMemory(0, encoding.GetBytes(text, _encoded));
        }
        catch (EncoderFallbackException e)
        {
            var unknown = e.CharUnknown != '\0' ? e.CharUnknown.ToString() : new string([e.CharUnknownHigh, e.CharUnknownLow]);
            throw new SeikanException(new Diagnostic(CsvErrors.CannotEncode, $"the character \"{unknown}\" is not in {encoding.WebName}, the encoding of the file"), e);
        }
    }
}
