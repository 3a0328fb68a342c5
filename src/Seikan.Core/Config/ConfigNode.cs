using System.Collections.Immutable;

namespace Seikan.Core;

/// <summary>A value of a job or server text with its place. Made by the language layer (variables and references resolved), bound by plug-ins.</summary>
/// <param name="span">Where the value stands; for a value made of several parts, the first.</param>
public abstract class ConfigNode(SourceSpan span)
{
    /// <summary>Where the value stands.</summary>
    public SourceSpan Span { get; } = span;
}

/// <summary>What a scalar was written as.</summary>
public enum ScalarKind
{
    /// <summary>Quoted text, or text put together from parts.</summary>
    QuotedText,

    /// <summary>Bare text.</summary>
    BareText,

    /// <summary>A number as written, such as <c>1.50</c> or <c>1e3</c>.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary><c>null</c>.</summary>
    Null,
}

/// <summary>Text, number, boolean or null, kept as written: options decide what it means.</summary>
/// <param name="text">The text without quotes and with escapes resolved.</param>
/// <param name="kind">What it was written as.</param>
/// <param name="span">Where it stands.</param>
public sealed class ConfigScalar(string text, ScalarKind kind, SourceSpan span) : ConfigNode(span)
{
    /// <summary>The text without quotes and with escapes resolved; <c>null</c> for a null.</summary>
    public string Text { get; } = text;

    /// <summary>What it was written as.</summary>
    public ScalarKind Kind { get; } = kind;

    /// <summary>True for <c>null</c>.</summary>
    public bool IsNull => Kind == ScalarKind.Null;

    /// <inheritdoc/>
    public override string ToString() => Text;
}

/// <summary>An ordered list.</summary>
/// <param name="items">The elements in file order.</param>
/// <param name="span">Where it stands.</param>
public sealed class ConfigList(ImmutableArray<ConfigNode> items, SourceSpan span) : ConfigNode(span)
{
    /// <summary>The elements in file order.</summary>
    public ImmutableArray<ConfigNode> Items { get; } = items;
}

/// <summary>One key of an object. Keys may hold dots: they are plain characters (engine.md C.2).</summary>
/// <param name="Key">The key.</param>
/// <param name="KeySpan">Where the key stands.</param>
/// <param name="Value">The value.</param>
public readonly record struct ConfigField(string Key, SourceSpan KeySpan, ConfigNode Value);

/// <summary>Keys and values, each key once, in first-seen order.</summary>
public sealed class ConfigObject : ConfigNode
{
    private readonly Dictionary<string, int> _index;

    /// <summary>Makes an object.</summary>
    /// <param name="fields">Fields in order; each key once.</param>
    /// <param name="span">Where it stands.</param>
    public ConfigObject(ImmutableArray<ConfigField> fields, SourceSpan span)
        : base(span)
    {
        Fields = fields;
        _index = new Dictionary<string, int>(fields.Length, StringComparer.Ordinal);
        for (var i = 0; i < fields.Length; i++)
        {
            _index.Add(fields[i].Key, i);
        }
    }

    /// <summary>The fields in first-seen order.</summary>
    public ImmutableArray<ConfigField> Fields { get; }

    /// <summary>The field of exactly this key, or null.</summary>
    public ConfigField? Find(string key) => _index.TryGetValue(key, out var i) ? Fields[i] : null;
}
