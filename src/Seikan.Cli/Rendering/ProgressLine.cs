using Seikan.Engine;

namespace Seikan.Cli.Rendering;

/// <summary>Progress of a job: one line that redraws itself on a terminal, a line each time elsewhere.</summary>
/// <param name="name">The job.</param>
/// <param name="terminal">Where to draw.</param>
internal sealed class ProgressLine(string name, Terminal terminal) : IDisposable
{
    private const int Window = 15;
    private readonly Queue<(TimeSpan At, long Rows)> _recent = new();
    private int _drawn;

    /// <summary>Shows where the job is.</summary>
    public void Show(JobProgress progress)
    {
        _recent.Enqueue((progress.Elapsed, progress.RowsRead));
        if (_recent.Count > Window)
        {
            _recent.Dequeue();
        }

        var line = Text(progress, Recent(progress));
        if (terminal.IsErrorTerminal)
        {
            terminal.Errors.Write($"\r{line}{new string(' ', Math.Max(0, _drawn - line.Length))}");
            _drawn = line.Length;
        }
        else
        {
            terminal.Errors.WriteLine(line);
        }
    }

    /// <summary>Takes the line away, so that what follows starts on a clean one.</summary>
    public void Dispose()
    {
        if (_drawn > 0)
        {
            terminal.Errors.Write($"\r{new string(' ', _drawn)}\r");
        }
    }

    private string Text(JobProgress progress, double rowsPerSecond)
    {
        var percent = progress.Fraction is { } fraction ? $"{fraction * 100,3:0}%  " : "";
        var bottleneck = progress.Bottleneck is { } stage ? $"  bottleneck: {stage}" : "";
        return $"{name}  {percent}{Figures.Count(progress.RowsRead)} rows read, {Figures.Count(progress.RowsWritten)} written  "
            + $"{Figures.Short(rowsPerSecond)} rows/s  {Figures.Size(progress.BytesRead)}  {Figures.Time(progress.Elapsed)}{bottleneck}";
    }

    // The rate of the last few seconds: what a person wants to know when a job slows down.
    private double Recent(JobProgress progress)
    {
        var (at, rows) = _recent.Count > 1 ? _recent.Peek() : (TimeSpan.Zero, 0);
        var seconds = (progress.Elapsed - at).TotalSeconds;
        return seconds > 0 ? (progress.RowsRead - rows) / seconds : 0;
    }
}
