using System.Collections.Immutable;
using Seikan.Core;

namespace Seikan.Config;

/// <summary>
/// Makes values of drafts. A key's assignments are folded from the oldest that can be seen to the newest: objects merge, an undefined
/// optional reference changes nothing, everything else replaces. Each key and each reference is made once; a reference that meets a key
/// in the making looks back at what that key was before. What references add is counted, so that no text grows without measure.
/// </summary>
internal sealed partial class Resolver
{
    private const int MaxSteps = 400;

    private readonly ReadContext _context;
    private readonly ObjectDraft _root;
    private readonly TextPass _pass;
    private readonly List<Slot> _active = [];
    private Dictionary<ConfigNode, (long Count, int Depth)>? _sizes;
    private long _work;
    private int _depth;

    /// <summary>Makes a resolver of one document.</summary>
    public Resolver(ReadContext context, ObjectDraft root)
    {
        _context = context;
        _root = root;
        _pass = new TextPass(context);
    }

    /// <summary>The whole document.</summary>
    public ConfigObject ResolveRoot()
    {
        var fields = ImmutableArray.CreateBuilder<ConfigField>(_root.Slots.Count);
        foreach (var slot in _root.Slots)
        {
            _context.IsInSink = _root.IsJobRoot && slot.Key == JobBlocks.Sink;
            AddField(fields, slot);
        }

        return new ConfigObject(fields.DrainToImmutable(), _root.Span);
    }

    /// <summary>One value; null when it is undefined.</summary>
    public ConfigNode? ResolveValue(Draft draft)
    {
        if (_depth >= MaxSteps)
        {
            _context.Fatal(ConfigErrors.TooDeep, "references and brackets go too deep here", draft.Span);
            return null;
        }

        _depth++;
        var value = draft switch
        {
            ScalarDraft scalar => ResolveScalar(scalar),
            FinishedDraft finished => finished.Node,
            ObjectDraft fields => ResolveObject(fields),
            ListDraft list => ResolveList(list),
            BlockDraft block => ResolveBlock(block),
            OpenDraft open => ResolveOpen(open),
            _ => null,
        };
        _depth--;
        return value;
    }

    private ConfigScalar ResolveScalar(ScalarDraft scalar)
    {
        var text = scalar.Kind == ScalarKind.QuotedText ? _pass.Apply(scalar.Text, scalar.Span) : scalar.Text;
        return new ConfigScalar(text, scalar.Kind, scalar.Span);
    }

    private ConfigObject ResolveObject(ObjectDraft draft)
    {
        var fields = ImmutableArray.CreateBuilder<ConfigField>(draft.Slots.Count);
        foreach (var slot in draft.Slots)
        {
            AddField(fields, slot);
        }

        return new ConfigObject(fields.DrainToImmutable(), draft.Span);
    }

    private void AddField(ImmutableArray<ConfigField>.Builder fields, Slot slot)
    {
        if (ResolveSlot(slot, null) is { } value)
        {
            fields.Add(new ConfigField(slot.Key, slot.KeySpan, value));
        }
    }

    private ConfigList ResolveList(ListDraft draft)
    {
        var items = ImmutableArray.CreateBuilder<ConfigNode>(draft.Items.Count);
        foreach (var item in draft.Items)
        {
            if (ResolveValue(item) is { } value)
            {
                items.Add(value);
            }
        }

        return new ConfigList(items.DrainToImmutable(), draft.Span);
    }

    private ConfigNode? ResolveOpen(OpenDraft draft)
    {
        if (draft.IsDone)
        {
            return draft.Value;
        }

        draft.IsActive = true;
        draft.Value = draft is ReferenceDraft reference ? ResolveReference(reference) : ResolveJoin((JoinDraft)draft);
        draft.IsActive = false;
        draft.IsDone = true;
        if (draft is { MustBeObject: true, Value: not (null or ConfigObject) })
        {
            _context.Error(ConfigErrors.MixedJoin, $"{Describe(draft.Value)} cannot be joined with an object", draft.Span);
            draft.Value = null;
        }

        return draft.Value;
    }

    // The value of a key, or, when the key is in the making, what it was before.
    private ConfigNode? ResolveSlot(Slot slot, ReferenceDraft? by)
    {
        if (slot.IsDone)
        {
            return slot.Value;
        }

        if (slot.IsActive)
        {
            return LookBack(slot, by);
        }

        slot.IsActive = true;
        _active.Add(slot);
        for (var i = FirstVisible(slot); i < slot.History.Count; i++)
        {
            Fold(slot, slot.History[i]);
        }

        TakeAppended(slot);
        _active.RemoveAt(_active.Count - 1);
        slot.IsActive = false;
        slot.IsDone = true;
        return slot.Value;
    }

    // Text, numbers and lists hide all that was assigned before them, unless a list refers back to it.
    private static int FirstVisible(Slot slot)
    {
        for (var i = slot.History.Count - 1; i > 0; i--)
        {
            if (slot.History[i] is ScalarDraft or FinishedDraft or BlockDraft)
            {
                return i;
            }
        }

        return 0;
    }

    private void Fold(Slot slot, Draft draft)
    {
        if (draft is AppendDraft append)
        {
            FoldAppend(slot, append);
            return;
        }

        var value = ResolveValue(draft);
        if (value is null)
        {
            return;
        }

        TakeAppended(slot);
        slot.Value = value is ConfigObject later && slot.Value is ConfigObject earlier ? Merge(earlier, later) : value;
    }

    private void FoldAppend(Slot slot, AppendDraft append)
    {
        if (ResolveValue(append.Item) is not { } item)
        {
            return;
        }

        if (slot.Value is not (null or ConfigList))
        {
            _context.Error(ConfigErrors.MixedJoin, $"\"+=\" adds to a list, but \"{slot.Key}\" is {Describe(slot.Value)}", append.Span);
            return;
        }

        (slot.Appended ??= []).Add(item);
    }

    private void TakeAppended(Slot slot)
    {
        if (slot.Appended is not { } added)
        {
            return;
        }

        slot.Appended = null;
        var before = slot.Value as ConfigList;
        var items = before?.Items ?? [];
        if (before is not null && !TryCharge(items.Length, before.Span))
        {
            return;
        }

        slot.Value = new ConfigList([.. items, .. added], before?.Span ?? added[0].Span);
    }

    private ConfigNode? LookBack(Slot slot, ReferenceDraft? by)
    {
        TakeAppended(slot);
        if (slot.Value is not null || _active[^1] == slot || by is null or { IsOptional: true })
        {
            return slot.Value;
        }

        var start = _active.IndexOf(slot);
        var chain = string.Join(" -> ", _active.Skip(start).Take(6).Select(s => s.Key).Append(slot.Key));
        _context.Error(ConfigErrors.ReferenceCycle, $"\"{by.Text}\" needs itself: {chain}", by.Span);
        return AsWritten(by);
    }

    // What stands for a reference that could not be filled: the key is at least there.
    private static ConfigScalar AsWritten(ReferenceDraft reference) =>
        new("${" + reference.Text + "}", ScalarKind.QuotedText, reference.Span);
}
