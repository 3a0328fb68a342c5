using System.Collections.Immutable;

namespace Seikan.Plugins;

/// <summary>The declared options of a plug-in: what documentation, JSON Schema, forms and checks are made of.</summary>
/// <param name="Identifier">The factory identifier.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Summary">One sentence: the record's XML summary.</param>
/// <param name="Options">All options, those of base records first.</param>
public sealed record PluginDescriptor(string Identifier, PluginKind Kind, string Summary, ImmutableArray<OptionDescriptor> Options)
{
    /// <summary>Longer text; null when there is none.</summary>
    public string? Remarks { get; init; }

    /// <summary>Rules over several options, in words and by key.</summary>
    public ImmutableArray<OptionRule> Rules { get; init; } = [];

    /// <summary>Adds defaults: those of a record bound from nothing, so the printed default is the real one.</summary>
    /// <param name="options">Options without defaults.</param>
    /// <param name="defaults">Gives the values of a record without input, by property.</param>
    public static ImmutableArray<OptionDescriptor> WithDefaults(ImmutableArray<OptionDescriptor> options, Action<Dictionary<string, object?>> defaults)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        defaults(values);
        return [.. options.Select(o => o.IsRequired || o.IsSensitive ? o : o with { Default = OptionDefault.Text(o.Type, values.GetValueOrDefault(o.Property)) })];
    }
}

/// <summary>A rule over several options.</summary>
/// <param name="Kind">What it asks for.</param>
/// <param name="Keys">The options.</param>
public sealed record OptionRule(OptionRuleKind Kind, ImmutableArray<string> Keys);

/// <summary>Kinds of rules over several options.</summary>
public enum OptionRuleKind
{
    /// <summary>Exactly one must be given.</summary>
    ExactlyOneOf,

    /// <summary>At most one may be given.</summary>
    AtMostOneOf,

    /// <summary>All or none must be given.</summary>
    AllOrNone,
}

/// <summary>One declared option.</summary>
/// <param name="Key">The key.</param>
/// <param name="Property">Name of the record's property.</param>
/// <param name="Type">Shape of its value.</param>
/// <param name="Summary">One sentence.</param>
public sealed record OptionDescriptor(string Key, string Property, OptionType Type, string Summary)
{
    /// <summary>Longer text; null when there is none.</summary>
    public string? Remarks { get; init; }

    /// <summary>Whether it must be given.</summary>
    public bool IsRequired { get; init; }

    /// <summary>The default as written in a job; null when there is none.</summary>
    public string? Default { get; init; }

    /// <summary>Other spellings.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    /// <summary>What to use instead of a deprecated option; null when it is not.</summary>
    public string? Deprecated { get; init; }

    /// <summary>Why the option is refused; null when it is not.</summary>
    public string? NotSupported { get; init; }

    /// <summary>Whether its value is masked.</summary>
    public bool IsSensitive { get; init; }

    /// <summary>Whether it stands after the common options.</summary>
    public bool IsAdvanced { get; init; }

    /// <summary>Heading in docs; null = none.</summary>
    public string? Group { get; init; }

    /// <summary>Example as written in a job; null when there is none.</summary>
    public string? Example { get; init; }

    /// <summary>Smallest number, or fewest characters or elements; null when there is no limit.</summary>
    public double? Minimum { get; init; }

    /// <summary>Largest number, or most characters or elements; null when there is no limit.</summary>
    public double? Maximum { get; init; }

    /// <summary>True when minimum and maximum count the elements of a list, not its values.</summary>
    public bool IsCountLimited { get; init; }

    /// <summary>Regular expression that the whole text must match; null when any text will do.</summary>
    public string? Pattern { get; init; }

    /// <summary>What <see cref="Pattern"/> asks for, in words.</summary>
    public string? PatternMeaning { get; init; }

    /// <summary>Unit of a bare number; null when it has none.</summary>
    public string? Unit { get; init; }

    /// <summary>When it must be given: another option's key and the values that ask for it.</summary>
    public ImmutableArray<(string Key, ImmutableArray<string> Values)> RequiredWhen { get; init; } = [];

    /// <summary>Kind of the plug-in that the value names; null when it names none.</summary>
    public PluginKind? NamesPlugin { get; init; }
}

/// <summary>Shape of an option's value.</summary>
/// <param name="Kind">Scalar or container.</param>
public sealed record OptionType(OptionTypeKind Kind)
{
    /// <summary>Words an <see cref="OptionTypeKind.Choice"/> may be, with their meaning.</summary>
    public ImmutableArray<(string Word, string Meaning)> Choices { get; init; } = [];

    /// <summary>Type of the elements of a list or the values of a map.</summary>
    public OptionType? Element { get; init; }

    /// <summary>Options inside an object. A record may hold itself, so readers go down a few levels only.</summary>
    public ImmutableArray<OptionDescriptor> Fields
    {
        get => LazyFields?.Invoke() ?? field;
        init;
    } = [];

    /// <summary>Gives <see cref="Fields"/> when they are asked for: descriptions of nested records are not made before.</summary>
    public Func<ImmutableArray<OptionDescriptor>>? LazyFields { get; init; }

    /// <summary>Rules over several options inside an object.</summary>
    public ImmutableArray<OptionRule> Rules { get; init; } = [];
}

/// <summary>Kinds of option values.</summary>
public enum OptionTypeKind
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>Whole number.</summary>
    Integer,

    /// <summary>Number.</summary>
    Number,

    /// <summary>Time with a unit.</summary>
    Duration,

    /// <summary>Bytes with a unit.</summary>
    Size,

    /// <summary>One of a few words.</summary>
    Choice,

    /// <summary>Ordered values.</summary>
    List,

    /// <summary>Free keys.</summary>
    Map,

    /// <summary>Declared keys.</summary>
    Object,

    /// <summary>A <c>schema</c> block.</summary>
    Schema,

    /// <summary>Any value; the plug-in reads it itself.</summary>
    Any,
}
