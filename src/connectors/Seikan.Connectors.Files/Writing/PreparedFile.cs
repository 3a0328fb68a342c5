using System.Text.Json;
using Seikan.Connectors.Files.Reading;
using Seikan.Plugins;

namespace Seikan.Connectors.Files.Writing;

/// <summary>A finished file that waits for its name.</summary>
/// <param name="Temporary">Where it is.</param>
/// <param name="Final">Where it goes.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Hash">XxHash3 of its bytes, hexadecimal.</param>
internal sealed record PreparedFile(string Temporary, string Final, long Length, string Hash)
{
    /// <summary>The file as state.</summary>
    public JsonState ToState() => new(1, JsonSerializer.SerializeToUtf8Bytes(this, FileJson.Default.PreparedFile));

    /// <summary>The file of a state.</summary>
    public static PreparedFile Of(JsonState state) => JsonSerializer.Deserialize(state.Utf8.Span, FileJson.Default.PreparedFile)!;
}
