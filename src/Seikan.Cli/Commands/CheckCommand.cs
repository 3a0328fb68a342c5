using System.Collections.Immutable;
using System.CommandLine;
using Seikan.Cli.Rendering;
using Seikan.Core;

namespace Seikan.Cli.Commands;

/// <summary><c>seikan check</c>: finds every mistake without moving a row.</summary>
internal static class CheckCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new Command("check", "Find every mistake of a job, without moving a row.");
        var arguments = new JobArguments();
        var json = new Option<bool>("--json") { Description = "Print the findings as JSON." };
        arguments.AddTo(command);
        command.Options.Add(json);
        command.SetAction(async (parsed, token) =>
        {
            var planned = await PlannedJob.CreateAsync(arguments, parsed, terminal, token);
            await using var plan = planned.Plan;
            if (parsed.GetValue(json))
            {
                terminal.Output.WriteLine(ReportJson.Check(planned.Diagnostics));
            }
            else
            {
                DiagnosticOutput.Write(terminal.Errors, planned.Diagnostics);
                terminal.Output.WriteLine(Summary(planned.Diagnostics));
            }

            return planned.ExitCode;
        });
        return command;
    }

    private static string Summary(ImmutableArray<Diagnostic> found)
    {
        var errors = found.Count(d => d.Severity == Severity.Error);
        var warnings = found.Count(d => d.Severity == Severity.Warning);
        return errors > 0 ? $"{Count(errors, "error")}, {Count(warnings, "warning")}" : warnings > 0 ? $"the job can run; {Count(warnings, "warning")}" : "the job can run";
    }

    private static string Count(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";
}
