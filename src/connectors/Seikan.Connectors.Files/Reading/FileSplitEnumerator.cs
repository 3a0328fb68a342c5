using System.Collections.Immutable;
using System.Text.Json;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Connectors.Files.Reading;

/// <summary>Hands out files, or parts of them, in the order of tables and paths.</summary>
internal sealed class FileSplitEnumerator : ISplitEnumerator, IEstimatesWork
{
    private readonly ImmutableArray<FileTable> _tables;
    private readonly ImmutableArray<TableSchema> _schemas;
    private readonly int _readers;
    private readonly Queue<Split> _returned = [];
    private readonly SemaphoreSlim _gate = new(1); // several readers may wait for the look into the next file
    private readonly FileCursor _from;
    private IAsyncEnumerator<FileSplit>? _walk;
    private FileCursor _last;
    private long _totalBytes;

    public FileSplitEnumerator(ImmutableArray<FileTable> tables, EnumeratorContext context)
    {
        (_tables, _schemas, _readers) = (tables, context.Tables, context.Readers);
        _from = context.Restored is { } state ? JsonSerializer.Deserialize(state.Utf8.Span, FileJson.Default.FileCursor)! : new FileCursor(-1, "", 0);
        _last = _from;
    }

    /// <inheritdoc/>
    public long? TotalRows => null;

    /// <inheritdoc/>
    public long? TotalBytes => Volatile.Read(ref _totalBytes) is var bytes and > 0 ? bytes : null;

    /// <inheritdoc/>
    public async ValueTask<Split?> NextAsync(int reader, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_returned.TryDequeue(out var returned))
            {
                return returned;
            }

            _walk ??= WalkAsync(cancellationToken).GetAsyncEnumerator(CancellationToken.None);
            if (!await _walk.MoveNextAsync())
            {
                return null;
            }

            var split = _walk.Current;
            _last = new FileCursor(split.Table, split.Path, split.Start);
            return new Split($"{split.Table}:{split.Path}:{split.Start}", SplitKind.Resumable, split.ToState(), null, split.Rows) { EstimatedBytes = _bytes };
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Finished(string splitId, Position? last)
    {
    }

    /// <inheritdoc/>
    public void Returned(ImmutableArray<Split> splits)
    {
        foreach (var split in splits)
        {
            _returned.Enqueue(split);
        }
    }

    /// <inheritdoc/>
    public JsonState Snapshot() => new(1, JsonSerializer.SerializeToUtf8Bytes(_last, FileJson.Default.FileCursor));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_walk is not null)
        {
            await _walk.DisposeAsync();
        }

        _gate.Dispose();
    }

    private long? _bytes;

    private async IAsyncEnumerable<FileSplit> WalkAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var files = _tables.Select(t => t.List()).ToList();
        Volatile.Write(ref _totalBytes, files.Sum(f => f.Sum(path => new FileInfo(path).Length)));
        for (var table = Math.Max(0, _from.Table); table < _tables.Length; table++)
        {
            foreach (var path in files[table])
            {
                var order = table == _from.Table ? string.CompareOrdinal(path, _from.Path) : 1;
                if (order < 0)
                {
                    continue; // handed out before the restart
                }

                var (ranges, bytes) = await _tables[table].RangesAsync(path, _schemas[table], _readers, cancellationToken);
                foreach (var range in ranges)
                {
                    if (order > 0 || range.Start > _from.Start)
                    {
                        _bytes = range.Bytes ?? (ranges.Length == 1 ? bytes : null);
                        yield return new FileSplit(table, path, range.Start, range.End, range.Rows);
                    }
                }
            }
        }
    }
}
