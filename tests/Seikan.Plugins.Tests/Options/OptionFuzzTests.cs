using CsCheck;
using Seikan.Core;

namespace Seikan.Plugins.Tests.Options;

/// <summary>Blocks of any shape.</summary>
public sealed class OptionFuzzTests
{
    private static readonly Gen<string> Scalar = Any(
        "1", "-1", "1.0", "99999999999999999999", "true", "x", "\"\"", "\"a,b\"", "\"[1,2]\"", "\"{\\\"a\\\":1}\"", "\"[\"", "\"{\"", "10s", "64mb", "1e400", "null", "\"\\u0000\"");

    private static readonly Gen<string> Key = Any([.. SampleSourceOptions.AllOptions.SelectMany(o => o.Aliases.Prepend(o.Key)), "path", "rows", "row", "num", "unknown", "a.b"]);

    [Fact]
    public void Any_block_is_bound_or_refused_with_places_and_never_breaks() => Block(3).Sample(
        text =>
        {
            var block = Blocks.Of(text);
            var bound = SampleSourceOptions.Bind(block);
            block.ReportUnknown(Severity.Warning);

            Assert.Equal(bound is null, block.Diagnostics.HasErrors);
            Assert.All(block.Diagnostics.ToImmutable(), d => Assert.InRange(d.Span.Start, 0, text.Length));
            Assert.All(block.Diagnostics.ToImmutable(), d => Assert.True(d.Span.IsKnown));
        },
        iter: 3_000);

    private static Gen<string> Any(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static Gen<string> Block(int depth) =>
        Gen.Select(Key, Value(depth)).Select(p => $"\"{p.Item1}\" = {p.Item2}").List[0, 6].Select(fields => string.Join('\n', fields));

    private static Gen<string> Value(int depth) => depth == 0
        ? Scalar
        : Gen.OneOf(Scalar, Value(depth - 1).List[0, 3].Select(items => $"[{string.Join(", ", items)}]"), Block(depth - 1).Select(b => $"{{ {b}\n }}"));
}
