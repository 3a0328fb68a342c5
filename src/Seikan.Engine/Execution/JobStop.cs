namespace Seikan.Engine.Execution;

/// <summary>How a job is ended before its end: by its first failure, by somebody, or by no longer reading. The first one decides. Thread-safe.</summary>
internal sealed class JobStop : IDisposable
{
    private readonly CancellationTokenSource _all = new();
    private readonly CancellationTokenSource _reading;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new(); // guards the first cause
    private Exception? _failure;
    private bool _isCancelled;

    /// <summary>Makes a stop that nobody has asked for.</summary>
    public JobStop()
    {
        _reading = CancellationTokenSource.CreateLinkedTokenSource(_all.Token);
        (Token, Reading) = (_all.Token, _reading.Token);
    }

    /// <summary>Cancelled when everything must end at once.</summary>
    public CancellationToken Token { get; }

    /// <summary>Cancelled when no more must be read; what was read is still delivered unless <see cref="Token"/> is cancelled too.</summary>
    public CancellationToken Reading { get; }

    /// <summary>Completes when everything must end at once.</summary>
    public Task Stopped => _stopped.Task;

    /// <summary>The first failure; null when there was none before somebody cancelled.</summary>
    public Exception? Failure
    {
        get
        {
            lock (_gate)
            {
                return _failure;
            }
        }
    }

    /// <summary>True when somebody cancelled before anything failed.</summary>
    public bool IsCancelled
    {
        get
        {
            lock (_gate)
            {
                return _isCancelled;
            }
        }
    }

    /// <summary>Ends everything because of a failure; later failures are consequences and are not kept.</summary>
    public void Fail(Exception failure)
    {
        lock (_gate)
        {
            if (_isCancelled || _failure is not null)
            {
                return;
            }

            _failure = failure;
        }

        End();
    }

    /// <summary>Ends everything because somebody asked.</summary>
    public void Cancel()
    {
        lock (_gate)
        {
            if (_isCancelled || _failure is not null)
            {
                return;
            }

            _isCancelled = true;
        }

        End();
    }

    /// <summary>True when somebody ended the reading, whatever came after.</summary>
    public bool IsReadingStopped { get; private set; }

    /// <summary>Ends reading only.</summary>
    public void StopReading()
    {
        IsReadingStopped = true;
        _reading.Cancel();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reading.Dispose();
        _all.Dispose();
    }

    // Not CancelAsync: that would leave the scheduler of the engine.
    private void End()
    {
        _all.Cancel();
        _stopped.TrySetResult();
    }
}
