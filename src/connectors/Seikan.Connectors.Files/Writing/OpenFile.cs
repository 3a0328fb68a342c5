using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Connectors.Files.Writing;

/// <summary>A file being written under its temporary name. Disposing without <see cref="FinishAsync"/> removes it.</summary>
internal sealed class OpenFile : IAsyncDisposable
{
    private readonly FileStream _stream;
    private readonly HashingStream _hashing;
    private readonly IFileEncoder _encoder;
    private readonly string _temporary;
    private readonly string _final;
    private bool _isFinished;

    private OpenFile(FileStream stream, HashingStream hashing, IFileEncoder encoder, string temporary, string final) =>
        (_stream, _hashing, _encoder, _temporary, _final) = (stream, hashing, encoder, temporary, final);

    /// <summary>Version of the table whose rows it holds.</summary>
    public required int Version { get; init; }

    /// <summary>Counts up with each use among the files of a writer.</summary>
    public long LastUse { get; set; }

    /// <summary>Rows so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Bytes so far.</summary>
    public long Bytes => _hashing.Length;

    /// <summary>Opens a file; its folder is made when it does not exist.</summary>
    public static OpenFile Create(string temporary, string final, IFileFormat format, TableSchema schema, IPluginContext context)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(temporary)!);
        var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.Read, 0);
        var hashing = new HashingStream(stream);
        return new OpenFile(stream, hashing, format.CreateEncoder(hashing, schema, context), temporary, final) { Version = schema.Version };
    }

    /// <summary>Writes a batch. Borrows it.</summary>
    public async ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        await _encoder.WriteAsync(batch, cancellationToken);
        Rows += batch.RowCount;
    }

    /// <summary>Writes what is left, and makes it durable.</summary>
    public async ValueTask<PreparedFile> FinishAsync(CancellationToken cancellationToken)
    {
        await _encoder.FinishAsync(cancellationToken);
        await _encoder.DisposeAsync();
        _stream.Flush(flushToDisk: true);
        await _stream.DisposeAsync();
        _isFinished = true;
        return new PreparedFile(_temporary, _final, _hashing.Length, _hashing.Hash);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_isFinished)
        {
            return;
        }

        try
        {
            await _encoder.DisposeAsync();
        }
        finally
        {
            await _stream.DisposeAsync();
            await _hashing.DisposeAsync();
            File.Delete(_temporary);
        }
    }
}
