using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Seikan.Generators;

/// <summary>Reads options records out of the compilation.</summary>
internal static class OptionReading
{
    private const string Ns = "Seikan.Plugins.";
    private static readonly char[] Blanks = { ' ', '\r', '\n', '\t' };
    private static readonly char[] ReferenceMarks = { '.', ':' };

    /// <summary>True for a record that has options, or inherits them.</summary>
    public static bool IsOptionRecord(INamedTypeSymbol type) =>
        type.IsRecord && (Attribute(type, "PluginOptionsAttribute") is not null || Chain(type).Any(t => t.GetMembers().Any(m => Attribute(m, "OptionAttribute") is not null)));

    /// <summary>True for an options record that another part can be written for: at the top level of a namespace and without type parameters.</summary>
    public static bool CanBeWritten(INamedTypeSymbol type) =>
        type.ContainingType is null && type.TypeParameters.Length == 0 && !type.ContainingNamespace.IsGlobalNamespace && IsOptionRecord(type);

    /// <summary>The model of a record.</summary>
    public static RecordModel Read(INamedTypeSymbol type)
    {
        var plugin = Attribute(type, "PluginOptionsAttribute");
        var options = new List<OptionModel>();
        string? block = null;
        foreach (var property in type.GetMembers().OfType<IPropertySymbol>())
        {
            if (Text(Attribute(property, "OptionAttribute"), 0) is { } key)
            {
                options.Add(ReadOption(type, property, key));
            }
            else if (Attribute(property, "BlockAttribute") is not null)
            {
                block = property.Name;
            }
        }

        var baseType = type.BaseType is { SpecialType: SpecialType.None } b && IsOptionRecord(b) ? Full(b) : null;
        return new RecordModel(
            type.ContainingNamespace.ToDisplayString(), type.Name, type.DeclaredAccessibility == Accessibility.Public ? "public" : "internal",
            type.IsAbstract, baseType, Documentation(type, "summary"), Documentation(type, "remarks"))
        {
            Identifier = plugin is null ? null : Text(plugin, 0),
            Kind = plugin is null ? "" : EnumMember(plugin, 1),
            Aliases = plugin is null ? "" : string.Join(", ", Named(plugin, "Aliases").Select(Literal)),
            Options = new EquatableList<OptionModel>(options),
            Rules = new EquatableList<string>(ReadRules(type).ToList()),
            BlockProperty = block,
        };
    }

    /// <summary>Text of a documentation element on one line; code keeps its back quotes, a reference leaves its last name.</summary>
    public static string Documentation(ISymbol symbol, string element)
    {
        var xml = symbol.GetDocumentationCommentXml();
        if (string.IsNullOrEmpty(xml))
        {
            return "";
        }

        try
        {
            var text = new StringBuilder();
            Append(text, XElement.Parse(xml, LoadOptions.PreserveWhitespace).Element(element));
            return string.Join(" ", text.ToString().Split(Blanks, System.StringSplitOptions.RemoveEmptyEntries));
        }
        catch (System.Xml.XmlException)
        {
            // Half-written documentation; the compiler reports it.
            return "";
        }
    }

