using Seikan.Cli;

return await CommandLine.RunAsync(args, new Terminal(Console.Out, Console.Error, !Console.IsOutputRedirected, !Console.IsErrorRedirected));
