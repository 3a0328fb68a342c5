using System.Text.Json;
using System.Text.Json.Serialization;
using Seikan.Plugins;

namespace Seikan.Connectors.Files.Reading;

/// <summary>A part of a file.</summary>
/// <param name="Table">Position of the table.</param>
/// <param name="Path">The file.</param>
/// <param name="Start">First unit of the format.</param>
/// <param name="End">One past the last.</param>
/// <param name="Rows">Rows inside; null = unknown.</param>
internal sealed record FileSplit(int Table, string Path, long Start, long End, long? Rows)
{
    /// <summary>The split as state.</summary>
    public JsonState ToState() => new(1, JsonSerializer.SerializeToUtf8Bytes(this, FileJson.Default.FileSplit));

    /// <summary>The split of a state.</summary>
    public static FileSplit Of(JsonState state) => JsonSerializer.Deserialize(state.Utf8.Span, FileJson.Default.FileSplit)!;
}

/// <summary>The last split handed out: tables, files and parts come in a fixed order.</summary>
/// <param name="Table">Position of the table; -1 = nothing was handed out.</param>
/// <param name="Path">The file.</param>
/// <param name="Start">Start of the part.</param>
internal sealed record FileCursor(int Table, string Path, long Start);

[JsonSerializable(typeof(FileSplit))]
[JsonSerializable(typeof(FileCursor))]
[JsonSerializable(typeof(Writing.PreparedFile))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class FileJson : JsonSerializerContext;
