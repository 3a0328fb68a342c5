using Seikan.Core;

namespace Seikan.Config;

/// <summary>A value as parsed: references are still open, duplicates are kept where a reference could look back at them.</summary>
/// <param name="span">Where it stands.</param>
internal abstract class Draft(SourceSpan span)
{
    /// <summary>Where it stands.</summary>
    public SourceSpan Span { get; set; } = span;
}

/// <summary>Text, number, boolean or null.</summary>
internal sealed class ScalarDraft(string text, ScalarKind kind, SourceSpan span) : Draft(span)
{
    /// <summary>The text without quotes and escapes.</summary>
    public string Text { get; } = text;

    /// <summary>What it was written as.</summary>
    public ScalarKind Kind { get; } = kind;
}

/// <summary>A value that is finished already, such as one of an included JSON text.</summary>
internal sealed class FinishedDraft(ConfigNode node) : Draft(node.Span)
{
    /// <summary>The value.</summary>
    public ConfigNode Node { get; } = node;
}

/// <summary>A list.</summary>
internal sealed class ListDraft(SourceSpan span) : Draft(span)
{
    /// <summary>The elements.</summary>
    public List<Draft> Items { get; } = [];
}

/// <summary>A value that is made of others and remembered once made.</summary>
internal abstract class OpenDraft(SourceSpan span) : Draft(span)
{
    /// <summary>The value, once <see cref="IsDone"/>; null means it has none.</summary>
    public ConfigNode? Value { get; set; }

    /// <summary>True once the value is known.</summary>
    public bool IsDone { get; set; }

    /// <summary>True while the value is being made.</summary>
    public bool IsActive { get; set; }

    /// <summary>True for a part of a join of objects: anything but an object is a mistake.</summary>
    public bool MustBeObject { get; set; }
}

/// <summary>A reference outside quotes.</summary>
/// <param name="path">The keys from the root.</param>
/// <param name="text">The path as written.</param>
/// <param name="span">From <c>$</c> to the closing brace.</param>
internal sealed class ReferenceDraft(string[] path, string text, SourceSpan span) : OpenDraft(span)
{
    /// <summary>The keys from the root.</summary>
    public string[] Path { get; } = path;

    /// <summary>The path as written.</summary>
    public string Text { get; } = text;

    /// <summary>True for <c>${?name}</c>.</summary>
    public bool IsOptional { get; init; }

    /// <summary>What follows the colon in <c>${name:default}</c>, trimmed.</summary>
    public string? Default { get; init; }

    /// <summary>The object that an included text went into: references of that text look there first.</summary>
    public ObjectDraft? Scope { get; init; }
}

/// <summary>One of several values beside each other.</summary>
/// <param name="Blanks">The blanks before it.</param>
/// <param name="Value">The value.</param>
internal sealed record JoinPart(string Blanks, Draft Value);

/// <summary>Values beside each other.</summary>
internal sealed class JoinDraft(SourceSpan span) : OpenDraft(span)
{
    /// <summary>The parts, each with the blanks before it.</summary>
    public List<JoinPart> Parts { get; } = [];

    /// <summary>True when the parts are objects and references only, with at least one object.</summary>
    public bool JoinsObjects()
    {
        var hasObject = false;
        foreach (var (_, value) in Parts)
        {
            hasObject |= value is ObjectDraft;
            if (value is not (ObjectDraft or ReferenceDraft))
            {
                return false;
            }
        }

        return hasObject;
    }
}

/// <summary>One element added to a list with <c>+=</c>.</summary>
internal sealed class AppendDraft(Draft item) : Draft(item.Span)
{
    /// <summary>The element.</summary>
    public Draft Item { get; } = item;
}
