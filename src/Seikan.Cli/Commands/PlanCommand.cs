using System.CommandLine;
using Seikan.Cli.Rendering;

namespace Seikan.Cli.Commands;

/// <summary><c>seikan plan</c>: shows how a job would run.</summary>
internal static class PlanCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new Command("plan", "Show pipelines, parallelism and the columns after each step, without moving a row.");
        var arguments = new JobArguments();
        var json = new Option<bool>("--json") { Description = "Print the plan as JSON." };
        arguments.AddTo(command);
        command.Options.Add(json);
        command.SetAction(async (parsed, token) =>
        {
            var planned = await PlannedJob.CreateAsync(arguments, parsed, terminal, token);
            await using var plan = planned.Plan;
            DiagnosticOutput.Write(terminal.Errors, planned.Diagnostics);
            if (plan is not null)
            {
                terminal.Output.Write(parsed.GetValue(json) ? ReportJson.Plan(plan) + "\n" : PlanText.Render(plan));
            }

            return planned.ExitCode;
        });
        return command;
    }
}
