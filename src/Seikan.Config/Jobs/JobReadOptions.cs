using System.Collections.ObjectModel;

namespace Seikan.Config;

/// <summary>What a job text may use, and how far it may go.</summary>
public sealed record JobReadOptions
{
    /// <summary>No variables, no environment, no includes, default limits.</summary>
    public static JobReadOptions Default { get; } = new();

    /// <summary>
    /// Variables by name, as <see cref="VariableArguments"/> reads them. They win over the environment; keys of the text win over both.
    /// </summary>
    public IReadOnlyDictionary<string, VariableValue> Variables { get; init; } = ReadOnlyDictionary<string, VariableValue>.Empty;

    /// <summary>
    /// Environment variables that the text may see: the process environment for a local run, an allow list for a server. Null: none.
    /// </summary>
    public Func<string, string?>? Environment { get; init; }

    /// <summary>Finds included texts. Null: includes are refused.</summary>
    public IIncludeResolver? Includes { get; init; }

    /// <summary>How deep brackets and key paths may nest.</summary>
    /// <value>Default 100.</value>
    public int MaxDepth { get; init; } = 100;

    /// <summary>How deep files may include files.</summary>
    /// <value>Default 20.</value>
    public int MaxIncludeDepth { get; init; } = 20;

    /// <summary>Bytes of the text with everything it includes.</summary>
    /// <value>Default 16 MiB.</value>
    public long MaxTextBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>How much references may add: one for each value, one for each 8 characters of text.</summary>
    /// <value>Default 4,000,000.</value>
    public long MaxExpansion { get; init; } = 4_000_000;

    /// <summary>Reading stops after this many problems.</summary>
    /// <value>Default 100.</value>
    public int MaxProblems { get; init; } = 100;
}
