using System.Buffers;
using System.Collections.Immutable;
using Seikan.Arrow;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Formats.Parquet;

/// <summary>A file on this machine's disk that the native reader can open: the file itself, or a copy that is deleted in the end.</summary>
internal sealed class ParquetSource : IAsyncDisposable
{
    private const int CopyBytes = 1 << 20;

    private readonly string _place;
    private readonly FileStream? _copy;

    private ParquetSource(IFile file, string localPath, FileStream? copy, string place) =>
        (UserPath, LocalPath, _copy, _place) = (file.Path, localPath, copy, place);

    /// <summary>Path as users know it.</summary>
    public string UserPath { get; }

    /// <summary>Path to open.</summary>
    public string LocalPath { get; }

    /// <summary>Makes the file openable; copies one that is not local or is decompressed on the way.</summary>
    public static async ValueTask<ParquetSource> OpenAsync(IFile file, string place, CancellationToken cancellationToken)
    {
        if (file.LocalPath is { } path)
        {
            return new ParquetSource(file, path, null, place);
        }

        var copy = new FileStream(
            Path.Combine(Path.GetTempPath(), $"seikan-{Guid.NewGuid():N}.parquet"),
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Share = FileShare.Read | FileShare.Delete,
                Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
            });
        var buffer = ArrayPool<byte>.Shared.Rent(CopyBytes);
        try
        {
            int read;
            for (var at = 0L; (read = await file.ReadAsync(at, buffer, cancellationToken)) > 0; at += read)
            {
                await copy.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            await copy.FlushAsync(cancellationToken);
            return new ParquetSource(file, copy.Name, copy, place);
        }
        catch
        {
            await copy.DisposeAsync();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Runs a call into the native reader; what it throws becomes a diagnostic with the file's name.</summary>
    /// <typeparam name="T">What the call gives.</typeparam>
    /// <param name="call">The call.</param>
    /// <exception cref="SeikanException">FMT-0211.</exception>
    public T Call<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (Exception error) when (IsNative(error))
        {
            throw Unreadable(error);
        }
    }

    /// <summary>As <see cref="Call{T}"/>, for calls that may end later.</summary>
    /// <typeparam name="T">What the call gives.</typeparam>
    /// <param name="call">The call.</param>
    /// <exception cref="SeikanException">FMT-0211.</exception>
    public async ValueTask<T> CallAsync<T>(Func<ValueTask<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception error) when (IsNative(error))
        {
            throw Unreadable(error);
        }
    }

    /// <summary>Refuses declared columns that the file has not or cannot give.</summary>
    /// <param name="wanted">The declared columns.</param>
    /// <param name="present">The file's columns.</param>
    /// <exception cref="SeikanException">FMT-0212, FMT-0213: all problems together.</exception>
    public void Check(ImmutableArray<ColumnDef> wanted, ImmutableArray<ColumnDef> present)
    {
        var problems = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var column in wanted)
        {
            var found = present.FirstOrDefault(c => c.Name == column.Name);
            if (found is null)
            {
                problems.Add(new Diagnostic(ParquetErrors.ColumnMissing, $"\"{UserPath}\" has no column \"{column.Name}\"")
                {
                    Path = _place,
                    Candidates = NearestNames.Find(column.Name, present.Select(c => c.Name)),
                });
            }
            else if (!ArrowBridge.CanRead(found.Type, column.Type))
            {
                problems.Add(new Diagnostic(
                    ParquetErrors.TypeDiffers,
                    $"\"{UserPath}\" column \"{column.Name}\" is {found.Type}, which cannot be read as the declared {column.Type} without loss")
                {
                    Path = _place,
                });
            }
        }

        if (problems.Count > 0)
        {
            throw new SeikanException(problems.ToImmutable());
        }
    }

    /// <summary>Names file and column in a diagnostic of a value that does not fit.</summary>
    /// <param name="error">What <see cref="ArrowRows.Take"/> threw.</param>
    /// <param name="firstRow">First row of the batch in the file.</param>
    public SeikanException Locate(SeikanException error, long firstRow) => new(
        [.. error.Diagnostics.Select(d => d with { Message = $"\"{UserPath}\" from row {firstRow + 1}: {d.Message}", Path = _place })], error);

    private static bool IsNative(Exception error) => error is not (SeikanException or OperationCanceledException or OutOfMemoryException);

    private SeikanException Unreadable(Exception error) => new(
        new Diagnostic(ParquetErrors.Unreadable, $"cannot read \"{UserPath}\" as Parquet: {NativeText.Of(error)}") { Path = _place }, error);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _copy?.DisposeAsync() ?? ValueTask.CompletedTask;
}
