using System.CommandLine;
using System.CommandLine.Help;
using Seikan.Cli.Commands;
using Seikan.Cli.Composition;
using Seikan.Core;

namespace Seikan.Cli;

/// <summary>The grammar of the command: its parts, its help and what it says about mistakes.</summary>
internal static class CommandLine
{
    /// <summary>Parses and runs.</summary>
    /// <param name="arguments">As given by the shell.</param>
    /// <param name="terminal">Where to print.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments, Terminal terminal)
    {
        var root = Build(terminal);
        var parsed = root.Parse(UpstreamFlags.Translate(arguments), new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            return ReportMistakes(parsed, terminal);
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = terminal.Output,
                Error = terminal.Errors,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null, // signals are the run command's own
            });
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            terminal.Errors.WriteLine($"INT-0001: {e.GetType().Name}: {e.Message}\n  fix: report it with the job file and this text");
            BugReport.Keep(e, terminal);
            return ExitCodes.Failed;
        }
    }

    private static RootCommand Build(Terminal terminal)
    {
        var root = new RootCommand(
            """
            Seikan moves tables between systems. A job file says from where, through which steps and to where.

            Examples:
              seikan run job.conf              run a job in this process
              seikan run job.conf -i day=2026-01-31
              seikan check job.conf            find every mistake without moving a row
              seikan plan job.conf             show pipelines and the columns after each step
              seikan connectors LocalFile      show what can be set

            Exit codes: 0 done, 1 the job failed, 2 the job or the command is wrong, 3 something around it is missing, 130 Ctrl-C.
            """)
        {
            RunCommand.Create(terminal),
            CheckCommand.Create(terminal),
            PlanCommand.Create(terminal),
            ConnectorsCommand.Create(terminal),
        };
        root.SetAction(_ => root.Parse("--help").Invoke(new InvocationConfiguration { Output = terminal.Output, Error = terminal.Errors }));
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            option.Description = "Show what a command does and takes.";
        }

        foreach (var option in root.Options.OfType<VersionOption>())
        {
            option.Description = "Show the version.";
        }

        return root;
    }

    private static int ReportMistakes(ParseResult parsed, Terminal terminal)
    {
        var command = parsed.CommandResult.Command;
        var known = command.Options.SelectMany(o => o.Aliases.Append(o.Name))
            .Concat(command.Subcommands.Select(c => c.Name)).Where(n => n.Length > 2).ToList();
        var name = command is RootCommand ? "seikan" : $"seikan {command.Name}";

        // An option that nobody knows may have been taken for the argument, and the argument then be the one left over.
        var mistyped = parsed.Tokens.Select(t => t.Value).Where(t => t.Length > 1 && t[0] == '-' && !known.Contains(t.Split('=')[0])).Where(t => !IsShortOption(command, t)).ToList();
        var unknown = mistyped.Count > 0 ? mistyped : parsed.UnmatchedTokens.ToList();
        foreach (var token in unknown)
        {
            var near = NearestNames.Find(token.Split('=')[0], known);
            terminal.Errors.WriteLine(
                $"{name}: unknown {(token.StartsWith('-') ? "option" : command.Subcommands.Count > 0 ? "command" : "argument")} \"{token}\""
                + (near.IsEmpty ? "" : $"\n  fix: {NearestNames.Question(near)}"));
        }

        if (unknown.Count == 0)
        {
            foreach (var error in parsed.Errors)
            {
                terminal.Errors.WriteLine($"{name}: {Lowered(error.Message)}");
            }
        }

        terminal.Errors.WriteLine($"  see: {name} --help");
        return ExitCodes.Usage;
    }

    private static bool IsShortOption(Command command, string token) => command.Options.Any(o => o.Aliases.Append(o.Name).Contains(token));

    private static string Lowered(string message) =>
        message.Length == 0 ? message : char.ToLowerInvariant(message[0]) + message[1..].TrimEnd('.');
}
