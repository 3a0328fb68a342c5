using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Seikan.Generators;

/// <summary>
/// Writes, from options records alone: their binder and descriptor, the entry of each plug-in, and in a host (SeikanPluginHost=true) the table of
/// all plug-ins of the assemblies it references. Everything with logic is ordinary code in Seikan.Plugins.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class PluginGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var records = context.SyntaxProvider.CreateSyntaxProvider(
            static (node, _) => node is RecordDeclarationSyntax record && record.Modifiers.Any(m => m.ValueText == "partial"),
            static (syntax, token) => syntax.SemanticModel.GetDeclaredSymbol((RecordDeclarationSyntax)syntax.Node, token) is INamedTypeSymbol type
                && IsFirstPart(type, syntax.Node) && OptionReading.CanBeWritten(type) ? OptionReading.Read(type) : null)
            .Where(static record => record is not null).Select(static (record, _) => record!);
        context.RegisterSourceOutput(records, static (output, record) => output.AddSource(record.FullName + ".g.cs", OptionWriting.Write(record)));

        var plugins = context.SyntaxProvider.CreateSyntaxProvider(
            static (node, _) => node is ClassDeclarationSyntax { BaseList: { } bases } && bases.Types.Any(t => t.Type is GenericNameSyntax { Identifier.ValueText: "IPlugin" }),
            static (syntax, token) => syntax.SemanticModel.GetDeclaredSymbol((ClassDeclarationSyntax)syntax.Node, token) is INamedTypeSymbol type ? PairOf(type) : default)
            .Where(static pair => pair.Options is not null).Collect();
        var entries = records.Combine(plugins).Select(static (pair, _) => (Record: pair.Left, Plugin: PluginOf(pair.Left, pair.Right))).Where(static entry => entry.Plugin is not null);
        context.RegisterSourceOutput(entries, static (output, entry) => output.AddSource(entry.Record.FullName + ".Entry.g.cs", RegistryWriting.WriteEntry(entry.Record, entry.Plugin!)));

        var isHost = context.AnalyzerConfigOptionsProvider.Select(static (options, _) =>
            options.GlobalOptions.TryGetValue("build_property.SeikanPluginHost", out var value) && value == "true");
        var own = entries.Select(static (entry, _) => RegistryWriting.Entry(entry.Record)).Collect();
        var referenced = context.CompilationProvider.Combine(isHost).Select(static (pair, _) => pair.Right ? FindEntries(pair.Left) : EquatableList<EntryModel>.Empty);
        context.RegisterSourceOutput(referenced.Combine(own).Combine(isHost), static (output, pair) =>
        {
            if (pair.Right)
            {
                output.AddSource("BuiltInPlugins.g.cs", RegistryWriting.WriteTable(pair.Left.Left.Items.Concat(pair.Left.Right)));
            }
        });
    }

    // A record in several parts is written once.
    private static bool IsFirstPart(INamedTypeSymbol type, SyntaxNode node)
    {
        var first = type.DeclaringSyntaxReferences[0];
        return first.SyntaxTree == node.SyntaxTree && first.Span == node.Span;
    }

    private static string? PluginOf(RecordModel record, IEnumerable<(string? Options, string? Plugin)> plugins) =>
        record.Identifier is null ? null : plugins.FirstOrDefault(p => p.Options == "global::" + record.FullName).Plugin;

    private static (string? Options, string? Plugin) PairOf(INamedTypeSymbol type)
    {
        var contract = type.AllInterfaces.FirstOrDefault(i => i.OriginalDefinition.ToDisplayString() == "Seikan.Plugins.IPlugin<TSelf, TOptions>");
        return contract is null
            ? default
            : (contract.TypeArguments[1].ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat), type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat));
    }

    private static EquatableList<EntryModel> FindEntries(Compilation compilation)
    {
        var entries = new List<EntryModel>();
        foreach (var assembly in compilation.References.Select(compilation.GetAssemblyOrModuleSymbol).OfType<IAssemblySymbol>())
        {
            foreach (var attribute in assembly.GetAttributes().Where(a => a.AttributeClass?.ToDisplayString() == "Seikan.Plugins.PluginEntryAttribute"))
            {
                var arguments = attribute.ConstructorArguments;
                var aliases = attribute.NamedArguments.Where(n => n.Key == "Aliases").SelectMany(n => n.Value.Values).Select(v => OptionReading.Literal((string)v.Value!));
                entries.Add(new EntryModel(
                    (string)arguments[0].Value!, OptionReading.EnumMember(attribute, 1), (string)arguments[2].Value!,
                    ((INamedTypeSymbol)arguments[3].Value!).ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat), string.Join(", ", aliases)));
            }
        }

        return new EquatableList<EntryModel>(entries);
    }
}
