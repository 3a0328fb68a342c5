using System.Runtime.InteropServices;
using Seikan.Core;

namespace Seikan.Connectors.Files.Writing;

/// <summary>What the operating system says about a write, as users need it; and the two calls the framework lacks.</summary>
internal static partial class DiskFaults
{
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;
    private const int CrossDevice = 18;

    /// <summary>Whether an exception is one of a write.</summary>
    public static bool IsFault(Exception e) => e is IOException or UnauthorizedAccessException;

    /// <summary>The coded error of a failed write.</summary>
    public static SeikanException Explain(Exception e, string path, string place)
    {
        var isFull = e is IOException && (e.HResult & 0xFFFF) is NoSpace or QuotaExceeded or 0x70 or 0x27;
        var diagnostic = isFull || e.Message.Contains("No space left", StringComparison.Ordinal)
            ? new Diagnostic(FileErrors.DiskFull, $"no space left to write \"{path}\"")
            : new Diagnostic(FileErrors.Unwritable, $"\"{path}\" cannot be written: {e.Message.TrimEnd('.')}");
        return new SeikanException(diagnostic with { Path = place }, e) { Domain = ErrorDomain.External };
    }

    /// <summary>Makes the entries of a folder durable, so that a renamed file is still there after a crash.</summary>
    public static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return; // the journal of NTFS does it
        }

        var handle = Open(folder, 0);
        if (handle >= 0)
        {
            _ = Sync(handle);
            _ = Close(handle);
        }
    }

    /// <summary>Whether a file can be renamed from one existing folder into another.</summary>
    public static bool AreOnOneDevice(string a, string b)
    {
        if (OperatingSystem.IsWindows())
        {
            return string.Equals(Path.GetPathRoot(Path.GetFullPath(a)), Path.GetPathRoot(Path.GetFullPath(b)), StringComparison.OrdinalIgnoreCase);
        }

        var (from, to) = (Path.Combine(a, $".seikan-probe-{Environment.ProcessId}"), Path.Combine(b, $".seikan-probe-{Environment.ProcessId}-renamed"));
        File.WriteAllBytes(from, []);
        try
        {
            return Rename(from, to) == 0 || Marshal.GetLastPInvokeError() != CrossDevice;
        }
        finally
        {
            File.Delete(from);
            File.Delete(to);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int handle);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int handle);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(string from, string to);
}
