namespace Seikan.Generators.Tests;

/// <summary>The compile-time rules, each with code that breaks it and code that does not.</summary>
public sealed class RuleTests
{
    [Theory]
    [InlineData("[Option(\"x\")] public int X { get; init; }", "SKN0001 Option \"x\" has no summary")]
    [InlineData("/// <remarks>R.</remarks>\n[Option(\"x\")] public int X { get; init; }", "SKN0001 Option \"x\" has no summary")]
    [InlineData("/// <summary>S.</summary>\n[Option(\"x\")] public int X { get; init; }\n/// <summary>S.</summary>\n[Option(\"x\")] public int Y { get; init; }", "SKN0002 Key \"x\" is declared twice, also by \"X\"")]
    [InlineData("/// <summary>S.</summary>\n[Option(\"x\")] public int X { get; init; }\n/// <summary>S.</summary>\n[Option(\"y\"), Alias(\"x\")] public int Y { get; init; }", "SKN0002 Key \"x\" is declared twice, also by \"X\"")]
    [InlineData("/// <summary>S.</summary>\n[Option(\"user.password\")] public string? X { get; init; }", "SKN0003 Key \"user.password\" looks secret; mark the property [Sensitive] or make it a Secret")]
    [InlineData("/// <summary>S.</summary>\n[Option(\"fs.access-key\")] public string? X { get; init; }", "SKN0003 Key \"fs.access-key\" looks secret; mark the property [Sensitive] or make it a Secret")]
    [InlineData("/// <summary>S.</summary>\n[Option(\"password\")] public Secret? X { get; init; }", "")]
    [InlineData("/// <summary>S.</summary>\n[Option(\"token\"), Sensitive] public string? X { get; init; }", "")]
    [InlineData("/// <summary>S.</summary>\n[Option(\"tokenizer\")] public string? X { get; init; }", "")]
    [InlineData("/// <summary>S.</summary>\n[Option(\"x\"), Range(1, 9)] public int X { get; init; } = 10;", "SKN0004 Default 10 of \"x\" is outside its range")]
    [InlineData("/// <summary>S.</summary>\n[Option(\"x\"), Range(1, 9)] public int X { get; init; }", "SKN0004 Default 0 of \"x\" is outside its range")]
    [InlineData("/// <summary>S.</summary>\n[Option(\"x\"), Range(1, 9)] public int? X { get; init; }", "")]
    [InlineData("/// <summary>S.</summary>\n[Option(\"x\"), Range(1, 9)] public required int X { get; init; }", "")]
    [InlineData("/// <summary>S.</summary>\n[Option(\"x\"), Range(-1, 9)] public double X { get; init; } = -1;", "")]
    [InlineData("/// <summary>S.</summary>\n[Option(\"read.timeout\")] public int X { get; init; }", "SKN0005 Number \"read.timeout\" needs a unit: a TimeSpan or ByteSize, [Unit], or a suffix such as _ms")]
    [InlineData("/// <summary>S.</summary>\n[Option(\"read.timeout_ms\")] public int X { get; init; }", "")]
    [InlineData("/// <summary>S.</summary>\n[Option(\"read.timeout\"), Unit(\"ms\")] public int X { get; init; }", "")]
    [InlineData("/// <summary>S.</summary>\n[Option(\"read.timeout\")] public TimeSpan X { get; init; }", "")]
    [InlineData("/// <summary>S.</summary>\n[Option(\"x\")] public Mode X { get; init; }", "SKN0006 Member \"Mode.B\" of an option's enum has no summary")]
    [InlineData("/// <summary>S.</summary>\n[Option(\"x\")] public IReadOnlyList<Mode>? X { get; init; }", "SKN0006 Member \"Mode.B\" of an option's enum has no summary")]
    [InlineData("/// <summary>S.</summary>\n[Option(\"x\")] public short X { get; init; }", "SKN0008 Option \"x\" has type \"short\", which cannot be bound; OptionAttribute lists those that can")]
    [InlineData("/// <summary>S.</summary>\n[Option(\"x\")] public List<int>? X { get; init; }", "SKN0008 Option \"x\" has type \"List<int>?\", which cannot be bound; OptionAttribute lists those that can")]
    [InlineData("/// <summary>S.</summary>\n[Option(\"x\")] public IReadOnlyDictionary<string, int>? X { get; init; }", "SKN0008 Option \"x\" has type \"IReadOnlyDictionary<string, int>?\", which cannot be bound; OptionAttribute lists those that can")]
    [InlineData("/// <summary>S.</summary>\n[Option(\"x\")] public IReadOnlyDictionary<string, string>? X { get; init; }", "")]
    [InlineData("/// <summary>S.</summary>\n[Option(\"x\")] public IReadOnlyList<ConfigNode>? X { get; init; }", "")]
    [InlineData("/// <summary>S.</summary>\n[Option(\"x\")] public SchemaSpec? X { get; init; }", "")]
    public async Task A_property_keeps_the_rules(string property, string expected) => Assert.Equal(
        expected,
        await GeneratorRun.RulesAsync($"namespace N;\npublic sealed partial record A\n{{\n{property}\n}}\n\npublic enum Mode\n{{\n/// <summary>S.</summary>\nA,\nB,\n}}\n"));

    [Theory]
    [InlineData("public partial record A { PROPERTY }", "SKN0007 Options record \"A\" must be a sealed or abstract record")]
    [InlineData("public sealed record A { PROPERTY }", "SKN0007 Options record \"A\" must be partial")]
    [InlineData("public sealed partial class A { PROPERTY }", "SKN0007 Options record \"A\" must be a sealed or abstract record")]
    [InlineData("public static partial class B { public sealed partial record A { PROPERTY } }", "SKN0007 Options record \"A\" must be at the top level of a namespace, without type parameters")]
    [InlineData("public sealed partial record A { PROPERTY }", "")]
    [InlineData("public abstract partial record A { PROPERTY }", "")]
    public async Task An_options_record_has_the_right_shape(string record, string expected) => Assert.Equal(
        expected, await GeneratorRun.RulesAsync("namespace N;\n" + record.Replace("PROPERTY", "\n/// <summary>S.</summary>\n[Option(\"x\")] public int X { get; init; }\n", StringComparison.Ordinal)));

    [Fact]
    public async Task A_key_of_a_base_in_another_assembly_is_not_declared_again() => Assert.Equal(
        "SKN0002 Key \"parallelism\" is declared twice, also by \"Parallelism\"",
        await GeneratorRun.RulesAsync("namespace N;\npublic sealed partial record A : SourceOptions\n{\n/// <summary>S.</summary>\n[Option(\"parallelism\")] public int X { get; init; }\n}\n"));
}
