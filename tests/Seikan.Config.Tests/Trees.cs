using CsCheck;
using Seikan.Core;

namespace Seikan.Config.Tests;

/// <summary>Random config trees and their comparison.</summary>
internal static class Trees
{
    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String[Gen.Char["ab ->.:{}[]\"\\$#/,=+\n\r\t\u0000é\u00A0日?"], 0, 12],
        OneOf("${a}", "${a:b}", "x ${y:z} w", "include", "true", "null", "5", "a->b", "http://x/y", "\"\"\"", "😀", "\uFEFF", "// x"),
        Gen.String[Gen.Char.AlphaNumeric, 1, 8]);

    private static readonly Gen<ConfigScalar> Scalar = Gen.OneOf(
        Text.Select(t => Of(t, ScalarKind.QuotedText)),
        Gen.String[Gen.Char['f', 'm'], 1, 6].Select(t => Of("x" + t, ScalarKind.BareText)),
        OneOf("0", "-1", "1.50", "1e3", "2E-7", "1e+9", "123456789012345678901234567890").Select(t => Of(t, ScalarKind.Number)),
        OneOf("true", "false").Select(t => Of(t, ScalarKind.Boolean)),
        Gen.Const("null").Select(t => Of(t, ScalarKind.Null)));

    public static readonly Gen<ConfigObject> Objects = ObjectOf(3);

    public static string Describe(ConfigNode node, bool isJson) => node switch
    {
        ConfigScalar { Kind: ScalarKind.BareText } s when isJson => $"{ScalarKind.QuotedText}:{s.Text}",
        ConfigScalar s => $"{s.Kind}:{s.Text}",
        ConfigList l => $"[{string.Join("|", l.Items.Select(i => Describe(i, isJson)))}]",
        ConfigObject o => $"{{{string.Join("|", o.Fields.Select(f => $"<{f.Key}>{Describe(f.Value, isJson)}"))}}}",
        _ => "?",
    };

    private static ConfigScalar Of(string text, ScalarKind kind) => new(text, kind, default);

    private static Gen<string> OneOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Gen<ConfigNode> NodeOf(int depth) => depth == 0
        ? Node(Scalar)
        : Gen.Frequency((4, Node(Scalar)), (1, Node(NodeOf(depth - 1).List[0, 4].Select(ListFrom))), (2, Node(ObjectOf(depth - 1))));

    private static Gen<ConfigNode> Node<T>(Gen<T> gen)
        where T : ConfigNode => gen.Select(n => (ConfigNode)n);

    private static ConfigList ListFrom(List<ConfigNode> items) => new([.. items], default);

    private static Gen<ConfigObject> ObjectOf(int depth) =>
        Gen.Select(Text, NodeOf(depth)).List[0, 5].Select(fields => new ConfigObject(
            [.. fields.DistinctBy(f => f.Item1).Select(f => new ConfigField(f.Item1, default, f.Item2))], default));
}
