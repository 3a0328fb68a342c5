using System.Collections.Immutable;
using ParquetSharp;
using ParquetSharp.Arrow;
using ParquetSharp.Schema;
using Seikan.Arrow;
using Seikan.Core;
using Seikan.Plugins;
using Column = Seikan.Core.Column;
using ArrowSchema = Apache.Arrow.Schema;

namespace Seikan.Formats.Parquet;

/// <summary>
/// Writes batches into row groups. The native writer is made with the first batch, which decides the dictionaries; it is done with a batch when a
/// call returns (decisions 2.3), and holds the pages of the open row group until that closes.
/// </summary>
internal sealed class ParquetEncoder : IFileEncoder
{
    private readonly CountingStream _output;
    private readonly TableSchema _schema;
    private readonly ParquetFormatOptions _options;
    private readonly IPluginContext _context;
    private readonly ArrowSchema _arrow;
    private FileWriter? _writer;
    private int _groupRows;
    private long _groupBytes;
    private bool _isFinished;

    /// <summary>Makes an encoder; loads nothing native yet.</summary>
    /// <param name="output">Where bytes go; not disposed.</param>
    /// <param name="schema">The rows to be written.</param>
    /// <param name="options">Codec and row groups.</param>
    /// <param name="context">Memory accounting.</param>
    public ParquetEncoder(Stream output, TableSchema schema, ParquetFormatOptions options, IPluginContext context)
    {
        (_output, _schema, _options, _context) = (new CountingStream(output), schema, options, context);
        _arrow = ArrowBridge.ToSchema(schema, ArrowShape.Parquet);
    }

    /// <inheritdoc/>
    public long BytesWritten => _output.Written;

    /// <inheritdoc/>
    public ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (batch.RowCount == 0)
        {
            return ValueTask.CompletedTask;
        }

        using var clean = Clean(batch);
        var rows = clean ?? batch;
        CheckKeys(rows);
        Call(() =>
        {
            var writer = _writer ??= OpenWriter(DictionaryChoice.Of(rows));
            using var loan = ArrowBridge.ToRecordBatch(rows, _arrow);
            writer.WriteBufferedRecordBatch(loan.RecordBatch);
        });
        CountGroup(rows);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask FinishAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Call(() => (_writer ??= OpenWriter([])).Close());
        _isFinished = true;
        Account(0);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _output.StopWriting();
        try
        {
            _writer?.Dispose();
        }
        catch (ParquetException) when (!_isFinished)
        {
            // The writer of an abandoned file complains that it is not complete, which is what abandoning means.
        }

        _writer = null;
        Account(0);
        return ValueTask.CompletedTask;
    }

    private FileWriter OpenWriter(List<string[]> dictionaries)
    {
        using var builder = new WriterPropertiesBuilder();
        builder.Version(ParquetVersion.PARQUET_2_6).CreatedBy("Seikan").Compression(Native(_options.Codec)).DisableDictionary().EnableStatistics()
            .MaxRowGroupLength(_options.RowGroupRows);
        foreach (var path in dictionaries)
        {
            using var column = new ColumnPath(path);
            builder.EnableDictionary(column);
        }

        using var properties = builder.Build();

        // The stored Arrow schema carries what Parquet's own cannot: vectors, and timestamps' scales.
        using var arrowBuilder = new ArrowWriterPropertiesBuilder();
        using var arrow = arrowBuilder.StoreSchema().UseThreads(false).Build();
        return new FileWriter(_output, _arrow, properties, arrow, leaveOpen: true);
    }

    // Arrow itself closes a row group at its number of rows, inside a batch too.
    private void CountGroup(RowBatch batch)
    {
        var rows = _groupRows + batch.RowCount;
        if (rows >= _options.RowGroupRows)
        {
            _groupRows = rows % _options.RowGroupRows;
            Account(batch.SizeBytes * _groupRows / batch.RowCount);
        }
        else
        {
            _groupRows = rows;
            Account(_groupBytes + batch.SizeBytes);
        }

        if (_groupBytes >= _options.RowGroupBytes.Bytes)
        {
            Call(() => _writer!.NewBufferedRowGroup()); // a batch was written
            _groupRows = 0;
            Account(0);
        }
    }

    private void Account(long held)
    {
        _context.Memory.Account(held - _groupBytes);
        _groupBytes = held;
    }

    // Null lists must be empty; nearly all are, and then nothing is copied.
    private RowBatch? Clean(RowBatch batch)
    {
        var isClean = true;
        for (var i = 0; i < _schema.Columns.Length; i++)
        {
            isClean &= !ListNulls.HaveElements(batch[i]);
        }

        if (isClean)
        {
            return null;
        }

        var columns = ImmutableArray.CreateBuilder<Column>(_schema.Columns.Length);
        for (var i = 0; i < _schema.Columns.Length; i++)
        {
            columns.Add(ListNulls.HaveElements(batch[i])
                ? ListNulls.Clean(batch[i], _schema.Columns[i].Type, _context.Memory.Pool)
                : batch[i].Retain());
        }

        return RowBatch.Create(batch.Schema, columns.MoveToImmutable(), batch.RowCount);
    }

    private void CheckKeys(RowBatch batch)
    {
        for (var i = 0; i < _schema.Columns.Length; i++)
        {
            if (MapKeys.FindNull(batch[i], _schema.Columns[i].Type) is >= 0 and var row)
            {
                throw new SeikanException(new Diagnostic(
                    ParquetErrors.NullKey,
                    $"table \"{_schema.Path}\" column \"{_schema.Columns[i].Name}\": a map has a null key (value {row + 1} of the batch)")
                {
                    Path = _context.Place,
                });
            }
        }
    }

    private void Call(Action call)
    {
        try
        {
            call();
        }
        catch (Exception) when (_output.Failure is { } failure)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }
        catch (Exception error) when (error is not (SeikanException or OperationCanceledException or OutOfMemoryException))
        {
            throw new SeikanException(
                new Diagnostic(ParquetErrors.Unwritable, $"cannot write table \"{_schema.Path}\" as Parquet: {NativeText.Of(error)}")
                {
                    Path = _context.Place,
                },
                error);
        }
    }

    private static Compression Native(ParquetCodec codec) => codec switch
    {
        ParquetCodec.None => Compression.Uncompressed,
        ParquetCodec.Snappy => Compression.Snappy,
        ParquetCodec.Gzip => Compression.Gzip,
        ParquetCodec.Lz4 => Compression.Lz4,
        ParquetCodec.Brotli => Compression.Brotli,
        ParquetCodec.Zstd => Compression.Zstd,
        _ => Compression.Lzo, // refused before, by CheckWrite
    };
}
