using Seikan.Core;

namespace Seikan.Plugins;

/// <summary>
/// A block of a job as options see it: flat-then-nested look-up (engine.md C.2), and a memory of which keys were known, so that the rest can be
/// reported. Formats and other parts bind their options from the block of the plug-in that uses them. Used by one thread.
/// </summary>
/// <param name="node">The block.</param>
/// <param name="place">What the block belongs to, for errors: <c>source[0] FakeSource</c>.</param>
/// <param name="diagnostics">Where problems go.</param>
public sealed partial class OptionBlock(ConfigObject node, string place, DiagnosticBag diagnostics)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _containers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OptionBlock> _children = new(StringComparer.Ordinal);

    /// <summary>The block.</summary>
    public ConfigObject Node { get; } = node;

    /// <summary>What the block belongs to, for errors.</summary>
    public string Place { get; } = place;

    /// <summary>Where problems go.</summary>
    public DiagnosticBag Diagnostics { get; } = diagnostics;

    /// <summary>The page that explains the options, for errors (<see cref="OptionDocs.PathOf"/>); null when there is none.</summary>
    public string? See { get; init; }

    /// <summary>A block without keys: what options are when nothing is given.</summary>
    public static OptionBlock Empty => new(new ConfigObject([], default), "", new DiagnosticBag());

    /// <summary>The value of a key: the exact key first, then through nested objects. Null when it is not given or is null.</summary>
    /// <param name="key">Key; dots are plain characters that also match nested objects.</param>
    public ConfigField? Find(string key) => Find(Node, key) is { Value: not ConfigScalar { IsNull: true } } found ? found : null;

    /// <summary>The value of an option by its key or one of its aliases; the key wins.</summary>
    /// <param name="option">The option.</param>
    public ConfigField? Find(OptionDescriptor option)
    {
        var found = FindAs(option.Key, option.Type.Kind);
        for (var i = 0; found is null && i < option.Aliases.Length; i++)
        {
            found = FindAs(option.Aliases[i], option.Type.Kind);
        }

        return found;
    }

    /// <summary>Counts keys as known, so that they are not reported.</summary>
    /// <param name="keys">The keys.</param>
    public void MarkKnown(params IEnumerable<string> keys) => _known.UnionWith(keys);

    /// <summary>Reports keys that nothing bound from this block or the blocks inside it knows, with the nearest known ones.</summary>
    /// <param name="severity">How grave that is: a warning, or an error when the job is run strictly.</param>
    public void ReportUnknown(Severity severity)
    {
        ReportUnknown(Node, "", severity);
        foreach (var child in _children.Values)
        {
            child.ReportUnknown(severity);
        }
    }

    /// <summary>Adds an error about an option of this block.</summary>
    /// <param name="code">The code.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="span">Where; the block itself when unknown.</param>
    /// <param name="fix">What to do; null = as the code says.</param>
    public void Error(ErrorCode code, string message, SourceSpan span, string? fix = null) =>
        Diagnostics.Add(new Diagnostic(code, message) { Span = span.IsKnown ? span : Start, Path = Place, Fix = fix, See = See });

    /// <summary>As <see cref="Error(ErrorCode, string, SourceSpan, string?)"/>, at the value of a key, or at the block when the key is not given.</summary>
    /// <param name="code">The code.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="key">The key.</param>
    /// <param name="fix">What to do; null = as the code says.</param>
    public void ErrorAt(ErrorCode code, string message, string key, string? fix = null) => Error(code, message, Find(key)?.Value.Span ?? Start, fix);

    // Options inside an option have a place of their own; a second binder of the same option (a format's, say) shares the block.
    private OptionBlock Nested(ConfigObject node, string suffix)
    {
        if (!_children.TryGetValue(suffix, out var child))
        {
            _children[suffix] = child = new OptionBlock(node, $"{Place} {suffix}", Diagnostics) { See = See };
        }

        return child;
    }

    private SourceSpan Start => Node.Span with { Length = Math.Min(1, Node.Span.Length) };

    private static ConfigField? Find(ConfigObject block, string key)
    {
        if (block.Find(key) is { } exact)
        {
            return exact;
        }

        for (var dot = key.IndexOf('.'); dot >= 0; dot = key.IndexOf('.', dot + 1))
        {
            if (block.Find(key[..dot])?.Value is ConfigObject inner && Find(inner, key[(dot + 1)..]) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static bool IsContainer(OptionTypeKind kind) => kind is OptionTypeKind.Map or OptionTypeKind.Object or OptionTypeKind.Schema or OptionTypeKind.Any;

    private void MarkKnown(OptionDescriptor option)
    {
        _known.Add(option.Key);
        _known.UnionWith(option.Aliases);
        if (IsContainer(option.Type.Kind) || option.Type.Kind == OptionTypeKind.List)
        {
            _containers.Add(option.Key);
            _containers.UnionWith(option.Aliases);
        }
    }

    private bool HasKeysBelow(string key) => _known.Any(k => k.Length > key.Length && k[key.Length] == '.' && k.StartsWith(key, StringComparison.Ordinal));

    private ConfigField? FindAs(string key, OptionTypeKind kind)
    {
        var found = Find(key);
        if (IsContainer(kind))
        {
            return found is null or { Value: ConfigObject } ? OptionGathering.Gather(Node, key, found, _known) : found;
        }

        // start_mode { offsets { .. } } gives start_mode.offsets and leaves the text start_mode out.
        return found is { Value: ConfigObject } && kind != OptionTypeKind.List && HasKeysBelow(key) ? null : found;
    }

    private void ReportUnknown(ConfigObject block, string prefix, Severity severity)
    {
        foreach (var field in block.Fields)
        {
            var key = prefix + field.Key;
            if (field.Value is ConfigObject inner && !_containers.Contains(key) && HasKeysBelow(key))
            {
                ReportUnknown(inner, key + ".", severity);
            }
            else if (!_known.Contains(key) && !_containers.Any(c => key.Length > c.Length && key[c.Length] == '.' && key.StartsWith(c, StringComparison.Ordinal)))
            {
                Diagnostics.Add(new Diagnostic(OptionErrors.Unknown, $"unknown option \"{key}\"")
                {
                    Severity = severity, Span = field.KeySpan, Path = Place, See = See, Candidates = NearestNames.Find(key, _known),
                });
            }
        }
    }
}
