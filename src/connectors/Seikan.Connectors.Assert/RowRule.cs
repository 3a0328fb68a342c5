using Seikan.Plugins;

namespace Seikan.Connectors.AssertSink;

/// <summary>What a row rule limits.</summary>
internal enum RowRuleType
{
    /// <summary>Fewest rows.</summary>
    MinRow,

    /// <summary>Most rows.</summary>
    MaxRow,
}

/// <summary>A limit of the number of rows.</summary>
internal sealed partial record RowRule
{
    /// <summary>Which limit it is.</summary>
    [Option("rule_type")]
    public required RowRuleType Type { get; init; }

    /// <summary>Number of rows.</summary>
    [Option("rule_value")]
    [Range(0, 9e18)]
    public required long Value { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{(Type == RowRuleType.MinRow ? "MIN_ROW" : "MAX_ROW")} = {Value}";
}
