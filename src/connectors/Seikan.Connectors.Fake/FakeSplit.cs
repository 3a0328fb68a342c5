using System.Text.Json;
using System.Text.Json.Serialization;
using Seikan.Plugins;

namespace Seikan.Connectors.Fake;

/// <summary>Rows of one table that one reader makes: from the first to before the end, counted over all readers.</summary>
/// <param name="Table">Position of the table.</param>
/// <param name="Start">First row.</param>
/// <param name="End">One past the last.</param>
internal sealed record FakeSplit(int Table, long Start, long End)
{
    /// <summary>The split as state.</summary>
    public JsonState ToState() => new(1, JsonSerializer.SerializeToUtf8Bytes(this, FakeJson.Default.FakeSplit));

    /// <summary>The split of a state.</summary>
    public static FakeSplit Of(JsonState state) => JsonSerializer.Deserialize(state.Utf8.Span, FakeJson.Default.FakeSplit)!;
}

/// <summary>What is left to hand out.</summary>
/// <param name="Next">Number of the next split.</param>
internal sealed record FakeCursor(int Next);

[JsonSerializable(typeof(FakeSplit))]
[JsonSerializable(typeof(FakeCursor))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class FakeJson : JsonSerializerContext;
