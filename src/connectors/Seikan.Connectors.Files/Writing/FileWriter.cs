using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Connectors.Files.Writing;

/// <summary>Writes the rows of one task into files under temporary names.</summary>
internal sealed class FileWriter(LocalFileSink sink, LocalFileSinkOptions options, IFileFormat format, IWriterContext writer, IPluginContext context) : ITwoPhaseWriter
{
    // Each holds a buffer of the format and a handle; many partitions come close together.
    private const int MaxOpenFiles = 64;

    private static readonly SearchValues<char> Unsafe = SearchValues.Create("/\\:*?\"<>|%=\0\n\r\t");

    private readonly Dictionary<(TablePath Table, string Folder), OpenFile> _open = [];
    private readonly List<(TablePath Table, long Rows, PreparedFile File)> _finished = [];
    private readonly ArrayBufferWriter<byte> _text = new();
    private readonly string _unique = Unique(context, writer);
    private readonly Random _random = context.CreateRandom();
    private long _checkpoint = 1;
    private bool _isFirst = true;
    private readonly HashSet<(string Transaction, string Path, string Folder)> _named = [];
    private int _parts;
    private long _uses;

    // As upstream's: job, something of this writer alone, task, checkpoint.
    private string TransactionId => $"T_{writer.JobId}_{_unique}_{writer.Task}_{_checkpoint}";