    /// <summary>The attribute of this name in our contract, or null.</summary>
    public static AttributeData? Attribute(ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(a => a.AttributeClass?.ToDisplayString() == Ns + name);

    /// <summary>A C# literal of a text.</summary>
    public static string Literal(string text) => Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(text, quote: true);

    private static void Append(StringBuilder text, XElement? element)
    {
        foreach (var node in element?.Nodes() ?? Enumerable.Empty<XNode>())
        {
            if (node is XText plain)
            {
                text.Append(plain.Value);
            }
            else if (node is XElement { Name.LocalName: "c" } code)
            {
                text.Append('`').Append(code.Value).Append('`');
            }
            else if (node is XElement inner && (inner.Attribute("cref") ?? inner.Attribute("name") ?? inner.Attribute("langword")) is { } reference)
            {
                var name = reference.Value.Split('(')[0];
                text.Append(name.Substring(name.LastIndexOfAny(ReferenceMarks) + 1));
            }
            else
            {
                text.Append(' ');
                Append(text, node as XElement);
                text.Append(' ');
            }
        }
    }

    private static OptionModel ReadOption(INamedTypeSymbol record, IPropertySymbol property, string key)
    {
        var type = property.Type;
        var text = new StringBuilder($"new({Literal(key)}, {Literal(property.Name)}, {TypeOf(type, out var read)}, {Literal(Documentation(property, "summary"))})");
        text.Append(" { ");
        Add(text, "Remarks", Documentation(property, "remarks"));
        Flag(text, "IsRequired", property.IsRequired);
        Flag(text, "IsSensitive", Attribute(property, "SensitiveAttribute") is not null || Full(type) == "global::Seikan.Core.Secret");
        Flag(text, "IsAdvanced", Attribute(property, "AdvancedAttribute") is not null);
        Add(text, "Deprecated", Text(Attribute(property, "DeprecatedAttribute"), 0));
        Add(text, "NotSupported", Text(Attribute(property, "NotSupportedYetAttribute"), 0));
        Add(text, "Group", Text(Attribute(property, "GroupAttribute") ?? Attribute(record, "GroupAttribute"), 0));
        Add(text, "Example", Text(Attribute(property, "ExampleAttribute"), 0));
        Add(text, "Unit", Text(Attribute(property, "UnitAttribute"), 0));
        Add(text, "Pattern", Text(Attribute(property, "PatternAttribute"), 0));
        Add(text, "PatternMeaning", Text(Attribute(property, "PatternAttribute"), 1));
        if (Attribute(property, "AliasAttribute") is { } alias)
        {
            text.Append($"Aliases = [{string.Join(", ", Values(alias, 0).Select(Literal))}], ");
        }

        if (Attribute(property, "NamesPluginAttribute") is { } names)
        {
            text.Append($"NamesPlugin = global::Seikan.Plugins.PluginKind.{EnumMember(names, 0)}, ");
        }

        AddLimits(text, property, type);
        AddConditions(text, record, property);
        return new OptionModel(property.Name, text.Append('}').ToString(), read);
    }

    private static void AddLimits(StringBuilder text, IPropertySymbol property, ITypeSymbol type)
    {
        if (Attribute(property, "RangeAttribute") is { } range)
        {
            text.Append($"Minimum = {Number(range, 0)}, Maximum = {Number(range, 1)}, ");
        }

        if (Attribute(property, "LengthAttribute") is { } length)
        {
            text.Append($"Minimum = {Number(length, 0)}, Maximum = {Number(length, 1)}, ");
            Flag(text, "IsCountLimited", type.Name == "IReadOnlyList");
        }
    }

    private static void AddConditions(StringBuilder text, INamedTypeSymbol record, IPropertySymbol property)
    {
        var conditions = property.GetAttributes().Where(a => a.AttributeClass?.ToDisplayString() == Ns + "RequiredWhenAttribute")
            .Where(a => a.ConstructorArguments.Length == 2 && !a.ConstructorArguments[1].IsNull)
            .Select(a => $"({Literal(KeyOf(record, Text(a, 0) ?? ""))}, [{string.Join(", ", a.ConstructorArguments[1].Values.Select(v => Literal(WordOf(v))))}])").ToList();
        if (conditions.Count > 0)
        {
            text.Append($"RequiredWhen = [{string.Join(", ", conditions)}], ");
        }
    }

    private static IEnumerable<string> ReadRules(INamedTypeSymbol type)
    {
        foreach (var attribute in type.GetAttributes())
        {
            var name = attribute.AttributeClass?.ToDisplayString();
            if (name is Ns + "ExactlyOneOfAttribute" or Ns + "AtMostOneOfAttribute" or Ns + "AllOrNoneAttribute")
            {
                var kind = attribute.AttributeClass!.Name.Replace("Attribute", "");
                yield return $"new(global::Seikan.Plugins.OptionRuleKind.{kind}, [{string.Join(", ", Values(attribute, 0).Select(p => Literal(KeyOf(type, p))))}])";
            }
        }
    }

    private static string RulesOf(ITypeSymbol type) =>
        type is INamedTypeSymbol named ? string.Join(", ", Chain(named).Reverse().SelectMany(ReadRules)) : "";

    // The shape of a type for its descriptor, and the read of a property of it: {0} descriptor, {1} property.
    private static string TypeOf(ITypeSymbol type, out string read)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            var shape = TypeOf(nullable.TypeArguments[0], out read);
            read = read.Replace("block.Value(", "block.Optional(");
            return shape;
        }

        if (type is INamedTypeSymbol { Name: "IReadOnlyList", TypeArguments.Length: 1 } list)
        {
            var element = list.TypeArguments[0];
            var shape = TypeOf(element, out var inner);
            read = inner.Replace("block.Record(", "block.Records(").Replace("block.Value(", "block.List(").Replace("block.Any(", "block.Nodes(");
            return $"new(global::Seikan.Plugins.OptionTypeKind.List) {{ Element = {shape} }}";
        }

        var (kind, convert) = Full(type) switch
        {
            "string" => ("Text", "Text"),
            "bool" => ("Boolean", "Boolean"),
            "int" => ("Integer", "Int32"),
            "long" => ("Integer", "Int64"),
            "float" => ("Number", "Single"),
            "double" => ("Number", "Double"),
            "decimal" => ("Number", "Decimal"),
            "global::System.TimeSpan" => ("Duration", "Duration"),
            "global::Seikan.Plugins.ByteSize" => ("Size", "Size"),
            "global::Seikan.Core.Secret" => ("Text", "Secret"),
            _ => ("", ""),
        };
        if (kind.Length > 0)
        {
            read = $"block.Value({{0}}, {{1}}!, global::Seikan.Plugins.OptionConvert.{convert})";
            return $"new(global::Seikan.Plugins.OptionTypeKind.{kind})";
        }

