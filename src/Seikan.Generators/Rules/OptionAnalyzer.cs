using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Seikan.Generators;

/// <summary>Holds options records to <see cref="OptionRules"/>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OptionAnalyzer : DiagnosticAnalyzer
{
    private static readonly Regex Secret = new(
        "(^|[._-])(password|passwd|pwd|passphrase|secret|secret[._-]?key|access[._-]?key|api[._-]?key|private[._-]?key|token|credentials?)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly Regex Timed = new(
        "(^|[._-])(timeout|interval|delay|duration|ttl|period|backoff|max[._-]?age)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => OptionRules.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(CheckRecord, SymbolKind.NamedType);
        context.RegisterSyntaxNodeAction(CheckDefault, SyntaxKind.PropertyDeclaration);
    }

    private static void CheckRecord(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        var own = type.GetMembers().OfType<IPropertySymbol>().Where(p => KeyOf(p) is not null).ToList();
        if (own.Count == 0 && OptionReading.Attribute(type, "PluginOptionsAttribute") is null)
        {
            return;
        }

        CheckShape(context, type);
        var keys = new Dictionary<string, string>();
        foreach (var property in OptionReading.Chain(type).Skip(1).SelectMany(t => t.GetMembers().OfType<IPropertySymbol>()).Where(p => KeyOf(p) is not null))
        {
            KeysOf(property).ToList().ForEach(k => keys[k] = property.Name);
        }

        foreach (var property in own)
        {
            CheckOption(context, property, KeyOf(property)!);
            foreach (var key in KeysOf(property))
            {
                if (keys.TryGetValue(key, out var other))
                {
                    Report(context, OptionRules.DuplicateKey, property, key, other);
                }

                keys[key] = property.Name;
            }
        }
    }

    private static void CheckShape(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        var parts = type.DeclaringSyntaxReferences.Select(r => r.GetSyntax(context.CancellationToken)).OfType<TypeDeclarationSyntax>();
        if (!type.IsRecord || !type.IsSealed && !type.IsAbstract)
        {
            Report(context, OptionRules.NotSealedPartial, type, type.Name, "a sealed or abstract record");
        }
        else if (parts.Any(p => !p.Modifiers.Any(SyntaxKind.PartialKeyword)))
        {
            Report(context, OptionRules.NotSealedPartial, type, type.Name, "partial");
        }
        else if (!OptionReading.CanBeWritten(type))
        {
            Report(context, OptionRules.NotSealedPartial, type, type.Name, "at the top level of a namespace, without type parameters");
        }
    }

    private static void CheckOption(SymbolAnalysisContext context, IPropertySymbol property, string key)
    {
        if (HasNoSummary(property))
        {
            Report(context, OptionRules.NoSummary, property, key);
        }

        var element = ElementOf(property.Type);
        if (element is null)
        {
            Report(context, OptionRules.UnknownType, property, key, property.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat));
            return;
        }

        if (element.SpecialType == SpecialType.System_String && Secret.IsMatch(key) && OptionReading.Attribute(property, "SensitiveAttribute") is null)
        {
            Report(context, OptionRules.LooksSecret, property, key);
        }

        var isNumber = element.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Single or SpecialType.System_Double;
        if (isNumber && Timed.IsMatch(key) && OptionReading.Attribute(property, "UnitAttribute") is null)
        {
            Report(context, OptionRules.NoUnit, property, key);
        }

        if (element.TypeKind == TypeKind.Enum)
        {
            foreach (var member in element.GetMembers().OfType<IFieldSymbol>().Where(f => HasNoSummary(f)))
            {
                Report(context, OptionRules.MemberWithoutSummary, property, element.Name + "." + member.Name);
            }
        }
    }

    // The type that a value, an optional value or an element of a list has; null when it cannot be bound.
    private static ITypeSymbol? ElementOf(ITypeSymbol type)
    {
        var inner = type switch
        {
            INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable => nullable.TypeArguments[0],
            INamedTypeSymbol { Name: "IReadOnlyList", TypeArguments.Length: 1 } list => list.TypeArguments[0],
            _ => type,
        };
        var isScalar = inner.TypeKind is TypeKind.Enum or TypeKind.Error || OptionReading.Full(inner) is "string" or "bool" or "int" or "long" or "float" or "double" or "decimal"
            or "global::System.TimeSpan" or "global::Seikan.Plugins.ByteSize" or "global::Seikan.Core.Secret" or "global::Seikan.Core.ConfigNode";
        var isMap = inner is INamedTypeSymbol { Name: "IReadOnlyDictionary", TypeArguments: { Length: 2 } arguments } && arguments.All(a => a.SpecialType == SpecialType.System_String);
        var isAlone = SymbolEqualityComparer.Default.Equals(inner, type) && (isMap || OptionReading.Full(inner) == "global::Seikan.Plugins.SchemaSpec");
        return isScalar || isAlone || inner is INamedTypeSymbol named && OptionReading.IsOptionRecord(named) ? inner : null;
    }

    private static void CheckDefault(SyntaxNodeAnalysisContext context)
    {
        var syntax = (PropertyDeclarationSyntax)context.Node;
        if (syntax.AttributeLists.Count == 0 || context.SemanticModel.GetDeclaredSymbol(syntax, context.CancellationToken) is not { } property
            || KeyOf(property) is not { } key || OptionReading.Attribute(property, "RangeAttribute") is not { ConstructorArguments: { Length: 2 } limits })
        {
            return;
        }

        var value = syntax.Initializer is { } initializer
            ? context.SemanticModel.GetConstantValue(initializer.Value, context.CancellationToken).Value
            : !property.IsRequired && property.Type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Single or SpecialType.System_Double ? 0 : null;
        if (value is not (int or long or float or double))
        {
            return;
        }

        var number = System.Convert.ToDouble(value, CultureInfo.InvariantCulture);
        if (number < System.Convert.ToDouble(limits[0].Value, CultureInfo.InvariantCulture) || number > System.Convert.ToDouble(limits[1].Value, CultureInfo.InvariantCulture))
        {
            context.ReportDiagnostic(Diagnostic.Create(OptionRules.DefaultOutOfRange, syntax.Identifier.GetLocation(), key, number.ToString(CultureInfo.InvariantCulture)));
        }
    }

    private static string? KeyOf(IPropertySymbol property) => OptionReading.Text(OptionReading.Attribute(property, "OptionAttribute"), 0);

    private static IEnumerable<string> KeysOf(IPropertySymbol property) =>
        (OptionReading.Attribute(property, "AliasAttribute") is { } alias ? OptionReading.Values(alias, 0) : Enumerable.Empty<string>()).Prepend(KeyOf(property)!);

    // Documentation of other assemblies is not at hand here; theirs was checked when they were built.
    private static bool HasNoSummary(ISymbol symbol) =>
        symbol.DeclaringSyntaxReferences.Any(r => r.SyntaxTree.Options.DocumentationMode != DocumentationMode.None) && OptionReading.Documentation(symbol, "summary").Length == 0;

    private static void Report(SymbolAnalysisContext context, DiagnosticDescriptor rule, ISymbol symbol, params string[] arguments) =>
        context.ReportDiagnostic(Diagnostic.Create(rule, symbol.Locations.FirstOrDefault(l => l.IsInSource) ?? Location.None, arguments));
}
