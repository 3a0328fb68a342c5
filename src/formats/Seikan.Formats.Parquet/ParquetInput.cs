using System.Collections.Immutable;
using Apache.Arrow.Ipc;
using ParquetSharp;
using ParquetSharp.Arrow;
using Seikan.Arrow;
using Seikan.Core;

namespace Seikan.Formats.Parquet;

/// <summary>An open Parquet file: its columns, its row groups, and readers over the wanted ones. Used by one thread.</summary>
internal sealed class ParquetInput : IDisposable
{
    /// <summary>Most rows the reader gives at once.</summary>
    public const int MostRows = 16_384;

    private readonly ParquetSource _source;
    private readonly FileReader _reader;
    private readonly int[] _leaves;

    private ParquetInput(ParquetSource source, FileReader reader, int[] leaves) => (_source, _reader, _leaves) = (source, reader, leaves);

    /// <summary>Opens a file.</summary>
    /// <param name="source">The file; must outlive this object.</param>
    /// <param name="wanted">Names of the columns to be read; null = only the footer matters.</param>
    /// <param name="batchRows">Rows the reader gives at once.</param>
    /// <exception cref="SeikanException">FMT-0211.</exception>
    public static ParquetInput Open(ParquetSource source, IReadOnlySet<string>? wanted, int batchRows) => source.Call(() =>
    {
        // Page by page through a buffer: without it the reader loads whole column chunks, with pre-buffering whole row groups.
        using var properties = ReaderProperties.GetDefaultReaderProperties();
        properties.EnableBufferedStream();
        using var arrow = ArrowReaderProperties.GetDefault();
        arrow.UseThreads = false;
        arrow.PreBuffer = false;
        arrow.BatchSize = batchRows;

        // The default of nanoseconds wraps around outside of the years 1677 to 2262.
        arrow.CoerceInt96TimestampUnit = Apache.Arrow.Types.TimeUnit.Microsecond;
        var reader = new FileReader(source.LocalPath, properties, arrow);
        try
        {
            return new ParquetInput(source, reader, wanted is null ? [] : Leaves(reader, wanted));
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    });

    /// <summary>The columns of the file. One of a type that is not known is no problem while it is not wanted.</summary>
    /// <param name="wanted">Names of the columns that matter; null = all.</param>
    /// <exception cref="SeikanException">FMT-0201, FMT-0202, FMT-0211.</exception>
    public ImmutableArray<ColumnDef> Columns(IReadOnlySet<string>? wanted = null)
    {
        var schema = _source.Call(() => _reader.Schema);
        try
        {
            return ArrowBridge.FromSchema(
                wanted is null ? schema : new Apache.Arrow.Schema([.. schema.FieldsList.Where(f => wanted.Contains(f.Name))], null));
        }
        catch (SeikanException error)
        {
            throw new SeikanException([.. error.Diagnostics.Select(d => d with { Message = $"\"{_source.UserPath}\": {d.Message}" })], error);
        }
    }

    /// <summary>All row groups in order.</summary>
    public ImmutableArray<RowGroupSpan> RowGroups() => _source.Call(() =>
    {
        var groups = ImmutableArray.CreateBuilder<RowGroupSpan>(_reader.NumRowGroups);
        var row = 0L;
        for (var i = 0; i < _reader.NumRowGroups; i++)
        {
            using var group = _reader.ParquetReader.RowGroup(i);
            var bytes = 0L;
            for (var c = 0; c < group.MetaData.NumColumns; c++)
            {
                using var chunk = group.MetaData.GetColumnChunkMetaData(c);
                bytes += chunk.TotalCompressedSize;
            }

            groups.Add(new RowGroupSpan(i, row, row + group.MetaData.NumRows, bytes));
            row += group.MetaData.NumRows;
        }

        return groups.ToImmutable();
    });

    /// <summary>Uncompressed bytes of the wanted columns of a row group; less than in memory where dictionaries are used.</summary>
    public long WantedBytes(int rowGroup) => _source.Call(() =>
    {
        using var group = _reader.ParquetReader.RowGroup(rowGroup);
        var bytes = 0L;
        foreach (var leaf in _leaves)
        {
            using var chunk = group.MetaData.GetColumnChunkMetaData(leaf);
            bytes += chunk.TotalUncompressedSize;
        }

        return bytes;
    });

    /// <summary>Reads the wanted columns of a row group; the caller disposes the stream.</summary>
    public IArrowArrayStream Read(int rowGroup) => _source.Call(() => _reader.GetRecordBatchReader([rowGroup], _leaves));

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    private static int[] Leaves(FileReader reader, IReadOnlySet<string> wanted)
    {
        var leaves = new List<int>();
        foreach (var field in reader.SchemaManifest.SchemaFields)
        {
            if (wanted.Contains(field.Field.Name))
            {
                AddLeaves(field, leaves);
            }
        }

        return [.. leaves];
    }

    private static void AddLeaves(SchemaField field, List<int> leaves)
    {
        if (field.ColumnIndex >= 0)
        {
            leaves.Add(field.ColumnIndex);
        }

        foreach (var child in field.Children)
        {
            AddLeaves(child, leaves);
        }
    }
}
