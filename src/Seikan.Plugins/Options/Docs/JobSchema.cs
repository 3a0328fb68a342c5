using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Seikan.Plugins;

/// <summary>
/// The JSON Schema (2020-12) of a job file, for completion in editors. It is as lenient as the binder: values may be written as text (a variable,
/// say), keys may be nested at their dots, and unknown keys are allowed; <c>seikan check</c> says more.
/// </summary>
public static class JobSchema
{
    private const int Deepest = 3;

    /// <summary>The schema as indented JSON with a line end.</summary>
    /// <param name="plugins">All plug-ins.</param>
    /// <param name="env">Options of the <c>env</c> block, with defaults.</param>
    public static string Write(IEnumerable<PluginRegistration> plugins, ImmutableArray<OptionDescriptor> env)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            var all = plugins.ToList();
            json.WriteStartObject();
            json.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
            json.WriteString("title", "Seikan job");
            json.WriteString("type", "object");
            json.WriteStartArray("required");
            json.WriteStringValue("source");
            json.WriteStringValue("sink");
            json.WriteEndArray();
            json.WriteStartObject("properties");
            json.WriteStartObject("env");
            json.WriteString("description", "Settings of the job.");
            WriteObject(json, env, 0);
            json.WriteEndObject();
            WriteRole(json, "source", all.Where(p => p.Kind == PluginKind.Source));
            WriteRole(json, "transform", all.Where(p => p.Kind == PluginKind.Transform));
            WriteRole(json, "sink", all.Where(p => p.Kind == PluginKind.Sink));
            json.WriteEndObject();
            WriteDefinitions(json, all, all.Where(p => p.Kind == PluginKind.Format).Select(p => p.Descriptor()).ToList());
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    private static void WriteRole(Utf8JsonWriter json, string role, IEnumerable<PluginRegistration> plugins)
    {
        var all = plugins.ToList();
        json.WriteStartObject(role);
        json.WriteString("type", "array");
        json.WriteStartObject("items");
        json.WriteString("type", "object");
        json.WriteStartArray("required");
        json.WriteStringValue("plugin_name");
        json.WriteEndArray();
        json.WriteStartObject("properties");
        json.WriteStartObject("plugin_name");
        json.WriteString("description", "The plug-in, in any case.");
        WriteWords(json, all.SelectMany(p => p.Aliases.Prepend(p.Identifier)));
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartArray("allOf");
        foreach (var plugin in all)
        {
            json.WriteStartObject();
            json.WriteStartObject("if");
            json.WriteStartObject("properties");
            json.WriteStartObject("plugin_name");
            json.WriteStartArray("enum");
            plugin.Aliases.Prepend(plugin.Identifier).ToList().ForEach(json.WriteStringValue);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteStartObject("then");
            json.WriteString("$ref", $"#/$defs/{role}.{plugin.Identifier}");
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteDefinitions(Utf8JsonWriter json, List<PluginRegistration> plugins, List<PluginDescriptor> formats)
    {
        json.WriteStartObject("$defs");
        foreach (var plugin in plugins.Where(p => p.Kind != PluginKind.Format))
        {
            var description = plugin.Descriptor();

            // Options of the formats stand in the block that names one.
            var options = description.Options.Any(o => o.NamesPlugin == PluginKind.Format)
                ? description.Options.Concat(formats.SelectMany(f => f.Options)).DistinctBy(o => o.Key)
                : description.Options;
            json.WriteStartObject($"{plugin.Kind.ToString().ToLowerInvariant()}.{plugin.Identifier}");
            json.WriteString("description", description.Summary);
            WriteObject(json, [.. options], 0);
            json.WriteEndObject();
        }

        json.WriteStartObject("schema");
        json.WriteString("description", "Columns and keys of a table.");
        WriteTypes(json, "object", "string");
        json.WriteStartObject("properties");
        foreach (var (key, type) in new[]
        {
            ("table", "string"), ("schema_first", "boolean"), ("comment", "string"), ("fields", "object"), ("columns", "array"), ("primaryKey", "object"),
            ("constraintKeys", "array"), ("partition_keys", "array"),
        })
        {
            json.WriteStartObject(key);
            json.WriteString("type", type);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteObject(Utf8JsonWriter json, ImmutableArray<OptionDescriptor> options, int depth)
    {
        WriteTypes(json, depth == 0 ? ["object"] : ["object", "string"]);

        // Keys that can be written in another way cannot be demanded.
        var required = options.Where(o => o.IsRequired && o.Aliases.IsEmpty && !o.Key.Contains('.', StringComparison.Ordinal)).ToList();
        if (required.Count > 0)
        {
            json.WriteStartArray("required");
            required.ForEach(o => json.WriteStringValue(o.Key));
            json.WriteEndArray();
        }

        json.WriteStartObject("properties");
        foreach (var option in options)
        {
            json.WriteStartObject(option.Key);
            json.WriteString("description", DescriptionOf(option));
            WriteOption(json, option, depth);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static string DescriptionOf(OptionDescriptor option) =>
        option.NotSupported is { } reason ? $"{option.Summary} Not supported yet: {reason}"
        : option.Deprecated is { } advice ? $"{option.Summary} Deprecated: {advice}"
        : option.Summary;

    private static void WriteOption(Utf8JsonWriter json, OptionDescriptor option, int depth)
    {
        if (option.NotSupported is not null)
        {
            json.WriteStartObject("not");
            json.WriteEndObject();
            return;
        }

        WriteType(json, option.Type, depth);
        if (option.Deprecated is not null)
        {
            json.WriteBoolean("deprecated", true);
        }

        if (option.Type.Kind is OptionTypeKind.Integer or OptionTypeKind.Number)
        {
            WriteNumber(json, "minimum", option.Minimum);
            WriteNumber(json, "maximum", option.Maximum);
        }

        if (option.Default is { } value)
        {
            json.WritePropertyName("default");
            WriteDefault(json, option.Type, value);
        }
    }

    private static void WriteDefault(Utf8JsonWriter json, OptionType type, string value)
    {
        if (type.Kind is OptionTypeKind.Integer or OptionTypeKind.Number or OptionTypeKind.Boolean or OptionTypeKind.Text)
        {
            json.WriteRawValue(value);
        }
        else if (type.Kind == OptionTypeKind.List && type.Element!.Kind is OptionTypeKind.Integer or OptionTypeKind.Text || value == "[]")
        {
            json.WriteRawValue(value);
        }
        else
        {
            json.WriteStringValue(value);
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? limit)
    {
        if (limit is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    private static void WriteType(Utf8JsonWriter json, OptionType type, int depth)
    {
        switch (type.Kind)
        {
            case OptionTypeKind.Text:
                WriteTypes(json, "string", "number", "boolean");
                break;
            case OptionTypeKind.Boolean:
                WriteTypes(json, "boolean", "string");
                break;
            case OptionTypeKind.Integer:
                WriteTypes(json, "integer", "string");
                break;
            case OptionTypeKind.Number:
                WriteTypes(json, "number", "string");
                break;
            case OptionTypeKind.Duration or OptionTypeKind.Size:
                WriteTypes(json, "string", "number");
                break;
            case OptionTypeKind.Choice:
                WriteWords(json, type.Choices.Select(c => c.Word));
                break;
            case OptionTypeKind.List:
                WriteTypes(json, "array", "string", "number", "boolean", "object");
                json.WriteStartObject("items");
                WriteType(json, type.Element!, depth);
                json.WriteEndObject();
                break;
            case OptionTypeKind.Map:
                WriteTypes(json, "object", "string");
                break;
            case OptionTypeKind.Object when depth < Deepest:
                WriteObject(json, type.Fields, depth + 1);
                break;
            case OptionTypeKind.Schema:
                json.WriteString("$ref", "#/$defs/schema");
                break;
            default:
                break;
        }
    }

    // Words match in any case, so they are offered, not demanded.
    private static void WriteWords(Utf8JsonWriter json, IEnumerable<string> words)
    {
        json.WriteStartArray("anyOf");
        json.WriteStartObject();
        json.WriteStartArray("enum");
        foreach (var word in words)
        {
            json.WriteStringValue(word);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("type", "string");
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteTypes(Utf8JsonWriter json, params ReadOnlySpan<string> types)
    {
        if (types.Length == 1)
        {
            json.WriteString("type", types[0]);
            return;
        }

        json.WriteStartArray("type");
        foreach (var type in types)
        {
            json.WriteStringValue(type);
        }

        json.WriteEndArray();
    }
}
