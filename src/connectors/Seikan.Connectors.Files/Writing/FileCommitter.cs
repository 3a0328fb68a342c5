using System.Collections.Immutable;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Connectors.Files.Writing;

/// <summary>Gives finished files their names.</summary>
internal sealed class FileCommitter(LocalFileSink sink, CommitterContext committer, string place) : ICommitter
{
    /// <inheritdoc/>
    public ValueTask<CommitResult> CommitAsync(CommitInfo item, CancellationToken cancellationToken)
    {
        var file = PreparedFile.Of(item.Body);
        try
        {
            if (!File.Exists(file.Temporary))
            {
                return new ValueTask<CommitResult>(new FileInfo(file.Final) is { Exists: true } final && final.Length == file.Length
                    ? new CommitResult(CommitOutcome.AlreadyCommitted)
                    : new CommitResult(CommitOutcome.Lost, new Diagnostic(FileErrors.CommitLost, $"\"{file.Temporary}\" is gone and \"{file.Final}\" is not there") { Path = place }));
            }

            var folder = Path.GetDirectoryName(file.Final)!;
            Directory.CreateDirectory(folder);
            File.Move(file.Temporary, file.Final, overwrite: true); // the name is this transaction's own
            DiskFaults.SyncFolder(folder);
            DiskFaults.SyncFolder(Path.GetDirectoryName(folder) ?? folder); // the folder itself may be new
            return new ValueTask<CommitResult>(new CommitResult(CommitOutcome.Committed));
        }
        catch (Exception e) when (DiskFaults.IsFault(e))
        {
            return new ValueTask<CommitResult>(new CommitResult(CommitOutcome.Retry, DiskFaults.Explain(e, file.Final, place).Diagnostics[0]));
        }
    }

    /// <inheritdoc/>
    public ValueTask AbortAsync(CommitInfo item, CancellationToken cancellationToken)
    {
        var file = PreparedFile.Of(item.Body);
        try
        {
            File.Delete(file.Temporary);
        }
        catch (DirectoryNotFoundException)
        {
            // swept before
        }
        catch (Exception e) when (DiskFaults.IsFault(e))
        {
            throw DiskFaults.Explain(e, file.Temporary, place);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask SweepAsync(ImmutableArray<CommitInfo> keep, CancellationToken cancellationToken)
    {
        var kept = keep.Select(k => PreparedFile.Of(k.Body).Temporary).ToHashSet(StringComparer.Ordinal);
        foreach (var (root, own) in sink.TemporaryFolders(committer))
        {
            try
            {
                if (Directory.Exists(own))
                {
                    foreach (var file in Directory.EnumerateFiles(own, "*", SearchOption.AllDirectories).Where(f => !kept.Contains(f)).ToList())
                    {
                        File.Delete(file);
                    }
                }

                RemoveEmpty(own, root);
            }
            catch (Exception e) when (DiskFaults.IsFault(e))
            {
                throw DiskFaults.Explain(e, own, place);
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // Empty folders go, from the innermost up to and with the temporary root.
    private static void RemoveEmpty(string folder, string root)
    {
        if (Directory.Exists(folder))
        {
            foreach (var inner in Directory.EnumerateDirectories(folder).ToList())
            {
                RemoveEmpty(inner, inner);
            }
        }

        for (var at = folder; at.Length >= root.Length; at = Path.GetDirectoryName(at)!)
        {
            if (Directory.Exists(at))
            {
                if (Directory.EnumerateFileSystemEntries(at).Any())
                {
                    return;
                }

                Directory.Delete(at);
            }
        }
    }
}
