using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Seikan.Core;
using Seikan.Formats.Csv.Reading;
using Seikan.Formats.Csv.Writing;
using Seikan.Plugins;

namespace Seikan.Formats.Csv;

/// <summary>Csv files. Units of ranges and positions are bytes (of the text as UTF-8).</summary>
internal sealed class CsvFormat : IFileFormat, IPlugin<CsvFormat, CsvFormatOptions>
{
    private readonly CsvDialect _dialect;
    private readonly IPluginContext _context;

    private CsvFormat(CsvDialect dialect, IPluginContext context) => (_dialect, _context) = (dialect, context);

    /// <inheritdoc/>
    public string Extension => ".csv";

    /// <inheritdoc/>
    public bool KnowsSchema => true;

    /// <summary>Bytes of a chunk; tests make it small.</summary>
    internal int ChunkBytes { get; set; } = 1 << 20;

    /// <inheritdoc/>
    public static CsvFormat Create(CsvFormatOptions options, IPluginContext context) => new(CsvDialect.Create(options, context), context);

    /// <inheritdoc/>
    public async ValueTask<FileLayout> InspectAsync(IFile file, ImmutableArray<ColumnDef>? declared, long targetBytes, CancellationToken cancellationToken)
    {
        var input = CsvInput.Of(file, _dialect.Encoding);
        var sample = declared is null ? SchemaInference.SampleBytes : 0;
        var head = await CsvHead.ReadAsync(file.Path, input, _dialect, SampleSize(file, sample), cancellationToken);
        var columns = declared is { } given ? Declared(head, given) : SchemaInference.Find(head, _dialect.Options.UseHeaderLine);
        if (_dialect.Encoding is not null || file.Length is not { } length)
        {
            return new FileLayout(columns, [new FileRange(0, long.MaxValue, null) { Bytes = file.Length }]);
        }

        var ranges = targetBytes < length ? await new RangeCutter(input, head, _context.Memory).CutAsync(length, targetBytes, cancellationToken) : [new FileRange(0, length, null) { Bytes = length }];
        return new FileLayout(columns, ranges);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<DecodedBatch> DecodeAsync(
        DecodeRequest request, IReaderContext reader, IPluginContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var input = CsvInput.Of(request.File, _dialect.Encoding);
        var path = request.File.Path;
        var head = await CsvHead.ReadAsync(path, input, _dialect, SampleSize(request.File, 0), cancellationToken);
        var hasHeader = _dialect.Options.UseHeaderLine ?? (!request.AreColumnsDeclared && SchemaInference.IsHeader(head, request.FileColumns));
        var decoder = Decoder(head, hasHeader, request);
        var start = request.Range.Start > 0 ? request.Range.Start : hasHeader ? head.SecondRow : head.DataStart;
        start = Math.Max(start, request.From ?? 0);
        var isInside = request.File.Length is { } length && _dialect.Encoding is null && request.Range.End < length;
        var chunks = new CsvChunkReader(input, path, head.Grammar, context.Memory) { TargetBytes = ChunkBytes }.ReadAsync(start, request.Range.End, isInside, cancellationToken);
        var rejects = new CsvRejects(input, path, request, decoder.Fields, start, head.Grammar.LineEnd, context);
        await foreach (var (chunk, decoded) in reader.DecodeInOrder(chunks, request.Table, decoder.Decode, cancellationToken))
        {
            using (chunk)
            {
                var batch = chunk.Bad is null ? decoded : await rejects.ApplyAsync(chunk, decoded, cancellationToken);
                yield return new DecodedBatch(batch, chunk.NextOffset);
            }
        }
    }

    /// <inheritdoc/>
    public ImmutableArray<Diagnostic> CheckWrite(TableSchema schema) => [];

    /// <inheritdoc/>
    public IFileEncoder CreateEncoder(Stream output, TableSchema schema, IPluginContext context) => new CsvEncoder(output, schema, _dialect, context.Memory);

    // No more than the file has, so that many small files cost little.
    private static int SampleSize(IFile file, int wanted) => (int)Math.Min(wanted, (file.Length ?? wanted) + 64);

    // With a header the file's columns are in its order; those nobody declared are texts.
    private ImmutableArray<ColumnDef> Declared(CsvHead head, ImmutableArray<ColumnDef> declared)
    {
        if (_dialect.Options.UseHeaderLine != true)
        {
            return declared;
        }

        var names = Header(head);
        foreach (var column in declared)
        {
            Position(head, names, column.Name);
        }

        return [.. names.Select(n => declared.FirstOrDefault(c => c.Name == n) ?? new ColumnDef(n, DataType.String))];
    }

    private CsvDecoder Decoder(CsvHead head, bool hasHeader, DecodeRequest request)
    {
        var names = hasHeader ? Header(head) : [.. request.FileColumns.Select(c => c.Name)];
        var columns = ImmutableArray.CreateBuilder<ColumnDecoder>();
        for (var i = 0; i < request.Table.Columns.Length; i++)
        {
            var column = request.Table.Columns[i];
            if (request.FileColumns.Any(c => c.Name == column.Name))
            {
                columns.Add(ColumnDecoder.Create(column, i, Position(head, names, column.Name), _dialect));
            }
        }

        return new CsvDecoder(columns.ToImmutable(), names.Length, head.Grammar);
    }

    private static ImmutableArray<string> Header(CsvHead head) =>
        head.FirstFields is null ? throw new SeikanException(new Diagnostic(CsvErrors.NoHeader, "the file has no header row") { Path = head.Path }) : head.Names;

    private static int Position(CsvHead head, ImmutableArray<string> names, string column) =>
        names.IndexOf(column) is var position && position >= 0 ? position : throw new SeikanException(
            new Diagnostic(CsvErrors.HeaderLacksColumn, $"the header has no column \"{column}\"; it has {string.Join(", ", names.Take(10).Select(n => $"\"{n}\""))}{(names.Length > 10 ? " ..." : "")}")
            {
                Path = $"{head.Path}:{head.FirstLine}", Candidates = NearestNames.Find(column, names),
            });
}
