using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Seikan.Generators.Tests;

/// <summary>Code as it is while somebody types.</summary>
public sealed class HalfWrittenTests
{
    [Theory]
    [InlineData("partial record A { [Option] public int X { get; init; } }")]
    [InlineData("partial record A { [Option( public int X { get; init; } }")]
    [InlineData("partial record A { [Option(\"x\") public int X")]
    [InlineData("partial record A { [Option(1)] public int X { get; init; } }")]
    [InlineData("partial record A { [Option(\"x\")] public Unknown X { get; init; } }")]
    [InlineData("partial record A { [Option(\"x\")] public IReadOnlyList<> X { get; init; } }")]
    [InlineData("partial record A { [Option(\"x\")] public IReadOnlyList X { get; init; } }")]
    [InlineData("partial record A { [Option(\"x\"), Alias] public int X { get; init; } }")]
    [InlineData("partial record A { [Option(\"x\"), Alias(null)] public int X { get; init; } }")]
    [InlineData("partial record A { [Option(\"x\"), Range(1)] public int X { get; init; } }")]
    [InlineData("partial record A { [Option(\"x\"), RequiredWhen] public int X { get; init; } }")]
    [InlineData("partial record A { [Option(\"x\"), RequiredWhen(\"Y\", null)] public int X { get; init; } }")]
    [InlineData("partial record A { [Option(\"x\"), NamesPlugin] public int X { get; init; } }")]
    [InlineData("[PluginOptions] partial record A { }")]
    [InlineData("[PluginOptions(\"A\")] sealed partial record A : SourceOptions;")]
    [InlineData("[PluginOptions(\"A\", (PluginKind)9)] sealed partial record A : SourceOptions;")]
    [InlineData("[ExactlyOneOf] partial record A { [Option(\"x\")] public int X { get; init; } }")]
    [InlineData("[ExactlyOneOf(nameof(Gone))] partial record A { [Option(\"x\")] public int X { get; init; } }")]
    [InlineData("/// <summary>Open\npartial record A { /// <summary>Open</c>\n[Option(\"x\")] public int X { get; init; } }")]
    [InlineData("partial record A<T> { [Option(\"x\")] public T X { get; init; } }")]
    [InlineData("class B { partial record A { [Option(\"x\")] public int X { get; init; } } }")]
    [InlineData("partial record A { [Option(\"x\")] public int X { get; init; } } partial record A { [Option(\"y\")] public int Y { get; init; } }")]
    [InlineData("partial record A : Missing { [Option(\"x\")] public int X { get; init; } }")]
    [InlineData("partial record A : A { [Option(\"x\")] public int X { get; init; } }")]
    [InlineData("[PluginOptions(\"A\", PluginKind.Sink)] sealed partial record A : SinkOptions; class P : IPlugin<P> { }")]
    [InlineData("[PluginOptions(\"A\", PluginKind.Sink)] sealed partial record A : SinkOptions; class P : IPlugin<P, >")]
    public async Task Code_that_is_being_written_never_breaks_the_generator_or_the_rules(string source)
    {
        Assert.Null(GeneratorRun.Run("namespace N; " + source, isHost: true).Failure);
        Assert.Null(GeneratorRun.Run(source).Failure);
        Assert.DoesNotContain("AD0001", await GeneratorRun.RulesAsync("namespace N; " + source), StringComparison.Ordinal);
    }

    [Fact]
    public void Work_elsewhere_writes_nothing_anew()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var compilation = GeneratorRun.Compilation("namespace N; public sealed partial record A { [Option(\"x\")] public int X { get; init; } }", "class Other { }");
        var driver = GeneratorRun.Driver().RunGenerators(compilation, cancellation);

        var edited = compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[2], CSharpSyntaxTree.ParseText("class Other { int x; }", (CSharpParseOptions)compilation.SyntaxTrees[2].Options, "2.cs", cancellationToken: cancellation));
        var result = driver.RunGenerators(edited, cancellation).GetRunResult().Results.Single();

        Assert.Single(result.GeneratedSources);
        Assert.All(
            result.TrackedOutputSteps.SelectMany(s => s.Value).SelectMany(s => s.Outputs), o => Assert.Contains(o.Reason, new[] { IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged }));
    }
}
