using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Seikan.Core;

/// <summary>A value that must not be seen. It cannot be printed, compared by text or serialised; only <see cref="Reveal"/> gives it.</summary>
[DebuggerDisplay("******")]
[JsonConverter(typeof(RefuseSerialisation))]
public sealed class Secret
{
    private readonly string _value;

    /// <summary>Keeps a value out of sight.</summary>
    public Secret(string value) => _value = value;

    /// <summary>The value, for the one call that needs it. Never put it into a message, a log or a state.</summary>
    public string Reveal() => _value;

    /// <summary>Always six asterisks: not even the length is shown.</summary>
    public override string ToString() => "******";

    private sealed class RefuseSerialisation : JsonConverter<Secret>
    {
        public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new JsonException("a secret cannot be read from JSON state");

        public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) =>
            throw new JsonException("a secret cannot be written to JSON");
    }
}
