using Seikan.Core;

namespace Seikan.Config;

/// <summary>Strict JSON with places: duplicate keys and comments are errors, key order is kept.</summary>
public static class JsonReader
{
    /// <summary>Reads a document whose outermost value is an object.</summary>
    /// <param name="text">The document.</param>
    /// <param name="options">Variables for <c>${name}</c> in strings, limits.</param>
    /// <param name="problems">Gets every problem.</param>
    /// <returns>The object, as far as it could be read; null when there is none.</returns>
    public static ConfigObject? Read(SourceText text, JobReadOptions options, DiagnosticBag problems)
    {
        var context = new ReadContext(options);
        var result = Read(text, context);
        problems.AddRange(context.Bag.ToImmutable());
        return result;
    }

    /// <summary>Reads a document with a context of the caller.</summary>
    internal static ConfigObject? Read(SourceText text, ReadContext context)
    {
        if (!context.TryEnter(text, default))
        {
            return null;
        }

        var result = new JsonParser(text, context, 0).ParseDocument();
        context.Leave();
        return result;
    }
}