        switch (Full(type))
        {
            case "global::Seikan.Plugins.SchemaSpec":
                read = "block.Schema({0}, {1})!";
                return "new(global::Seikan.Plugins.OptionTypeKind.Schema)";
            case "global::Seikan.Core.ConfigNode":
                read = "block.Any({0}, {1})!";
                return "new(global::Seikan.Plugins.OptionTypeKind.Any)";
            default:
                break;
        }

        if (type.Name == "IReadOnlyDictionary")
        {
            read = "block.Map({0}, {1})";
            return "new(global::Seikan.Plugins.OptionTypeKind.Map) { Element = new(global::Seikan.Plugins.OptionTypeKind.Text) }";
        }

        if (type.TypeKind == TypeKind.Enum)
        {
            read = $"block.Value({{0}}, {{1}}, global::Seikan.Plugins.OptionConvert.Choice<{Full(type)}>)";
            // Sorted as Enum.GetValues sorts: a choice is found by its place.
            var words = type.GetMembers().OfType<IFieldSymbol>().Where(f => f.HasConstantValue).OrderBy(f => System.Convert.ToInt64(f.ConstantValue))
                .Select(f => $"({Literal(WordOf(f))}, {Literal(Documentation(f, "summary"))})");
            return $"new(global::Seikan.Plugins.OptionTypeKind.Choice) {{ Choices = [{string.Join(", ", words)}] }}";
        }

        read = $"block.Record({{0}}, {{1}}, {Full(type)}.Bind)!";
        return $"new(global::Seikan.Plugins.OptionTypeKind.Object) {{ LazyFields = static () => {Full(type)}.DescribeOptions(), Rules = [{RulesOf(type)}] }}";
    }

    private static string KeyOf(INamedTypeSymbol record, string property) =>
        Chain(record).SelectMany(t => t.GetMembers(property)).Select(m => Text(Attribute(m, "OptionAttribute"), 0)).FirstOrDefault(k => k is not null) ?? property;

    private static string WordOf(TypedConstant value) => value.Kind == TypedConstantKind.Enum
        ? value.Type!.GetMembers().OfType<IFieldSymbol>().Where(f => Equals(f.ConstantValue, value.Value)).Select(WordOf).FirstOrDefault() ?? ""
        : value.Value is bool b ? (b ? "true" : "false") : value.Value?.ToString() ?? "";

    private static string WordOf(IFieldSymbol member)
    {
        if (Text(Attribute(member, "WordAttribute"), 0) is { } word)
        {
            return word;
        }

        var text = new StringBuilder();
        for (var i = 0; i < member.Name.Length; i++)
        {
            text.Append(i > 0 && char.IsUpper(member.Name[i]) && !char.IsUpper(member.Name[i - 1]) ? "_" : "").Append(char.ToUpperInvariant(member.Name[i]));
        }

        return text.ToString();
    }

    /// <summary>A type and its bases, the nearest first.</summary>
    public static IEnumerable<INamedTypeSymbol> Chain(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? t = type; t is not null && t.SpecialType == SpecialType.None; t = t.BaseType)
        {
            yield return t;
        }
    }

    /// <summary>Name of the enum member that an attribute was given; empty while it is being written.</summary>
    public static string EnumMember(AttributeData attribute, int argument) =>
        Argument(attribute, argument) is { Kind: TypedConstantKind.Enum } value
            ? value.Type!.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(f => Equals(f.ConstantValue, value.Value))?.Name ?? "" : "";

    /// <summary>The text that an attribute was given; null while it is being written.</summary>
    public static string? Text(AttributeData? attribute, int argument) => Argument(attribute, argument) is { Kind: TypedConstantKind.Primitive } value ? value.Value as string : null;

    private static TypedConstant? Argument(AttributeData? attribute, int index) =>
        attribute is not null && index < attribute.ConstructorArguments.Length ? attribute.ConstructorArguments[index] : null;

    /// <summary>The texts that an attribute was given as a list.</summary>
    public static IEnumerable<string> Values(AttributeData attribute, int argument) => Argument(attribute, argument) is { } array ? Values(array) : Enumerable.Empty<string>();

    private static IEnumerable<string> Values(TypedConstant array) =>
        array.Kind == TypedConstantKind.Array && !array.IsNull ? array.Values.Select(v => v.Value).OfType<string>() : Enumerable.Empty<string>();

    private static IEnumerable<string> Named(AttributeData attribute, string name) =>
        attribute.NamedArguments.Where(n => n.Key == name).SelectMany(n => Values(n.Value));

    private static string Number(AttributeData attribute, int argument) =>
        System.Convert.ToDouble(Argument(attribute, argument)?.Value ?? 0).ToString("R", System.Globalization.CultureInfo.InvariantCulture) + "d";

    /// <summary>Full name without nullability.</summary>
    public static string Full(ITypeSymbol type) =>
        type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    private static void Add(StringBuilder text, string name, string? value) => text.Append(string.IsNullOrEmpty(value) ? "" : $"{name} = {Literal(value!)}, ");

    private static void Flag(StringBuilder text, string name, bool value) => text.Append(value ? $"{name} = true, " : "");
}
