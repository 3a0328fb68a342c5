using Seikan.Config;
using Seikan.Core;

namespace Seikan.Plugins.Tests.Options;

/// <summary>Blocks from job text, and what binding them says.</summary>
internal static class Blocks
{
    public static OptionBlock Of(string text)
    {
        var problems = new DiagnosticBag();
        var root = HoconReader.Read(SourceText.FromString("t.conf", text), JobReadOptions.Default, problems);
        Assert.False(problems.HasErrors, string.Join('\n', problems.ToImmutable()));
        return new OptionBlock(root!, "source[0] Sample", new DiagnosticBag());
    }

    public static SampleSourceOptions Good(string text)
    {
        var block = Of(text);
        var bound = SampleSourceOptions.Bind(block);
        block.ReportUnknown(Severity.Warning);
        Assert.True(block.Diagnostics.Count == 0, Problems(block));
        return bound!;
    }

    /// <summary>Binds, reports unknown keys, and gives every problem as one line: code, line:column, message, fix.</summary>
    public static (SampleSourceOptions? Bound, string Problems) Bind(string text)
    {
        var block = Of(text);
        var bound = SampleSourceOptions.Bind(block);
        block.ReportUnknown(Severity.Warning);
        return (bound, Problems(block));
    }

    public static string Problems(OptionBlock block) => string.Join('\n', block.Diagnostics.ToImmutable().Select(d =>
        $"{(d.Severity == Severity.Warning ? "warning " : "")}{d.Code.Id} {d.Span.ToString()["t.conf:".Length..]} {d.Message} | {d.FixText}"));
}
