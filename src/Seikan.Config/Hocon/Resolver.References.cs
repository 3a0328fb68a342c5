using System.Collections.Immutable;
using System.Text;
using Seikan.Core;

namespace Seikan.Config;

internal sealed partial class Resolver
{
    private ConfigNode? ResolveReference(ReferenceDraft reference)
    {
        if (!TryCharge(1, reference.Span))
        {
            return null;
        }

        ConfigNode? found = null;
        if (reference.Scope is { } scope)
        {
            found = Find(scope.Current, reference, 0);
        }

        found ??= Find(_root, reference, 0);
        if (found is not null)
        {
            return TryChargeAll(found, reference.Span) ? Here(found, reference.Span) : null;
        }

        var name = reference.Path.Length == 1 ? reference.Path[0] : reference.Text;
        if (_pass.ValueOf(name) is { } variable && (variable.Text.Length > 0 || reference.Default is null))
        {
            return FromText(variable, reference.Span);
        }

        if (reference.Default is { } text)
        {
            return FromText(VariableArguments.ReadValue(text), reference.Span);
        }

        if (reference.IsOptional)
        {
            return null;
        }

        if (!PlaceholderNames.IsReserved(name))
        {
            ReportUnresolved(reference);
        }

        return AsWritten(reference);
    }

    private static ConfigNode Here(ConfigNode node, SourceSpan place) =>
        node is ConfigScalar scalar ? new ConfigScalar(scalar.Text, scalar.Kind, place) : node;

    private ConfigNode FromText(VariableValue value, SourceSpan place)
    {
        if (!value.IsVerbatim && (value.Text is ['[', .., ']'] or ['{', .., '}'])
            && HoconReader.ReadValue(value.Text, place, _context.Options.MaxDepth) is { } node)
        {
            return TryChargeAll(node, place) ? node : new ConfigScalar("null", ScalarKind.Null, place);
        }

        return new ConfigScalar(value.Text, value.IsVerbatim ? ScalarKind.QuotedText : KindOf(value.Text), place);
    }

    // The word null given as a variable is text: a variable cannot take a value away.
    private static ScalarKind KindOf(string text) =>
        BareText.KindOf(Encoding.UTF8.GetBytes(text)) is var kind and not ScalarKind.Null ? kind : ScalarKind.BareText;

    private void ReportUnresolved(ReferenceDraft reference)
    {
        var known = _root.Slots.Select(s => s.Key)
            .Where(key => !(key == JobBlocks.Env || JobBlocks.IsPluginBlock(key) || (_active.Count > 0 && _active[0].Key == key)))
            .Concat(_context.Options.Variables.Keys)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var near = NearestNames.Find(reference.Text, known);
        var listed = known.Count == 0
            ? "no names are defined"
            : $"defined: {string.Join(", ", known.Take(5).Select(k => $"\"{k}\""))}{(known.Count > 5 ? $" and {known.Count - 5} more" : "")}";
        _context.Error(
            ConfigErrors.UnresolvedReference, $"reference \"{reference.Text}\" has no value ({listed})", reference.Span, null, near);
    }

    // Looks a path up without making the objects on the way, so that an object can refer into itself.
    private ConfigNode? Find(ObjectDraft from, ReferenceDraft reference, int index)
    {
        if (_depth >= MaxSteps)
        {
            _context.Fatal(ConfigErrors.TooDeep, "references and brackets go too deep here", reference.Span);
            return null;
        }

        _depth++;
        var found = FindField(from, reference, index);
        _depth--;
        return found;
    }

    private ConfigNode? FindField(ObjectDraft from, ReferenceDraft reference, int index)
    {
        if (from.Find(reference.Path[index]) is not { } slot)
        {
            return null;
        }

        if (index == reference.Path.Length - 1)
        {
            return ResolveSlot(slot, reference);
        }

        if (slot.IsDone)
        {
            return Walk(slot.Value, reference, index + 1);
        }

        ConfigNode? found = null;
        for (var i = slot.History.Count - 1; i >= 0; i--)
        {
            var draft = slot.History[i];
            ConfigNode? next;
            switch (draft)
            {
                case OpenDraft { IsActive: true }:
                    continue;
                case ObjectDraft fields:
                    next = Find(fields, reference, index + 1);
                    break;
                case OpenDraft open when TryCharge(1, reference.Span):
                    var value = ResolveValue(open);
                    if (value is not (null or ConfigObject))
                    {
                        return found;
                    }

                    next = Walk(value, reference, index + 1);
                    break;
                default:
                    return found;
            }

            if (next is null)
            {
                continue;
            }

            if (found is null)
            {
                found = next;
            }
            else if (next is ConfigObject earlier)
            {
                found = Merge(earlier, (ConfigObject)found);
            }

            if (next is not ConfigObject)
            {
                return found;
            }
        }

        return found;
    }

    private static ConfigNode? Walk(ConfigNode? node, ReferenceDraft reference, int index)
    {
        while (node is ConfigObject fields && index < reference.Path.Length)
        {
            node = fields.Find(reference.Path[index++])?.Value;
        }

        return index == reference.Path.Length ? node : null;
    }

    // Counts what references add; false, with one error, when it is too much.
    private bool TryCharge(long amount, SourceSpan span)
    {
        _work += amount;
        if (_work <= _context.Options.MaxExpansion)
        {
            return true;
        }

        _context.Fatal(ConfigErrors.ExpansionTooLarge, $"references expand to more than {_context.Options.MaxExpansion} values", span);
        return false;
    }

    private bool TryChargeAll(ConfigNode node, SourceSpan span)
    {
        var (count, depth) = Measure(node);
        if (depth > _context.Options.MaxDepth)
        {
            _context.Fatal(ConfigErrors.TooDeep, $"references nest values deeper than {_context.Options.MaxDepth}", span);
            return false;
        }

        return TryCharge(count, span);
    }

    private (long Count, int Depth) Measure(ConfigNode node)
    {
        if (node is ConfigScalar scalar)
        {
            return (1 + (scalar.Text.Length / 8), 0);
        }

        _sizes ??= new Dictionary<ConfigNode, (long Count, int Depth)>(ReferenceEqualityComparer.Instance);
        if (_sizes.TryGetValue(node, out var size))
        {
            return size;
        }

        size = (1, 0);
        if (node is ConfigList list)
        {
            foreach (var item in list.Items)
            {
                size = Sum(size, Measure(item));
            }
        }
        else if (node is ConfigObject fields)
        {
            foreach (var field in fields.Fields)
            {
                size = Sum(size, Measure(field.Value));
            }
        }

        size.Depth++;
        _sizes.Add(node, size);
        return size;
    }

    private static (long Count, int Depth) Sum((long Count, int Depth) a, (long Count, int Depth) b) =>
        (a.Count + b.Count, Math.Max(a.Depth, b.Depth));

    private ConfigObject Merge(ConfigObject earlier, ConfigObject later)
    {
        if (!TryCharge(earlier.Fields.Length + later.Fields.Length, later.Span))
        {
            return later;
        }

        var fields = ImmutableArray.CreateBuilder<ConfigField>(earlier.Fields.Length + later.Fields.Length);
        foreach (var field in earlier.Fields)
        {
            var other = later.Find(field.Key);
            fields.Add(other is not { } newer
                ? field
                : newer.Value is ConfigObject right && field.Value is ConfigObject left
                    ? newer with { Value = Merge(left, right) }
                    : newer);
        }

        foreach (var field in later.Fields)
        {
            if (earlier.Find(field.Key) is null)
            {
                fields.Add(field);
            }
        }

        return new ConfigObject(fields.DrainToImmutable(), earlier.Span);
    }
}
