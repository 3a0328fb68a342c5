namespace Seikan.Plugins;

/// <summary>
/// Marks a property of an options record (<c>partial record</c>, top level) as an option. Types of properties: <c>string</c>, <c>bool</c>,
/// <c>int</c>, <c>long</c>, <c>float</c>, <c>double</c>, <c>decimal</c>, enums (see <see cref="WordAttribute"/>), <see cref="TimeSpan"/>,
/// <see cref="ByteSize"/>, <see cref="Seikan.Core.Secret"/>, each also nullable; <c>IReadOnlyList</c> of these; <c>IReadOnlyDictionary&lt;string, string&gt;</c>;
/// another options record (without <see cref="PluginOptionsAttribute"/>) and <c>IReadOnlyList</c> of it; <see cref="SchemaSpec"/>;
/// <see cref="Seikan.Core.ConfigNode"/> for values the plug-in reads itself, and <c>IReadOnlyList</c> of it. Nullable properties and those with an
/// initialiser may be absent; <c>required</c> ones must be given.
/// </summary>
/// <param name="key">The key; dots are plain characters that also match nested objects.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OptionAttribute(string key) : Attribute
{
    /// <summary>The key.</summary>
    public string Key { get; } = key;
}

/// <summary>An older or other spelling of the key, accepted without a warning.</summary>
/// <param name="keys">The spellings.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AliasAttribute(params string[] keys) : Attribute
{
    /// <summary>The spellings.</summary>
    public string[] Keys { get; } = keys;
}

/// <summary>The option works with a warning.</summary>
/// <param name="advice">What to use instead.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DeprecatedAttribute(string advice) : Attribute
{
    /// <summary>What to use instead.</summary>
    public string Advice { get; } = advice;
}

/// <summary>Upstream knows the option, we refuse it: setting it is an error that gives the reason.</summary>
/// <param name="reason">Why, and what to do instead.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotSupportedYetAttribute(string reason) : Attribute
{
    /// <summary>Why, and what to do instead.</summary>
    public string Reason { get; } = reason;
}

/// <summary>How an enum member is written in a job; its name in capitals with underscores when not given. Matched in any case.</summary>
/// <param name="text">The word.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class WordAttribute(string text) : Attribute
{
    /// <summary>The word.</summary>
    public string Text { get; } = text;
}

/// <summary>A number's limits, both included. For lists: of each element; for <see cref="TimeSpan"/>: in milliseconds; for <see cref="ByteSize"/>: in bytes.</summary>
/// <param name="minimum">Smallest.</param>
/// <param name="maximum">Largest.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RangeAttribute(double minimum, double maximum) : Attribute
{
    /// <summary>Smallest.</summary>
    public double Minimum { get; } = minimum;

    /// <summary>Largest.</summary>
    public double Maximum { get; } = maximum;
}

/// <summary>Limits of a text's characters or a list's elements, both included.</summary>
/// <param name="minimum">Fewest.</param>
/// <param name="maximum">Most.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LengthAttribute(int minimum, int maximum = int.MaxValue) : Attribute
{
    /// <summary>Fewest.</summary>
    public int Minimum { get; } = minimum;

    /// <summary>Most.</summary>
    public int Maximum { get; } = maximum;
}

/// <summary>A regular expression that a text must match as a whole.</summary>
/// <param name="pattern">The expression.</param>
/// <param name="meaning">What it asks for, in words.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PatternAttribute(string pattern, string meaning) : Attribute
{
    /// <summary>The expression.</summary>
    public string Expression { get; } = pattern;

    /// <summary>What it asks for, in words.</summary>
    public string Meaning { get; } = meaning;
}

/// <summary>Unit of a bare number for a <see cref="TimeSpan"/> or <see cref="ByteSize"/> option: <c>ms</c>, <c>s</c>, <c>bytes</c>.</summary>
/// <param name="unit">The unit.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class UnitAttribute(string unit) : Attribute
{
    /// <summary>The unit.</summary>
    public string Unit { get; } = unit;
}

/// <summary>Masked everywhere; the property's type is <see cref="Seikan.Core.Secret"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SensitiveAttribute : Attribute;

/// <summary>Shown after the common options.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AdvancedAttribute : Attribute;

/// <summary>Heading under which the option stands in docs and forms.</summary>
/// <param name="name">The heading.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Class, Inherited = false)]
public sealed class GroupAttribute(string name) : Attribute
{
    /// <summary>The heading.</summary>
    public string Name { get; } = name;
}

/// <summary>An example value for docs, as written in a job.</summary>
/// <param name="text">The value.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ExampleAttribute(string text) : Attribute
{
    /// <summary>The value.</summary>
    public string Text { get; } = text;
}

/// <summary>Exactly one of the options must be given.</summary>
/// <param name="properties">Names of the properties.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ExactlyOneOfAttribute(params string[] properties) : Attribute
{
    /// <summary>Names of the properties.</summary>
    public string[] Properties { get; } = properties;
}

/// <summary>At most one of the options may be given.</summary>
/// <param name="properties">Names of the properties.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class AtMostOneOfAttribute(params string[] properties) : Attribute
{
    /// <summary>Names of the properties.</summary>
    public string[] Properties { get; } = properties;
}

/// <summary>The options are given together or not at all.</summary>
/// <param name="properties">Names of the properties.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class AllOrNoneAttribute(params string[] properties) : Attribute
{
    /// <summary>Names of the properties.</summary>
    public string[] Properties { get; } = properties;
}

/// <summary>The option must be given when another has one of some values.</summary>
/// <param name="property">Name of the other property.</param>
/// <param name="values">The values.</param>
[AttributeUsage(AttributeTargets.Property, AllowMultiple = true)]
public sealed class RequiredWhenAttribute(string property, params object[] values) : Attribute
{
    /// <summary>Name of the other property.</summary>
    public string Property { get; } = property;

    /// <summary>The values.</summary>
    public object[] Values { get; } = values;
}

/// <summary>Marks the property of type <see cref="OptionBlock"/> that receives the block a record was bound from.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class BlockAttribute : Attribute;

/// <summary>
/// Marks a property whose value is the name of a format: keys of that format's options record are then known keys of this block, and docs list them.
/// </summary>
/// <param name="kind">Always <see cref="PluginKind.Format"/> today.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NamesPluginAttribute(PluginKind kind) : Attribute
{
    /// <summary>Kind of the plug-in named.</summary>
    public PluginKind Kind { get; } = kind;
}
