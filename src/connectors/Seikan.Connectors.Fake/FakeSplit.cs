using System.Text.Json;
using System.Text.Json.Serialization;
using Seikan.Plugins;

namespace Seikan.Connectors.Fake;

/// <summary>Rows of one table that one reader makes: from the first to before the end, counted over all readers.</summary>
/// <param name="Table">Position of the table.</param>
/// <param name="Start">First row.</param>
/// <param name="End">One past the last.</param>
/// <param name="Seed">Decides the values; kept here so that a restart goes on with the same ones.</param>
internal sealed record FakeSplit(int Table, long Start, long End, long Seed)
{
    /// <summary>The split as state.</summary>
    public JsonState ToState() => new(1, JsonSerializer.SerializeToUtf8Bytes(this, FakeJson.Default.FakeSplit));

    /// <summary>The split of a state.</summary>
    public static FakeSplit Of(JsonState state) => JsonSerializer.Deserialize(state.Utf8.Span, FakeJson.Default.FakeSplit)!;
}

/// <summary>What is left to hand out.</summary>
/// <param name="Next">Number of the next split.</param>
/// <param name="Readers">Readers that the numbers were counted with: a restart with more or fewer keeps the cuts.</param>
/// <param name="Seeds">Seed of each table.</param>
/// <param name="Returned">Splits that came back and wait for another reader.</param>
internal sealed record FakeCursor(int Next, int Readers, long[] Seeds, ReturnedSplit[] Returned);

/// <summary>A split that came back.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Split">Its rows.</param>
/// <param name="From">Row to go on from; null = its first.</param>
internal sealed record ReturnedSplit(string Id, FakeSplit Split, long? From);

/// <summary>Reads and writes the states.</summary>
[JsonSerializable(typeof(FakeSplit))]
[JsonSerializable(typeof(FakeCursor))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class FakeJson : JsonSerializerContext;
