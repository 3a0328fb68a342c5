using System.Collections.Immutable;
using System.CommandLine;
using System.Runtime.InteropServices;
using Seikan.Cli.Rendering;
using Seikan.Core;
using Seikan.Engine;

namespace Seikan.Cli.Commands;

/// <summary><c>seikan run</c>: runs a job in this process.</summary>
internal static class RunCommand
{
    private static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan InLog = TimeSpan.FromSeconds(10);

    /// <summary>Makes the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new Command("run", "Run a job in this process: progress while it runs, the receipt at the end.");
        var arguments = new JobArguments();
        var json = new Option<bool>("--json") { Description = "Print the receipt as JSON, and nothing else on standard output." };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Print no progress." };
        arguments.AddTo(command);
        command.Options.Add(json);
        command.Options.Add(quiet);
        command.SetAction((parsed, token) => RunAsync(arguments, parsed, terminal, parsed.GetValue(json), parsed.GetValue(quiet), token));
        return command;
    }

    private static async Task<int> RunAsync(JobArguments arguments, ParseResult parsed, Terminal terminal, bool isJson, bool isQuiet, CancellationToken cancellationToken)
    {
        // What sinks print must not stand between the lines of a JSON document.
        var planned = await PlannedJob.CreateAsync(arguments, parsed, isJson ? terminal with { Output = terminal.Errors } : terminal, cancellationToken);
        await using var plan = planned.Plan;
        if (plan is null)
        {
            Report(terminal, isJson, null, planned.Diagnostics);
            return planned.ExitCode;
        }

        if (!isJson)
        {
            DiagnosticOutput.Write(terminal.Errors, planned.Diagnostics);
        }

        var signal = 0;
        await using var run = planned.Engine.Start(plan);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, c => Stop(c, ExitCodes.Interrupted));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, c => Stop(c, ExitCodes.Terminated));
        var result = await FollowAsync(run, plan.Job.JobName, terminal, isQuiet || isJson);
        Report(terminal, isJson, result, isJson ? [.. planned.Diagnostics, .. result.Diagnostics] : result.Diagnostics);
        return result.Status switch
        {
            JobStatus.Finished => ExitCodes.Ok,
            JobStatus.Canceled => signal == 0 ? ExitCodes.Failed : signal,
            _ => result.FailedBeforeFirstRow ? ExitCodes.Environment : ExitCodes.Failed,
        };

        void Stop(PosixSignalContext context, int code)
        {
            context.Cancel = true; // the job is ended first, then the process
            signal = code;
            run.Cancel();
        }
    }

    private static async Task<JobResult> FollowAsync(JobRun run, string name, Terminal terminal, bool isQuiet)
    {
        if (isQuiet)
        {
            return await run.Completion;
        }

        using var progress = new ProgressLine(name, terminal);
        using var timer = new PeriodicTimer(terminal.IsErrorTerminal ? OnTerminal : InLog, TimeProvider.System);
        while (true)
        {
            var tick = timer.WaitForNextTickAsync().AsTask();
            if (await Task.WhenAny(run.Completion, tick) == run.Completion)
            {
                break;
            }

            progress.Show(run.Snapshot());
        }

        return await run.Completion;
    }

    private static void Report(Terminal terminal, bool isJson, JobResult? result, ImmutableArray<Diagnostic> diagnostics)
    {
        if (isJson)
        {
            terminal.Output.WriteLine(ReportJson.Run(result, diagnostics));
            return;
        }

        DiagnosticOutput.Write(terminal.Errors, diagnostics);
        if (result is not null)
        {
            terminal.Output.Write(ReceiptText.Render(result));
        }
    }
}
