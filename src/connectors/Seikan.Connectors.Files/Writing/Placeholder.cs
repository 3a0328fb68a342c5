using System.Text;

namespace Seikan.Connectors.Files.Writing;

/// <summary>Placeholders ${name} and ${name:default} in a text.</summary>
internal static class Placeholder
{
    /// <summary>Fills those that have a value or a default; the others stay as they are.</summary>
    public static string Fill(string text, Func<string, string?> valueOf)
    {
        var filled = new StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            var start = text.IndexOf("${", at, StringComparison.Ordinal);
            var end = start < 0 ? -1 : text.IndexOf('}', start);
            if (end < 0)
            {
                return filled.Append(text, at, text.Length - at).ToString();
            }

            var name = text[(start + 2)..end];
            var colon = name.IndexOf(':', StringComparison.Ordinal);
            var value = valueOf(colon < 0 ? name : name[..colon]) ?? (colon < 0 ? null : name[(colon + 1)..].Trim());
            filled.Append(text, at, start - at).Append(value ?? text[start..(end + 1)]);
            at = end + 1;
        }

        return filled.ToString();
    }
}
