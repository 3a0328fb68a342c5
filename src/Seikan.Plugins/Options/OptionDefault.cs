using System.Collections;
using System.Globalization;

namespace Seikan.Plugins;

/// <summary>Default values as written in a job.</summary>
internal static class OptionDefault
{
    /// <summary>The text; null when there is no default.</summary>
    public static string? Text(OptionType type, object? value) => value switch
    {
        null => null,
        string text => Quoted(text),
        bool truth => truth ? "true" : "false",
        Enum member => type.Choices[Array.IndexOf(Enum.GetValues(member.GetType()), member)].Word,
        TimeSpan time => time.Ticks % TimeSpan.TicksPerSecond == 0 && time != TimeSpan.Zero ? $"{time.TotalSeconds}s" : $"{time.TotalMilliseconds}ms",
        float number => number.ToString("R", CultureInfo.InvariantCulture),
        IFormattable number and (int or long or double or decimal) => number.ToString(null, CultureInfo.InvariantCulture),
        ByteSize size => size.ToString(),
        IDictionary or SchemaSpec => null,
        IEnumerable list => $"[{string.Join(", ", list.Cast<object?>().Select(v => Text(type.Element ?? type, v)))}]",
        _ => null,
    };

    // Control characters are shown as people write them.
    private static string Quoted(string text)
    {
        var shown = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        return $"\"{string.Concat(shown.Select(c => char.IsControl(c) ? $"\\u{(int)c:x4}" : c.ToString()))}\"";
    }
}
