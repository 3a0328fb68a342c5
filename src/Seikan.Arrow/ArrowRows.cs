using System.Collections.Immutable;
using Apache.Arrow;
using Seikan.Core;
using Column = Seikan.Core.Column;

namespace Seikan.Arrow;

/// <summary>
/// A record batch that batches of rows are cut from without copying. Owns it; its memory is freed when this object and every column cut from it
/// are gone. Used by one thread; the batches go anywhere.
/// </summary>
public sealed class ArrowRows : IDisposable
{
    private readonly SharedRecordBatch _shared;

    /// <summary>Takes the record batch over.</summary>
    public ArrowRows(RecordBatch batch) => _shared = new SharedRecordBatch(batch);

    /// <summary>Rows of the record batch.</summary>
    public int RowCount => _shared.Batch.Length;

    /// <summary>A range of the rows as a batch; the caller owns it.</summary>
    /// <param name="start">First row.</param>
    /// <param name="rows">How many.</param>
    /// <param name="table">The wanted columns, found by name in the record batch.</param>
    /// <param name="pool">Where copies go.</param>
    /// <param name="memory">Counts the bytes until the batch is freed; null = uncounted.</param>
    /// <exception cref="SeikanException">FMT-0201, FMT-0203: a type is not known, or a value does not fit the wanted type.</exception>
    public RowBatch Take(int start, int rows, TableSchema table, BufferPool pool, JobMemory? memory = null)
    {
        var reader = new ArrowColumnReader(_shared, pool);
        var columns = ImmutableArray.CreateBuilder<Column>(table.Columns.Length);
        try
        {
            foreach (var wanted in table.Columns)
            {
                columns.Add(Read(reader, wanted, start, rows, pool));
            }

            return RowBatch.Create(table, columns.ToImmutable(), rows, default, memory);
        }
        catch
        {
            foreach (var column in columns)
            {
                column.Release();
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _shared.Dispose();

    private Column Read(ArrowColumnReader reader, ColumnDef wanted, int start, int rows, BufferPool pool)
    {
        var batch = _shared.Batch;
        var index = batch.Schema.GetFieldIndex(wanted.Name);
        if (index < 0)
        {
            throw new ArgumentException($"the record batch has no column \"{wanted.Name}\"", nameof(wanted));
        }

        var field = batch.Schema.GetFieldByIndex(index);
        var data = batch.Column(index).Data;
        var type = ArrowBridge.TypeOf(field);
        try
        {
            return ColumnCast.Cast(reader.Read(field, data, data.Offset + start, rows), type, wanted.Type, pool);
        }
        catch (CastFailureException failure)
        {
            throw new SeikanException(
                new Diagnostic(ArrowErrors.ValueDoesNotFit, $"column \"{wanted.Name}\" is {type}, declared {wanted.Type}: a value {failure.Message}")
                {
                    Path = $"column \"{wanted.Name}\"",
                },
                failure);
        }
    }
}
