using System.Text;

namespace Seikan.Plugins;

/// <summary>The smallest block of a plug-in that says something: what is required, and what has an example.</summary>
internal static class OptionExample
{
    /// <summary>The block as HOCON.</summary>
    public static string Of(PluginDescriptor description)
    {
        var text = new StringBuilder();
        var shown = description.Options.Where(o => o.NotSupported is null && (o.IsRequired || o.Example is not null || IsChosen(o, description))).ToList();
        var (role, name, indent) = description.Kind == PluginKind.Format ? ("sink", "LocalFile", "    ") : (description.Kind.ToString().ToLowerInvariant(), description.Identifier, "    ");
        text.Append($"{role} {{\n  {name} {{\n");
        if (description.Kind == PluginKind.Format)
        {
            text.Append($"{indent}file_format_type = {description.Identifier}\n");
        }

        foreach (var option in shown)
        {
            text.Append($"{indent}{option.Key} {ValueOf(option)}\n");
        }

        return text.Append("  }\n}\n").ToString();
    }

    // Of options that exclude each other the first without an example stands for the others.
    private static bool IsChosen(OptionDescriptor option, PluginDescriptor description) => description.Rules.Any(r =>
        r.Kind == OptionRuleKind.ExactlyOneOf && r.Keys[0] == option.Key && !description.Options.Any(o => r.Keys.Contains(o.Key) && o.Example is not null));

    private static string ValueOf(OptionDescriptor option) => option.Example is { } example ? example.StartsWith('{') ? example : "= " + example : option.Type.Kind switch
    {
        OptionTypeKind.Schema => "{ fields { id = bigint, name = string } }",
        OptionTypeKind.Object or OptionTypeKind.Map or OptionTypeKind.Any => "{ }",
        OptionTypeKind.List => "= [ ]",
        OptionTypeKind.Boolean => "= true",
        OptionTypeKind.Integer or OptionTypeKind.Number => $"= {option.Minimum ?? 1}",
        OptionTypeKind.Duration => "= 10s",
        OptionTypeKind.Size => "= 64mb",
        OptionTypeKind.Choice => $"= {option.Type.Choices[0].Word}",
        _ => "= \"..\"",
    };
}
