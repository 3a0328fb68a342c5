using System.Collections.Immutable;
using System.Text;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Connectors.Files.Reading;

/// <summary>Reads parts of files with their format, and adds the columns of the folders.</summary>
internal sealed class FileSourceReader(ImmutableArray<FileTable> tables, IReaderContext reader, IPluginContext context) : ISourceReader
{
    private Split? _split;
    private FileSplit? _part;
    private LocalFileHandle? _file;
    private IAsyncEnumerator<DecodedBatch>? _batches;
    private ImmutableArray<(string Key, string Value)> _partitions = [];
    private Position? _last;

    /// <inheritdoc/>
    public async ValueTask<ReaderOutput?> ReadAsync(CancellationToken cancellationToken)
    {
        if (_split is null)
        {
            if (!await reader.Splits.WaitToReadAsync(cancellationToken))
            {
                return null;
            }

            await OpenAsync(await reader.Splits.ReadAsync(cancellationToken), cancellationToken);
        }

        if (!await _batches!.MoveNextAsync())
        {
            var finished = new ReaderOutput.SplitFinished(_split!.Id, _last);
            await CloseAsync();
            return finished;
        }

        var (batch, next) = _batches.Current;
        _last = new Position(next, JsonState.Empty);
        return new ReaderOutput.Rows([_partitions.IsEmpty ? batch : WithPartitions(batch)], [new SplitPosition(_split!.Id, _last)]);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await CloseAsync();

    private async ValueTask OpenAsync(Split split, CancellationToken cancellationToken)
    {
        _split = split;
        _part = FileSplit.Of(split.Body);
        _last = split.From;
        var table = tables[_part.Table];
        var schema = reader.Tables[_part.Table];
        _file = LocalFileHandle.Open(_part.Path, context.Place);
        _partitions = table.Options.ParsePartitionFromPath && !schema.PartitionKeys.IsEmpty ? FileTable.Partitions(_part.Path) : [];
        var own = schema.PartitionKeys.IsEmpty || _partitions.IsEmpty && !table.Options.ParsePartitionFromPath
            ? schema
            : new TableSchema(schema.Path, [.. schema.Columns.Where(c => !schema.PartitionKeys.Contains(c.Name))]) { Version = schema.Version };
        var request = new DecodeRequest(
            _file, new FileRange(_part.Start, _part.End, _part.Rows), split.From?.Sequence, await table.FileColumnsAsync(cancellationToken), own)
        {
            AreColumnsDeclared = table.IsDeclared,
        };
        _batches = table.Format.DecodeAsync(request, reader, context, cancellationToken).GetAsyncEnumerator(cancellationToken);
        if (!ReferenceEquals(own, schema) && _partitions.IsEmpty)
        {
            _partitions = [.. schema.PartitionKeys.Select(k => (k, ""))]; // a file outside the folders of its table: nulls
        }
    }

    private RowBatch WithPartitions(RowBatch batch)
    {
        using (batch)
        {
            var schema = reader.Tables[_part!.Table];
            var columns = ImmutableArray.CreateBuilder<Column>(schema.Columns.Length);
            foreach (var column in schema.Columns)
            {
                var at = batch.Schema.IndexOf(column.Name);
                columns.Add(at >= 0 ? batch[at].Retain() : Constant(_partitions.FirstOrDefault(p => p.Key == column.Name).Value, batch.RowCount));
            }

            return RowBatch.Create(schema, columns.MoveToImmutable(), batch.RowCount, default, context.Memory as JobMemory);
        }
    }

    private Column Constant(string? value, int rows)
    {
        using var builder = (BytesBuilder)ColumnBuilder.Create(DataType.String, context.Memory.Pool);
        var bytes = Encoding.UTF8.GetBytes(value ?? "");
        for (var i = 0; i < rows; i++)
        {
            if (bytes.Length == 0)
            {
                builder.AppendNull();
            }
            else
            {
                builder.Append(bytes);
            }
        }

        return builder.Build();
    }

    private async ValueTask CloseAsync()
    {
        if (_batches is not null)
        {
            await _batches.DisposeAsync();
        }

        _file?.Dispose();
        (_split, _batches, _file) = (null, null, null);
    }
}
