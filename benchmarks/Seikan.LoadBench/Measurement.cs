using System.Diagnostics;
using System.Globalization;

namespace Seikan.LoadBench;

/// <summary>One run of a command as a whole process.</summary>
/// <param name="Seconds">Process start to exit.</param>
/// <param name="CpuSeconds">User and system time.</param>
/// <param name="PeakMiB">Highest resident memory.</param>
/// <param name="Output">What it printed.</param>
internal sealed record Measurement(double Seconds, double CpuSeconds, double PeakMiB, string Output)
{
    /// <summary>Runs a command to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task<Measurement> RunAsync(string file, string[] arguments, string folder, CancellationToken cancellationToken)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder },
        };
        var clock = Stopwatch.StartNew();
        process.Start();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var (peak, cpu) = (0.0, 0.0);
        var exit = process.WaitForExitAsync(cancellationToken);
        while (!exit.IsCompleted)
        {
            // Gone after the exit, so looked at while it runs.
            peak = Math.Max(peak, PeakOf(process.Id));
            cpu = Math.Max(cpu, CpuOf(process.Id));
            await Task.WhenAny(exit, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellationToken));
        }

        await exit;
        clock.Stop();
        var text = await output + await errors;
        return process.ExitCode == 0
            ? new Measurement(clock.Elapsed.TotalSeconds, cpu, peak, text)
            : throw new InvalidOperationException($"{file} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{text}");
    }

    private static double PeakOf(int id)
    {
        try
        {
            var line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : double.Parse(line[6..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static double CpuOf(int id)
    {
        try
        {
            // Fields 14 and 15 of proc(5) stat, in ticks of 1/100 s; the name in field 2 may hold blanks.
            var fields = File.ReadAllText($"/proc/{id}/stat").Split(") ")[^1].Split(' ');
            return (double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)) / 100;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
