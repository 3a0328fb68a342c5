namespace Seikan.Engine.Execution;

/// <summary>
/// Keeps a reader below its rows and bytes a second. Waits before the reader takes memory, so that a limited job hoards none. Idle time is not saved up.
/// </summary>
internal sealed class ReadLimit(long? rowsPerSecond, long? bytesPerSecond, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private double _freeAt;

    /// <summary>Adds what was read.</summary>
    public void Add(long rows, long bytes)
    {
        var cost = Math.Max(rowsPerSecond is { } r ? (double)rows / r : 0, bytesPerSecond is { } b ? (double)bytes / b : 0);
        _freeAt = Math.Max(_freeAt, time.GetElapsedTime(_start).TotalSeconds) + cost;
    }

    /// <summary>Waits until the rows read so far are paid for.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        if (rowsPerSecond is null && bytesPerSecond is null)
        {
            return;
        }

        var ahead = TimeSpan.FromSeconds(_freeAt) - time.GetElapsedTime(_start);
        if (ahead > TimeSpan.Zero)
        {
            await Task.Delay(ahead, time, cancellationToken);
        }
    }
}
