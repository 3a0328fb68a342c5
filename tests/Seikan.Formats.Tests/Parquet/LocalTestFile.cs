using Seikan.Plugins;

namespace Seikan.Formats.Tests.Parquet;

/// <summary>A file on disk, with or without saying so.</summary>
/// <param name="path">Where it is.</param>
/// <param name="isLocal">Whether the format may open it by its path.</param>
internal sealed class LocalTestFile(string path, bool isLocal = true) : IFile
{
    public string Path => System.IO.Path.GetFileName(path);

    public long? Length => new FileInfo(path).Length;

    public string? LocalPath => isLocal ? path : null;

    public async ValueTask<int> ReadAsync(long offset, Memory<byte> into, CancellationToken cancellationToken)
    {
        using var handle = File.OpenHandle(path, options: FileOptions.Asynchronous);
        return await RandomAccess.ReadAsync(handle, into, offset, cancellationToken);
    }
}
