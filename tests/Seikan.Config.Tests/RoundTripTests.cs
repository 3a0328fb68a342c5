using CsCheck;
using Seikan.Core;

namespace Seikan.Config.Tests;

public sealed class RoundTripTests
{
    [Fact]
    public void What_is_written_as_hocon_reads_back_the_same() => Trees.Objects.Sample(
        tree =>
        {
            var (root, problems) = Reading.Hocon(ConfigText.ToHocon(tree));
            Assert.DoesNotContain(problems, p => p.Severity == Severity.Error);
            Assert.Equal(Trees.Describe(tree, false), Trees.Describe(root!, false));
        },
        iter: 2000);

    [Fact]
    public void What_is_written_as_json_reads_back_the_same_in_both_languages() => Trees.Objects.Sample(
        tree =>
        {
            // JSON has no way to keep a reference with a default from being filled.
            var text = ConfigText.ToJson(tree).Replace("${", "$ {", StringComparison.Ordinal);
            var expected = Trees.Describe(tree, true).Replace("${", "$ {", StringComparison.Ordinal);
            var problems = new DiagnosticBag();

            var json = JsonReader.Read(SourceText.FromString("t.json", text), JobReadOptions.Default, problems);
            var hocon = HoconReader.Read(SourceText.FromString("t.conf", text), JobReadOptions.Default, problems);

            Assert.Empty(problems.ToImmutable());
            Assert.Equal(expected, Trees.Describe(json!, true));
            Assert.Equal(expected, Trees.Describe(hocon!, true));
        },
        iter: 2000);
}
