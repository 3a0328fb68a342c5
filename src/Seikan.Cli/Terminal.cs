namespace Seikan.Cli;

/// <summary>Where the command prints.</summary>
/// <param name="Output">Results.</param>
/// <param name="Errors">Diagnostics and progress.</param>
/// <param name="IsOutputTerminal">Whether results go to a person.</param>
/// <param name="IsErrorTerminal">Whether progress goes to a person: a line that redraws itself, else plain lines.</param>
internal sealed record Terminal(TextWriter Output, TextWriter Errors, bool IsOutputTerminal, bool IsErrorTerminal);
