namespace Seikan.Formats.Parquet;

/// <summary>The native library's own words, without its type names and status words.</summary>
internal static class NativeText
{
    private static readonly string[] Prefixes =
    [
        "Invalid: ", "IOError: ", "IO error: ", "IOException: ", "NotImplemented: ", "Unexpected end of stream: ",
        "Unexpected error recieved from external stream. Error: ",
    ];

    /// <summary>One line, at most 300 characters.</summary>
    /// <param name="error">What was thrown.</param>
    public static string Of(Exception error)
    {
        var text = error.Message.ReplaceLineEndings(" ").Trim();
        const string Opening = "(message: '";
        var open = text.IndexOf(Opening, StringComparison.Ordinal);
        if (open >= 0)
        {
            text = text[(open + Opening.Length)..].TrimEnd(')', '\'');
        }

        while (Prefixes.FirstOrDefault(p => text.StartsWith(p, StringComparison.Ordinal)) is { } prefix)
        {
            text = text[prefix.Length..];
        }

        text = text.TrimEnd('.');
        return text.Length <= 300 ? text : text[..300] + "...";
    }
}