    /// <inheritdoc/>
    public async ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        using (batch)
        {
            var plan = sink.PlanOf(batch.Schema);
            foreach (var key in _open.Where(o => o.Key.Table == batch.Schema.Path && o.Value.Version != batch.Schema.Version).Select(o => o.Key).ToList())
            {
                await FinishAsync(key, cancellationToken); // columns changed: a file has one schema
            }

            if (plan.Partitions.IsEmpty)
            {
                await WriteRowsAsync(plan, "", batch, cancellationToken);
                return;
            }

            foreach (var (folder, rows) in Group(plan, batch))
            {
                using var part = Pick(batch, rows);
                await WriteRowsAsync(plan, folder, part, cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask; // nothing is visible before the commit

    /// <inheritdoc/>
    public async ValueTask<Prepared> PrepareAsync(long checkpoint, CancellationToken cancellationToken)
    {
        if (options.CreateEmptyFileWhenNoData && writer.Task == 0 && writer.Lane == 0 && _isFirst)
        {
            foreach (var plan in sink.Plans.Where(p => p.Partitions.IsEmpty && _open.Keys.All(k => k.Table != p.Table.Path) && _finished.All(f => f.Table != p.Table.Path)))
            {
                await OpenAsync(plan, "", cancellationToken);
            }
        }

        foreach (var key in _open.Keys.ToList())
        {
            await FinishAsync(key, cancellationToken);
        }

        ImmutableArray<CommitInfo> items = [.. _finished.Select(f => new CommitInfo(f.File.Final, f.Table, f.Rows, f.File.ToState()))];
        _finished.Clear();
        _isFirst = false;
        _checkpoint = checkpoint + 1;
        return new Prepared(items, null);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var file in _open.Values)
        {
            await LeaveAsync(file.DisposeAsync);
        }

        _open.Clear();
        foreach (var (_, _, file) in _finished)
        {
            await LeaveAsync(() =>
            {
                File.Delete(file.Temporary); // never handed over
                return ValueTask.CompletedTask;
            });
        }

        _finished.Clear();
    }

    // A disk that is full or gone must not hide why the job ends; what stays behind is swept.
    private static async ValueTask LeaveAsync(Func<ValueTask> leave)
    {
        try
        {
            await leave();
        }
        catch (Exception e) when (DiskFaults.IsFault(e))
        {
            // the sweep finds it
        }
    }

    private async ValueTask WriteRowsAsync(FileLayoutPlan plan, string folder, RowBatch batch, CancellationToken cancellationToken)
    {
        using var chosen = batch.Select(plan.Files, plan.Columns.AsSpan());
        for (var start = 0; start < chosen.RowCount;)
        {
            var key = (plan.Table.Path, folder);
            var file = _open.TryGetValue(key, out var open) ? open : await OpenAsync(plan, folder, cancellationToken);
            file.LastUse = ++_uses;
            var room = options.SingleFileMode ? int.MaxValue : (int)Math.Min(int.MaxValue, options.BatchSize - file.Rows);
            var rows = Math.Min(room, chosen.RowCount - start);
            try
            {
                if (rows == chosen.RowCount)
                {
                    await file.WriteAsync(chosen, cancellationToken);
                }
                else
                {
                    using var part = Pick(chosen, [.. Enumerable.Range(start, rows)]);
                    await file.WriteAsync(part, cancellationToken);
                }
            }
            catch (Exception e) when (DiskFaults.IsFault(e))
            {
                throw DiskFaults.Explain(e, plan.Shown, context.Place);
            }

            start += rows;
            if (!options.SingleFileMode && (file.Rows >= options.BatchSize || file.Bytes >= (options.MaxFileBytes?.Bytes ?? long.MaxValue)))
            {
                await FinishAsync(key, cancellationToken);
            }
        }
    }

    private async ValueTask<OpenFile> OpenAsync(FileLayoutPlan plan, string folder, CancellationToken cancellationToken)
    {
        if (_open.Count >= MaxOpenFiles)
        {
            await FinishAsync(_open.MinBy(o => o.Value.LastUse).Key, cancellationToken);
        }

        var id = TransactionId;
        var expression = options.CustomFilename ? options.FileNameExpression : "${transactionId}";
        var name = Placeholder.Fill(expression, n => n switch
        {
            "transactionId" => id,
            "now" => FileLayoutPlan.Now(options.FilenameTimeFormat, context),
            "uuid" => Uuid(),
            _ => null,
        });
        name = FileLayoutPlan.Fill(name, plan.Table, options.FilenameTimeFormat, context);

        // A name without the transaction could meet that of another task; as upstream, the transaction then goes in front.
        // A writer that makes one file needs no number, unless it comes to a second one of the same transaction.
        name = name.Contains(id, StringComparison.Ordinal) ? name : $"{id}_{name}";
        name += options.SingleFileMode && _named.Add((id, plan.Folder, folder)) ? sink.Extension : $"_{_parts++}{sink.Extension}";
        var temporary = Path.Combine(sink.TemporaryFolder(plan, writer), id, folder.Length == 0 ? "NON_PARTITION" : folder, name);
        try
        {
            var file = OpenFile.Create(temporary, Path.Combine(plan.Folder, folder, name), format, plan.Files, context);
            _open.Add((plan.Table.Path, folder), file);
            return file;
        }
        catch (Exception e) when (DiskFaults.IsFault(e))
        {
            throw DiskFaults.Explain(e, temporary, context.Place);
        }
    }

    // Eight characters that no other writer of this job, and no earlier attempt, has.
    private static string Unique(IPluginContext context, IWriterContext writer)
    {
        var place = $"{writer.JobId}/{writer.Pipeline}/{writer.Sink}/{writer.Task}/{writer.Lane}/{writer.Attempt}/{context.CreateRandom().NextInt64()}/{context.Time.GetUtcNow().Ticks}";
        return System.IO.Hashing.XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(place)).ToString("x16", System.Globalization.CultureInfo.InvariantCulture)[..8];
    }

    private string Uuid()
    {
        var bytes = new byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }

    private async ValueTask FinishAsync((TablePath Table, string Folder) key, CancellationToken cancellationToken)
    {
        var file = _open[key];
        try
        {
            var finished = await file.FinishAsync(cancellationToken);
            _finished.Add((key.Table, file.Rows, finished));
            writer.BytesWritten(key.Table, finished.Length);
        }
        catch (Exception e) when (DiskFaults.IsFault(e))
        {
            throw DiskFaults.Explain(e, key.Folder.Length == 0 ? options.Path : key.Folder, context.Place);
        }

        _open.Remove(key);
    }

    private RowBatch Pick(RowBatch batch, List<int> rows)
    {
        var words = new ulong[(batch.RowCount + 63) / 64];
        foreach (var row in rows)
        {
            words[row >> 6] |= 1UL << (row & 63);
        }

        return batch.Gather(RowSelection.FromMask(words, batch.RowCount), context.Memory)!;
    }

    private Dictionary<string, List<int>> Group(FileLayoutPlan plan, RowBatch batch)
    {
        var groups = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var values = new string[plan.Partitions.Length];
        for (var row = 0; row < batch.RowCount; row++)
        {
            for (var i = 0; i < values.Length; i++)
            {
                _text.ResetWrittenCount();
                ValueText.Write(plan.Table.Columns[plan.Partitions[i]].Type, batch[plan.Partitions[i]], row, _text);
                values[i] = _text.WrittenCount == 0 ? "__HIVE_DEFAULT_PARTITION__" : Safe(Encoding.UTF8.GetString(_text.WrittenSpan));
            }

            var folder = Folder(plan, values);
            if (!groups.TryGetValue(folder, out var rows))
            {
                groups.Add(folder, rows = []);
            }

            rows.Add(row);
        }

        return groups;
    }

    private string Folder(FileLayoutPlan plan, string[] values)
    {
        var names = plan.Partitions.Select(i => plan.Table.Columns[i].Name).ToArray();
        var expression = options.PartitionDirExpression == "${k0}=${v0}/${k1}=${v1}/.../${kn}=${vn}/"
            ? string.Join('/', names.Select((_, i) => $"${{k{i}}}=${{v{i}}}"))
            : options.PartitionDirExpression;
        return Placeholder.Fill(expression, n => n.Length > 1 && int.TryParse(n.AsSpan(1), out var i) && i < names.Length ? n[0] == 'k' ? names[i] : n[0] == 'v' ? values[i] : null : null).Trim('/');
    }

    // A value must stay one folder below the path: as Hive does, what a file system or a path cannot hold is written as %XX.
    private static string Safe(string value)
    {
        if (value is "." or "..")
        {
            return value.Replace(".", "%2E", StringComparison.Ordinal);
        }

        return value.AsSpan().IndexOfAny(Unsafe) < 0 ? value : string.Concat(value.Select(c => Unsafe.Contains(c) ? $"%{(int)c:X2}" : c.ToString()));
    }
}
