using Microsoft.Win32.SafeHandles;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Connectors.Files.Reading;

/// <summary>An open file of this machine. Thread-safe.</summary>
internal sealed class LocalFileHandle : IFile, IDisposable
{
    private readonly SafeFileHandle _handle;

    private LocalFileHandle(string path, SafeFileHandle handle) => (Path, _handle, Length) = (path, handle, RandomAccess.GetLength(handle));

    /// <inheritdoc/>
    public string Path { get; }

    /// <inheritdoc/>
    public long? Length { get; }

    /// <inheritdoc/>
    public string? LocalPath => System.IO.Path.GetFullPath(Path);

    /// <summary>Opens a file.</summary>
    /// <exception cref="SeikanException">FILE-0001 or FILE-0003.</exception>
    public static LocalFileHandle Open(string path, string place)
    {
        try
        {
            return new LocalFileHandle(path, File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Failed(FileErrors.Missing, $"\"{path}\" does not exist", place, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(FileErrors.Unreadable, $"\"{path}\" cannot be read: {e.Message.TrimEnd('.')}", place, e);
        }
    }

    /// <inheritdoc/>
    public ValueTask<int> ReadAsync(long offset, Memory<byte> into, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            // From the page cache a read is a copy; handing it to another thread costs more than it takes.
            return new ValueTask<int>(RandomAccess.Read(_handle, into.Span, offset));
        }
        catch (IOException e)
        {
            throw Failed(FileErrors.Unreadable, $"\"{Path}\" cannot be read at byte {offset}: {e.Message.TrimEnd('.')}", null, e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private static SeikanException Failed(ErrorCode code, string message, string? place, Exception inner) =>
        new(new Diagnostic(code, message) { Path = place }, inner) { Domain = ErrorDomain.External };
}
