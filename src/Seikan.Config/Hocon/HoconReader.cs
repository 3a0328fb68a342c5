using Seikan.Core;

namespace Seikan.Config;

/// <summary>
/// HOCON as engine.md C.2 to C.4 has it: <c>-&gt;</c> separates keys and a dot is a plain character; references and variables are filled.
/// Text and numbers that came by a reference stand where the reference stands; objects and lists where they were written.
/// </summary>
public static class HoconReader
{
    /// <summary>Reads a document, such as a settings file.</summary>
    /// <param name="text">The document.</param>
    /// <param name="options">Variables, includes, limits.</param>
    /// <param name="problems">Gets every problem.</param>
    /// <returns>The object, as far as it could be read; null when there is none.</returns>
    public static ConfigObject? Read(SourceText text, JobReadOptions options, DiagnosticBag problems) =>
        Read(text, options, problems, false);

    /// <summary>
    /// Reads a document whose blocks <c>source</c>, <c>transform</c> and <c>sink</c> become lists of objects with <c>plugin_name</c>.
    /// </summary>
    /// <param name="text">The document.</param>
    /// <param name="options">Variables, includes, limits.</param>
    /// <param name="problems">Gets every problem.</param>
    /// <returns>The object, as far as it could be read; null when there is none.</returns>
    public static ConfigObject? ReadJob(SourceText text, JobReadOptions options, DiagnosticBag problems) =>
        Read(text, options, problems, true);

    /// <summary>Reads a document with a context of the caller.</summary>
    internal static ConfigObject? Read(SourceText text, ReadContext context, bool isJob)
    {
        if (!context.TryEnter(text, default))
        {
            return null;
        }

        var root = new ObjectDraft(new SourceSpan(text, 0, text.Utf8.Length)) { IsJobRoot = isJob };
        new HoconParser(text, context, null, 0).ParseDocument(root);
        context.Leave();
        return new Resolver(context, root).ResolveRoot();
    }

    /// <summary>Reads one value without references, as the text of a variable may hold; null when it is not one.</summary>
    /// <param name="value">The text.</param>
    /// <param name="place">The place of all that is in it.</param>
    /// <param name="maxDepth">How deep brackets may nest.</param>
    internal static ConfigNode? ReadValue(string value, SourceSpan place, int maxDepth)
    {
        var text = SourceText.FromString("value", value);
        var context = new ReadContext(new JobReadOptions { MaxDepth = maxDepth });
        if (!context.TryEnter(text, default) || new HoconParser(text, context, null, 0).ParseWholeValue() is not { } draft || context.Bag.HasErrors)
        {
            return null;
        }

        var node = new Resolver(context, new ObjectDraft(default)).ResolveValue(draft);
        return context.Bag.HasErrors || node is null ? null : Rehome(node, place);
    }

    private static ConfigObject? Read(SourceText text, JobReadOptions options, DiagnosticBag problems, bool isJob)
    {
        var context = new ReadContext(options);
        var result = Read(text, context, isJob);
        problems.AddRange(context.Bag.ToImmutable());
        return result;
    }

    private static ConfigNode Rehome(ConfigNode node, SourceSpan place) => node switch
    {
        ConfigScalar scalar => new ConfigScalar(scalar.Text, scalar.Kind, place),
        ConfigList list => new ConfigList([.. list.Items.Select(item => Rehome(item, place))], place),
        ConfigObject fields => new ConfigObject([.. fields.Fields.Select(f => new ConfigField(f.Key, place, Rehome(f.Value, place)))], place),
        _ => node,
    };
}
