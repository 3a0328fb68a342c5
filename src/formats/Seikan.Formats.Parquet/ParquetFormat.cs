using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Formats.Parquet;

/// <summary>Parquet to columns and back.</summary>
internal sealed class ParquetFormat : IFileFormat, IPlugin<ParquetFormat, ParquetFormatOptions>
{
    private readonly ParquetFormatOptions _options;
    private readonly string _place;

    private ParquetFormat(ParquetFormatOptions options, string place) => (_options, _place) = (options, place);

    /// <inheritdoc/>
    public string Extension => ".parquet";

    /// <inheritdoc/>
    public bool KnowsSchema => true;

    /// <inheritdoc/>
    public static ParquetFormat Create(ParquetFormatOptions options, IPluginContext context) => new(options, context.Place);

    /// <inheritdoc/>
    public async ValueTask<FileLayout> InspectAsync(
        IFile file, ImmutableArray<ColumnDef>? declared, long targetBytes, CancellationToken cancellationToken)
    {
        await using var source = await ParquetSource.OpenAsync(file, _place, cancellationToken);
        using var input = ParquetInput.Open(source, null, ParquetInput.MostRows);
        var columns = input.Columns();
        if (declared is { } wanted)
        {
            source.Check(wanted, columns);
            columns = wanted;
        }

        return new FileLayout(columns, Cut(input.RowGroups(), targetBytes));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<DecodedBatch> DecodeAsync(
        DecodeRequest request, IReaderContext reader, IPluginContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var source = await ParquetSource.OpenAsync(request.File, _place, cancellationToken);
        using var decoder = new ParquetDecoder(source, request, context);
        while (await decoder.NextAsync(cancellationToken) is { } next)
        {
            yield return next;
        }
    }

    /// <inheritdoc/>
    public ImmutableArray<Diagnostic> CheckWrite(TableSchema schema)
    {
        var problems = ImmutableArray.CreateBuilder<Diagnostic>();
        if (_options.Codec == ParquetCodec.Lzo)
        {
            problems.Add(Refuse("compress_codec = \"lzo\": the library that writes Parquet has no LZO", "use snappy, lz4 or zstd"));
        }

        if (_options.WriteTimestampAsInt96)
        {
            problems.Add(Refuse(
                "parquet_avro_write_timestamp_as_int96 = true: the library that writes Parquet has no INT96",
                "leave the option out; timestamps are then written as TIMESTAMP_MICROS, which current readers take"));
        }

        if (_options.WriteFixedAsInt96.Count > 0)
        {
            problems.Add(Refuse(
                $"parquet_avro_write_fixed_as_int96 = [{string.Join(", ", _options.WriteFixedAsInt96)}]: "
                + "the library that writes Parquet has no INT96",
                "leave the option out"));
        }

        foreach (var column in schema.Columns)
        {
            if (HasEmptyRow(column.Type))
            {
                problems.Add(new Diagnostic(
                    ParquetErrors.TypeNotWritable, $"column \"{column.Name}\" of type {column.Type} cannot be written: a row needs a field"));
            }
        }

        if (schema.Columns.IsEmpty)
        {
            problems.Add(new Diagnostic(ParquetErrors.TypeNotWritable, $"table \"{schema.Path}\" has no column"));
        }

        return problems.ToImmutable();
    }

    /// <inheritdoc/>
    public IFileEncoder CreateEncoder(Stream output, TableSchema schema, IPluginContext context) =>
        new ParquetEncoder(output, schema, _options, context);

    private static Diagnostic Refuse(string message, string fix) => new(ParquetErrors.OptionRefused, message) { Fix = fix };

    private static bool HasEmptyRow(DataType type) => type switch
    {
        RowType row => row.Fields.IsEmpty || row.Fields.Any(f => HasEmptyRow(f.Type)),
        ArrayType array => HasEmptyRow(array.Element),
        MapType map => HasEmptyRow(map.Key) || HasEmptyRow(map.Value),
        _ => false,
    };

    // Whole row groups, as many as come nearest below the target, at least one.
    private static ImmutableArray<FileRange> Cut(ImmutableArray<RowGroupSpan> groups, long targetBytes)
    {
        var ranges = ImmutableArray.CreateBuilder<FileRange>();
        var (start, end, bytes) = (0L, 0L, 0L);
        foreach (var group in groups)
        {
            if (end > start && group.Bytes > targetBytes - bytes)
            {
                ranges.Add(new FileRange(start, end, end - start) { Bytes = bytes });
                (start, bytes) = (end, 0);
            }

            end = group.End;
            bytes += group.Bytes;
        }

        if (end > start || ranges.Count == 0)
        {
            ranges.Add(new FileRange(start, end, end - start) { Bytes = bytes });
        }

        return ranges.ToImmutable();
    }
}
