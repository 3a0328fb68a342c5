using Apache.Arrow;
using Apache.Arrow.Ipc;
using Seikan.Arrow;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Formats.Parquet;

/// <summary>
/// Decodes the row groups of a range in order. Each step takes a memory ticket, decodes rows into native memory if none are left, and cuts a batch
/// of at most the ticket's size from them, which shows that memory.
/// </summary>
internal sealed class ParquetDecoder : IDisposable
{
    private const int FewestRows = 64;

    private readonly ParquetSource _source;
    private readonly DecodeRequest _request;
    private readonly IPluginContext _context;
    private readonly HashSet<string> _wanted;
    private readonly Queue<RowGroupSpan> _groups = [];
    private ParquetInput _input;
    private int _batchRows;
    private long _next;
    private long _groupEnd;
    private long _skip;
    private IArrowArrayStream? _stream;
    private ArrowRows? _rows;
    private int _taken;
    private double _rowBytes;
    private long _accounted;

    /// <summary>Opens the file and finds the row groups.</summary>
    /// <param name="source">The file; must outlive the decoder.</param>
    /// <param name="request">What to decode.</param>
    /// <param name="context">Memory.</param>
    public ParquetDecoder(ParquetSource source, DecodeRequest request, IPluginContext context)
    {
        (_source, _request, _context) = (source, request, context);
        _wanted = [.. request.Table.Columns.Select(c => c.Name)];
        _batchRows = ParquetInput.MostRows;
        _input = ParquetInput.Open(source, _wanted, _batchRows);
        try
        {
            source.Check(request.Table.Columns, _input.Columns(_wanted));
            _next = Math.Max(request.Range.Start, request.From ?? request.Range.Start);
            foreach (var group in _input.RowGroups())
            {
                if (group.End > _next && group.Start < request.Range.End)
                {
                    _groups.Enqueue(group);
                }
            }
        }
        catch
        {
            _input.Dispose();
            throw;
        }
    }

    /// <summary>The next batch; null at the end of the range.</summary>
    public async ValueTask<DecodedBatch?> NextAsync(CancellationToken cancellationToken)
    {
        if (_next >= _request.Range.End || (_rows is null && _stream is null && _groups.Count == 0))
        {
            return null;
        }

        // The ticket is held while rows are decoded; the batch is then counted by what it really takes.
        using var ticket = await _context.Memory.BeginBatchAsync(_request.Table, cancellationToken);
        return _wanted.Count == 0 ? TakeCounted() : await TakeAsync(ticket.TargetBytes, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        DropRows();
        _stream?.Dispose();
        _input.Dispose();
    }

    private async ValueTask<DecodedBatch?> TakeAsync(long targetBytes, CancellationToken cancellationToken)
    {
        while (_rows is null)
        {
            if (_stream is null)
            {
                if (_groups.Count == 0)
                {
                    return null;
                }

                OpenGroup(_groups.Dequeue(), targetBytes);
            }

            await DecodeAsync(cancellationToken);
        }

        var left = (int)Math.Min(_rows.RowCount - _taken, _request.Range.End - _next);
        var fitting = (int)Math.Clamp(targetBytes / Math.Max(1, _rowBytes), 1, ParquetInput.MostRows);

        // A rest below half a batch is not worth a batch of its own.
        var rows = left <= fitting + (fitting / 2) ? Math.Min(left, ParquetInput.MostRows) : fitting;
        RowBatch batch;
        try
        {
            batch = _rows.Take(_taken, rows, _request.Table, _context.Memory.Pool, _context.Memory as JobMemory);
            RefuseLargeValues(batch);
        }
        catch (SeikanException error)
        {
            throw _source.Locate(error, _next);
        }

        _taken += rows;
        _next += rows;
        var handedOver = Math.Min(_accounted, (long)(rows * _rowBytes));
        _accounted -= handedOver;
        _context.Memory.Account(-handedOver);
        if (_taken == _rows.RowCount)
        {
            DropRows();
        }

        return new DecodedBatch(batch, _next);
    }

    // Without wanted columns only the number of rows counts.
    private DecodedBatch? TakeCounted()
    {
        if (_next >= _groupEnd)
        {
            if (_groups.Count == 0)
            {
                return null;
            }

            _groupEnd = _groups.Dequeue().End;
        }

        var rows = (int)Math.Min(Math.Min(_groupEnd, _request.Range.End) - _next, ParquetInput.MostRows);
        _next += rows;
        return new DecodedBatch(RowBatch.Create(_request.Table, [], rows), _next);
    }

    private void OpenGroup(RowGroupSpan group, long targetBytes)
    {
        // What the rows before took is the better guess where dictionaries hide the real size.
        var estimate = Math.Max((double)_input.WantedBytes(group.Index) / Math.Max(1, group.End - group.Start), _rowBytes);
        var rows = (int)Math.Clamp(targetBytes / Math.Max(1, estimate), FewestRows, ParquetInput.MostRows);
        if (rows < _batchRows / 2 || rows > _batchRows * 2)
        {
            _input.Dispose();
            _batchRows = rows;
            _input = ParquetInput.Open(_source, _wanted, rows);
        }

        _stream = _input.Read(group.Index);
        _skip = Math.Max(0, _next - group.Start);
    }

    private async ValueTask DecodeAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var stream = _stream!; // opened by the caller
        var record = await _source.CallAsync(() => stream.ReadNextRecordBatchAsync(cancellationToken));
        if (record is null)
        {
            stream.Dispose();
            _stream = null;
            return;
        }

        if (record.Length <= _skip)
        {
            _skip -= record.Length;
            record.Dispose();
            return;
        }

        _rows = new ArrowRows(record);
        _taken = (int)_skip;
        _skip = 0;
        _accounted = Bytes(record);
        _rowBytes = (double)_accounted / record.Length;
        _context.Memory.Account(_accounted);
    }

    private void DropRows()
    {
        _rows?.Dispose();
        _rows = null;
        _context.Memory.Account(-_accounted);
        _accounted = 0;
    }

    private static long Bytes(RecordBatch record)
    {
        var bytes = 0L;
        foreach (var array in record.Arrays)
        {
            bytes += Bytes(array.Data);
        }

        return bytes;
    }

    private static long Bytes(ArrayData data)
    {
        var bytes = data.Dictionary is null ? 0 : Bytes(data.Dictionary);
        foreach (var buffer in data.Buffers)
        {
            bytes += buffer.Length;
        }

        foreach (var child in data.Children ?? [])
        {
            bytes += Bytes(child);
        }

        return bytes;
    }

    // Values shown where the library decoded them never pass a builder, which looks at their size.
    private static void RefuseLargeValues(RowBatch batch)
    {
        var limit = BatchLimits.Default.ValueBytes;
        for (var i = 0; batch.SizeBytes > limit && i < batch.Schema.Columns.Length; i++)
        {
            for (var row = 0; batch[i] is BytesColumn values && row < values.Length; row++)
            {
                if (values[row].Length is var bytes && bytes > limit)
                {
                    var name = batch.Schema.Columns[i].Name;
                    batch.Dispose();
                    throw new SeikanException(new Diagnostic(DataErrors.ValueTooLarge, $"a value of column \"{name}\" has {bytes} bytes; at most {limit} are allowed"));
                }
            }
        }
    }
}
