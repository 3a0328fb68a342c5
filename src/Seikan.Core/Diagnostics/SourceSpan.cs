namespace Seikan.Core;

/// <summary>A range of bytes in a document, or nowhere (<see langword="default"/>).</summary>
/// <param name="Document">The document; null when the place is not in a text.</param>
/// <param name="Start">First byte.</param>
/// <param name="Length">Bytes; 0 marks a point.</param>
public readonly record struct SourceSpan(SourceText? Document, int Start, int Length)
{
    /// <summary>True when the span names a place.</summary>
    public bool IsKnown => Document is not null;

    /// <summary>One past the last byte.</summary>
    public int End => Start + Length;

    /// <summary>The span from the start of this one to the end of another in the same document.</summary>
    public SourceSpan To(SourceSpan end) => this with { Length = Math.Max(Length, end.End - Start) };

    /// <summary><c>name:line:column</c>, or empty when unknown.</summary>
    public override string ToString()
    {
        if (Document is null)
        {
            return "";
        }

        var (line, column) = Document.Locate(Start);
        return $"{Document.Name}:{line}:{column}";
    }
}
