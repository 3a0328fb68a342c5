using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Connectors.AssertSink;

/// <summary>What is expected of a column.</summary>
internal sealed partial record FieldRule
{
    /// <summary>Name of the column.</summary>
    [Option("field_name")]
    public required string Name { get; init; }

    /// <summary>Type of the column; values must be present unless the type is "null".</summary>
    [Option("field_type")]
    public ConfigNode? Type { get; init; }

    /// <summary>Rules of the column's values.</summary>
    [Option("field_value")]
    public IReadOnlyList<ValueRule> Values { get; init; } = [];

    /// <summary>Where the rule stands.</summary>
    [Block]
    public OptionBlock? Block { get; init; }
}

/// <summary>What a value rule asks for.</summary>
internal enum ValueRuleType
{
    /// <summary>The value is present.</summary>
    NotNull,

    /// <summary>The value is null.</summary>
    Null,

    /// <summary>Smallest number.</summary>
    Min,

    /// <summary>Largest number.</summary>
    Max,

    /// <summary>Fewest characters of the value as text; null has none.</summary>
    MinLength,

    /// <summary>Most characters of the value as text; null has none.</summary>
    MaxLength,
}

/// <summary>What is expected of a value.</summary>
internal sealed partial record ValueRule
{
    /// <summary>Which rule it is.</summary>
    [Option("rule_type")]
    public ValueRuleType? Type { get; init; }

    /// <summary>Number that the rule compares with.</summary>
    [Option("rule_value")]
    [RequiredWhen(nameof(Type), ValueRuleType.Min, ValueRuleType.Max, ValueRuleType.MinLength, ValueRuleType.MaxLength)]
    public double? Value { get; init; }

    /// <summary>Literal that the value must equal, unless it is null; lists, maps and rows too.</summary>
    [Option("equals_to")]
    public ConfigNode? EqualsTo { get; init; }

    /// <summary>Where the rule stands.</summary>
    [Block]
    public OptionBlock? Block { get; init; }
}
