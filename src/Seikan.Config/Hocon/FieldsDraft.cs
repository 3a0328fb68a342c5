using Seikan.Core;

namespace Seikan.Config;

/// <summary>One key of a key path with its place.</summary>
/// <param name="Name">The key.</param>
/// <param name="Span">Where it stands.</param>
internal readonly record struct KeyElement(string Name, SourceSpan Span);

/// <summary>Something in braces that takes fields.</summary>
internal abstract class FieldsDraft(SourceSpan span) : Draft(span)
{
    /// <summary>Adds a field.</summary>
    /// <param name="path">The keys; at least one.</param>
    /// <param name="value">The value.</param>
    public abstract void Add(ReadOnlySpan<KeyElement> path, Draft value);
}

/// <summary>One entry of a plug-in block.</summary>
/// <param name="Name">The plug-in's name.</param>
/// <param name="Value">What was assigned to it.</param>
internal sealed record BlockEntry(KeyElement Name, Draft Value);

/// <summary>A plug-in block: every field is an entry of its own, never merged.</summary>
internal sealed class BlockDraft(SourceSpan span) : FieldsDraft(span)
{
    /// <summary>The entries in file order.</summary>
    public List<BlockEntry> Entries { get; } = [];

    /// <summary>True for the sink of an error handler, which may also be the plug-in itself with <c>plugin_name</c> inside.</summary>
    public bool IsHandlerSink { get; init; }

    /// <inheritdoc/>
    public override void Add(ReadOnlySpan<KeyElement> path, Draft value)
    {
        if (path.Length > 1)
        {
            var nested = new ObjectDraft(value.Span);
            nested.Add(path[1..], value);
            value = nested;
        }

        Entries.Add(new BlockEntry(path[0], value));
    }
}

/// <summary>An object: keys in first-seen order, each with what was assigned to it.</summary>
internal sealed class ObjectDraft(SourceSpan span) : FieldsDraft(span)
{
    private readonly Dictionary<string, Slot> _index = new(StringComparer.Ordinal);
    private ObjectDraft? _mergedInto;

    /// <summary>The fields in first-seen order.</summary>
    public List<Slot> Slots { get; } = [];

    /// <summary>True for the outermost object of a job: its plug-in blocks are lists.</summary>
    public bool IsJobRoot { get; init; }

    /// <summary>True for an error handler: its <c>sink</c> is a list.</summary>
    public bool IsHandler { get; init; }

    /// <summary>The object that this one went into, or itself.</summary>
    public ObjectDraft Current
    {
        get
        {
            var current = this;
            while (current._mergedInto is { } next)
            {
                current = next;
            }

            return current;
        }
    }

    /// <summary>The field of a key, or null.</summary>
    public Slot? Find(string key) => _index.GetValueOrDefault(key);

    /// <inheritdoc/>
    public override void Add(ReadOnlySpan<KeyElement> path, Draft value)
    {
        var slot = Open(path[0]);
        if (path.Length == 1)
        {
            slot.Push(value);
            return;
        }

        if (slot.Last is not ObjectDraft nested)
        {
            nested = new ObjectDraft(value.Span) { IsHandler = JobBlocks.IsHandler(path[0].Name) };
            slot.Push(nested);
        }

        nested.Add(path[1..], value);
    }

    /// <summary>Takes over the fields of a later object under the same key.</summary>
    public void Merge(ObjectDraft later)
    {
        foreach (var slot in later.Slots)
        {
            var mine = Open(new KeyElement(slot.Key, slot.KeySpan));
            foreach (var value in slot.History)
            {
                mine.Push(value);
            }
        }

        later._mergedInto = this;
    }

    private Slot Open(KeyElement key)
    {
        if (_index.TryGetValue(key.Name, out var slot))
        {
            slot.KeySpan = key.Span;
            return slot;
        }

        slot = new Slot(key.Name, key.Span);
        _index.Add(key.Name, slot);
        Slots.Add(slot);
        return slot;
    }
}
