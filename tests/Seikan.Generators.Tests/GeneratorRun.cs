using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Seikan.Plugins;

namespace Seikan.Generators.Tests;

/// <summary>Runs the generator or the rules over source text, as a compiler does.</summary>
internal static class GeneratorRun
{
    private const string Usings = "global using System; global using System.Collections.Generic; global using Seikan.Core; global using Seikan.Plugins;";

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Preview, DocumentationMode.Parse);

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll"))
            .Append(typeof(OptionBlock).Assembly.Location).Append(typeof(Seikan.Core.Secret).Assembly.Location)
            .Select(p => MetadataReference.CreateFromFile(p)),
    ];

    public static CSharpCompilation Compilation(params IEnumerable<string> sources) => CSharpCompilation.Create(
        "Sample", sources.Prepend(Usings).Select((s, i) => CSharpSyntaxTree.ParseText(s, Parsing, $"{i}.cs")), References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    public static GeneratorDriver Driver(bool isHost = false) => CSharpGeneratorDriver.Create(
        [new PluginGenerator().AsSourceGenerator()], parseOptions: Parsing, optionsProvider: new HostOptions(isHost),
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>The generated files, the compilation with them, and whether the generator itself failed.</summary>
    public static (ImmutableArray<GeneratedSourceResult> Files, Compilation Output, Exception? Failure) Run(string source, bool isHost = false)
    {
        var driver = Driver(isHost).RunGeneratorsAndUpdateCompilation(Compilation(source), out var output, out _, TestContext.Current.CancellationToken);
        var result = driver.GetRunResult().Results.Single();
        return (result.GeneratedSources.IsDefault ? [] : result.GeneratedSources, output, result.Exception);
    }

    /// <summary>What the rules say: id, line and message, sorted.</summary>
    public static async Task<string> RulesAsync(string source)
    {
        var cancellation = TestContext.Current.CancellationToken;
        Driver().RunGeneratorsAndUpdateCompilation(Compilation(source), out var output, out _, cancellation);
        var found = await output.WithAnalyzers([new OptionAnalyzer()]).GetAnalyzerDiagnosticsAsync(cancellation);
        return string.Join('\n', found.OrderBy(d => d.Location.SourceSpan.Start).ThenBy(d => d.Id, StringComparer.Ordinal)
            .Select(d => $"{d.Id} {d.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}"));
    }

    private sealed class HostOptions(bool isHost) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions => new Values(isHost);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Values(bool isHost) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
            {
                value = isHost && key == "build_property.SeikanPluginHost" ? "true" : null;
                return value is not null;
            }
        }
    }
}
