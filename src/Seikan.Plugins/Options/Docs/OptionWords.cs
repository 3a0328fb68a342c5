namespace Seikan.Plugins;

/// <summary>Words for the shapes and limits of options, the same in every page.</summary>
internal static class OptionWords
{
    /// <summary>The shape of a value in a few words.</summary>
    public static string Of(OptionType type) => type.Kind switch
    {
        OptionTypeKind.Text => "text",
        OptionTypeKind.Boolean => "true or false",
        OptionTypeKind.Integer => "whole number",
        OptionTypeKind.Number => "number",
        OptionTypeKind.Duration => "time",
        OptionTypeKind.Size => "size",
        OptionTypeKind.Choice => "one of " + string.Join(", ", type.Choices.Select(c => $"`{c.Word}`")),
        OptionTypeKind.List => "list of " + Plural(type.Element!),
        OptionTypeKind.Map => "object of texts",
        OptionTypeKind.Object => "object",
        OptionTypeKind.Schema => "schema",
        _ => "any",
    };

    /// <summary>The limits of an option as a clause; empty when there are none.</summary>
    public static string Limits(OptionDescriptor option)
    {
        var unit = option.IsCountLimited ? " elements"
            : option.Type.Kind == OptionTypeKind.Text ? " characters"
            : option.Type.Kind == OptionTypeKind.Duration ? " ms" : "";
        return (option.Minimum, option.Maximum) switch
        {
            (null, null) => "",
            (1, null or >= int.MaxValue) => $"at least 1{(unit == " ms" ? unit : unit.TrimEnd('s'))}",
            (var least, null or >= int.MaxValue) => $"at least {least}{unit}",
            (null, var most) => $"at most {most}{unit}",
            var (least, most) => $"{least} to {most}{unit}",
        };
    }

    /// <summary>A rule over several options as a sentence.</summary>
    public static string Of(OptionRule rule)
    {
        var keys = string.Join(", ", rule.Keys.Select(k => $"`{k}`"));
        return rule.Kind switch
        {
            OptionRuleKind.ExactlyOneOf => $"Exactly one of {keys} must be given.",
            OptionRuleKind.AtMostOneOf => $"At most one of {keys} may be given.",
            _ => $"{keys} are given together or not at all.",
        };
    }

    private static string Plural(OptionType element) => element.Kind switch
    {
        OptionTypeKind.Text => "texts",
        OptionTypeKind.Integer => "whole numbers",
        OptionTypeKind.Number => "numbers",
        OptionTypeKind.Object => "objects",
        OptionTypeKind.Duration => "times",
        OptionTypeKind.Size => "sizes",
        OptionTypeKind.Choice => string.Join(", ", element.Choices.Select(c => $"`{c.Word}`")),
        _ => "values",
    };
}
