using System.Collections.Immutable;
using Seikan.Core;
using Seikan.Engine.Execution;

namespace Seikan.Engine;

/// <summary>A running job. Thread-safe.</summary>
public sealed class JobRun : IAsyncDisposable
{
    private readonly JobPlan _plan;
    private readonly EngineSettings _settings;
    private readonly JobStop _stop = new();
    private readonly JobWork _work;
    private readonly Closing _closing;
    private readonly long _start;
    private Task _leftBehind = Task.CompletedTask;

    private JobRun(JobPlan plan, EngineSettings settings)
    {
        (_plan, _settings) = (plan, settings);
        _start = settings.Time.GetTimestamp();
        _closing = new Closing(settings.ReportBug);
        _work = new JobWork(plan, settings, _stop);
    }

    /// <summary>Completes when the job has ended, however it ended. Never fails.</summary>
    public Task<JobResult> Completion { get; private set; } = null!;

    /// <summary>
    /// Ends the job. A batch job is rolled back, as far as its sinks can. A streaming job stops reading and delivers what it has read; a second
    /// call rolls that back too.
    /// </summary>
    public void Cancel()
    {
        if (Completion.IsCompleted)
        {
            return;
        }

        if (!_plan.Job.IsStreaming || !_work.IsReading || _stop.IsReadingStopped)
        {
            _stop.Cancel();
            return;
        }

        _stop.StopReading();
        Task.Factory.StartNew(EscalateAsync, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _settings.Scheduler);
    }

    /// <summary>Where the job is now.</summary>
    public JobProgress Snapshot()
    {
        var pipelines = _work.Pipelines;
        var tasks = pipelines.SelectMany(p => p.Tasks).ToList();
        var fractions = pipelines.Select(p => p.Fraction).ToList();
        return new JobProgress(
            tasks.Sum(t => t.Read.Sum(c => c.Rows)), tasks.Sum(t => t.Writers.Sum(w => w.Writer.Counters.Sum(c => c.Rows))), tasks.Sum(t => t.Read.Sum(c => c.Bytes)),
            fractions.Count > 0 && fractions.All(f => f is not null) ? fractions.Min() : null, _settings.Time.GetElapsedTime(_start), Bottleneck.Of(tasks))
        {
            Stages = Bottleneck.Stages(pipelines, _settings.Time),
            HeldBytes = _plan.Memory.HeldBytes,
        };
    }

    /// <summary>What became of the rows so far, for each sink and table. As many lines as there are tables.</summary>
    public ImmutableArray<TableReceipt> Tables() => Receipts.Lines(_work.Pipelines);

    /// <summary>Ends the job at once and waits for it; also, for a while, for connectors that were left behind.</summary>
    public async ValueTask DisposeAsync()
    {
        _stop.Cancel();
        await Completion;
        if (await WithinAsync(_leftBehind, _settings.AbandonAfter))
        {
            _stop.Dispose();
        }
    }

    internal static JobRun Start(JobPlan plan, EngineSettings settings)
    {
        var run = new JobRun(plan, settings);
        run.Completion = Task.Factory.StartNew(run.RunAsync, CancellationToken.None, TaskCreationOptions.DenyChildAttach, settings.Scheduler).Unwrap();
        return run;
    }

    private async Task<JobResult> RunAsync()
    {
        // On its own, so that a connector that blocks cannot keep this loop from ending the job.
        var work = Task.Factory.StartNew(
            () => TaskLoop.GuardAsync(_work.RunAsync, null, _stop), CancellationToken.None, TaskCreationOptions.DenyChildAttach, _settings.Scheduler).Unwrap();
        var isInTime = await Task.WhenAny(work, _stop.Stopped) == work || await WithinAsync(work, _stop.IsCancelled ? _settings.CancelWithin : _settings.AbandonAfter);
        var problems = new List<Diagnostic>(_work.Notices);
        var receipt = Receipts.Make(_plan, _work.Pipelines, _settings.Time.GetElapsedTime(_start));
        var status = Status();
        if (_stop.Failure is { } failure)
        {
            problems.AddRange(Blame.Explain(failure, _settings.ReportBug));
        }

        if (!isInTime)
        {
            problems.Add(Abandoned($"{(_work.Stuck is { Length: > 0 } stuck ? stuck : "a connector")} did not stop; {_plan.Memory.HeldBytes} bytes of batches are left with it"));
            _leftBehind = CloseAfterAsync(work);
        }
        else
        {
            AddPartlyCommitted(problems, status);
            _leftBehind = CloseAsync();
            if (!await WithinAsync(_leftBehind, _settings.AbandonAfter))
            {
                problems.Add(Abandoned($"the clean-up did not end within {_settings.AbandonAfter.TotalSeconds:0.#} s"));
            }
        }

        problems.AddRange(_closing.Problems);
        return new JobResult(status, receipt, [.. problems])
        {
            FailedBeforeFirstRow = receipt.RowsRead == 0 && _stop.Failure is { } cause && Blame.IsExternal(cause),
        };
    }

    private JobStatus Status() =>
        _work.IsDelivered ? _stop.IsReadingStopped ? JobStatus.Canceled : JobStatus.Finished
        : _stop.Failure is not null ? JobStatus.Failed
        : JobStatus.Canceled;

    private void AddPartlyCommitted(List<Diagnostic> problems, JobStatus status)
    {
        var (committed, all) = (_work.Pipelines.Sum(p => p.Commits.Committed), _work.Pipelines.Sum(p => p.Commits.All));
        if (!_work.IsDelivered && status != JobStatus.Finished && committed > 0)
        {
            problems.Add(new Diagnostic(RunErrors.PartlyCommitted, $"{committed} of {all} prepared items were committed before the job ended") { Severity = Severity.Warning });
        }
    }

    private static Diagnostic Abandoned(string message) => new(RunErrors.Abandoned, message) { Severity = Severity.Warning };

    private async Task CloseAfterAsync(Task work)
    {
        await work;
        await CloseAsync();
    }

    private Task CloseAsync() => _work.CloseAsync(_closing.AttemptAsync);

    private async Task EscalateAsync()
    {
        if (!await WithinAsync(Completion, _settings.AbandonAfter))
        {
            _stop.Cancel();
        }
    }

    private async Task<bool> WithinAsync(Task work, TimeSpan limit)
    {
        if (work.IsCompleted)
        {
            return true;
        }

        using var stopTimer = new CancellationTokenSource();
        var deadline = Task.Delay(limit, _settings.Time, stopTimer.Token);
        await Task.WhenAny(work, deadline);
        stopTimer.Cancel();
        return work.IsCompleted;
    }
}
