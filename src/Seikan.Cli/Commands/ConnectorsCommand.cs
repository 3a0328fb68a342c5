using System.CommandLine;
using Seikan.Cli.Composition;
using Seikan.Cli.Rendering;
using Seikan.Core;

namespace Seikan.Cli.Commands;

/// <summary><c>seikan connectors</c>: what can be used, and every option of it.</summary>
internal static class ConnectorsCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new Command("connectors", "List what can be used, or show every option of one connector, transform or format.");
        var name = new Argument<string?>("name") { Description = "A connector, transform or format.", Arity = ArgumentArity.ZeroOrOne };
        command.Arguments.Add(name);
        command.SetAction(parsed =>
        {
            var plugins = LocalEngine.Plugins();
            if (parsed.GetValue(name) is not { } wanted)
            {
                terminal.Output.Write(PluginText.List(plugins.All));
                return ExitCodes.Ok;
            }

            var found = plugins.All.Where(p => plugins.Find(p.Kind, wanted) == p).ToList();
            if (found.Count == 0)
            {
                var near = NearestNames.Find(wanted, plugins.All.Select(p => p.Identifier));
                terminal.Errors.WriteLine($"seikan connectors: there is no \"{wanted}\"" + (near.IsEmpty ? "" : $"\n  fix: {NearestNames.Question(near)}"));
                return ExitCodes.Usage;
            }

            terminal.Output.Write(string.Join('\n', found.Select(p => PluginText.Describe(p.Descriptor()))));
            return ExitCodes.Ok;
        });
        return command;
    }
}
