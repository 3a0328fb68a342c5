using System.Collections.Immutable;
using System.Text.Json;
using Seikan.Core;

namespace Seikan.Plugins;

/// <summary>JSON inside a text value, as nodes that all stand where the text stands.</summary>
internal static class JsonNodes
{
    /// <summary>Reads one JSON value; null when the text is not JSON.</summary>
    public static ConfigNode? Read(ReadOnlySpan<byte> utf8, SourceSpan span)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { AllowTrailingCommas = true, MaxDepth = 64 });
        try
        {
            return reader.Read() && ReadValue(ref reader, span) is { } node && !reader.Read() ? node : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ConfigNode ReadValue(ref Utf8JsonReader reader, SourceSpan span)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray:
                var items = ImmutableArray.CreateBuilder<ConfigNode>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(ReadValue(ref reader, span));
                }

                return new ConfigList(items.ToImmutable(), span);
            case JsonTokenType.StartObject:
                var fields = new Dictionary<string, ConfigField>(StringComparer.Ordinal);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var key = reader.GetString()!;
                    reader.Read();
                    fields[key] = new ConfigField(key, span, ReadValue(ref reader, span));
                }

                return new ConfigObject([.. fields.Values], span);
            case JsonTokenType.String:
                return new ConfigScalar(reader.GetString()!, ScalarKind.QuotedText, span);
            case JsonTokenType.Number:
                return new ConfigScalar(System.Text.Encoding.UTF8.GetString(reader.ValueSpan), ScalarKind.Number, span);
            case JsonTokenType.Null:
                return new ConfigScalar("null", ScalarKind.Null, span);
            default:
                return new ConfigScalar(reader.TokenType == JsonTokenType.True ? "true" : "false", ScalarKind.Boolean, span);
        }
    }
}
