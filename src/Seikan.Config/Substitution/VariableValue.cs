namespace Seikan.Config;

/// <summary>The value of a variable.</summary>
/// <param name="Text">The text, without the quotes it may have been given in.</param>
/// <param name="IsVerbatim">True when the value stood in quotes: then <c>[..]</c> and <c>{..}</c> are text as well.</param>
public sealed record VariableValue(string Text, bool IsVerbatim = false)
{
    /// <inheritdoc/>
    public override string ToString() => Text;
}
