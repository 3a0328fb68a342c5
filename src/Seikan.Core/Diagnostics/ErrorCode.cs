namespace Seikan.Core;

/// <summary>
/// A registered problem that a user can cause: declared once as a <c>static readonly</c> field next to the code that raises it.
/// Identifiers are <c>AREA-NNNN</c>, never reused. <c>docs/reference/errors.md</c> is generated from the declarations.
/// </summary>
/// <param name="Id">Area and number, such as <c>CFG-0003</c>.</param>
/// <param name="Title">What is wrong, in a few words.</param>
/// <param name="Cause">When this happens; one or two sentences.</param>
/// <param name="Fix">What to do; one imperative sentence. Used when a diagnostic brings no better one.</param>
public sealed record ErrorCode(string Id, string Title, string Cause, string Fix)
{
    /// <summary>Upstream's code for the same thing, so that both can be searched for; null when it has none.</summary>
    public string? Upstream { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Id;
}
