using System.Text;
using Seikan.Core;

namespace Seikan.Config.Tests;

/// <summary>
/// Damaged texts: never a crash or a hang, places inside the text. <c>SEIKAN_FUZZ=1000000</c> sets how many; each is made from its
/// number alone, so that a failure comes again.
/// </summary>
public sealed class FuzzTests
{
    private const int InSuite = 6000;

    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", "\"", "\"\"\"", "${", "${?", "}", ":", "=", "+=", ",", "\n", "\r\n", "#", "//", "->", "\\", "\\u", "\\ud83d", "include ",
        "include required(file(\"a\"))", "include \"b\"", "source", "sink", "transform", "env", "plugin_name", "error_handler", "null", "1e+", "-", ".", " ",
        "${a}", "${a->b}", "${a:[1]}", "a = ${a}\n", "a += ${a}\n", "a = ${a}${a}\n", "a { b = ${a} }\n", "\u00A0", "\uFEFF", "\0", "é", "😀", "[[[[[[[[[[[[[[[[[[[[", "{a{a{a{a{a{a{a{a{a",
    ];

    [Fact]
    public void Damaged_texts_never_crash_and_places_stay_inside()
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable("SEIKAN_FUZZ"), out var wanted) ? wanted : InSuite;
        var seeds = Directory.GetFiles(Path.Join(Reading.Root(), "tests", "cases", "config"), "*", SearchOption.AllDirectories)
            .Where(f => !f.EndsWith(".golden", StringComparison.Ordinal) && !f.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllBytes)
            .Append("a = 1\na = ${a}${?b}[2]\no { x = ${a} } ${o}\nl += ${o->x}\no = ${o} { y = ${o->x} }"u8.ToArray())
            .ToArray();

        Parallel.For(0, count, i => Check(i, Damage(new Random(i), seeds)));
    }

    private static void Check(int number, byte[] bytes)
    {
        var kind = number % 4 == 0 ? JobTextKind.Json : JobTextKind.Hocon;
        var text = new SourceText("fuzz", bytes);
        var options = new JobReadOptions
        {
            Variables = new Dictionary<string, VariableValue> { ["a"] = new("[1,{b=2}]"), ["b"] = new("x") },
            Includes = new Repeat(bytes),
            MaxExpansion = 20_000,
        };
        try
        {
            var result = JobReader.Read(text, kind, options);
            foreach (var problem in result.Diagnostics)
            {
                Inside(problem.Span, problem.ToString());
            }

            if (result.Job is { } job)
            {
                Inside(job.Env);
                foreach (var block in job.Sources.Concat(job.Transforms).Concat(job.Sinks))
                {
                    Inside(block.NameSpan, block.Path);
                    Inside(block.Options);
                }
            }
            else
            {
                Assert.True(result.HasErrors, "no job and no error");
            }
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"input {number}: {Encoding.UTF8.GetString(bytes)}", e);
        }
    }

    private static void Inside(ConfigNode node)
    {
        Inside(node.Span, node.ToString() ?? "");
        if (node is ConfigList list)
        {
            foreach (var item in list.Items)
            {
                Inside(item);
            }
        }
        else if (node is ConfigObject fields)
        {
            foreach (var field in fields.Fields)
            {
                Inside(field.KeySpan, field.Key);
                Inside(field.Value);
            }
        }
    }

    private static void Inside(SourceSpan span, string what) =>
        Assert.True(
            span.Document is { } document && span.Start >= 0 && span.Length >= 0 && span.End <= document.Utf8.Length,
            $"place {span.Start}+{span.Length} of {what}");

    private static byte[] Damage(Random random, byte[][] seeds)
    {
        var bytes = seeds[random.Next(seeds.Length)].ToList();
        if (random.Next(3) == 0)
        {
            // Short texts reach the odd corners more often.
            var from = random.Next(bytes.Count);
            bytes = bytes.GetRange(from, Math.Min(random.Next(80), bytes.Count - from));
        }

        for (var n = random.Next(1, 8); n > 0; n--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(6))
            {
                case 0 when at < bytes.Count:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at));
                    break;
                case 1 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(128);
                    break;
                case 2 when at < bytes.Count:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, Math.Min(random.Next(1, 60), bytes.Count - at)));
                    break;
                case 3 when random.Next(20) == 0:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                default:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
                    break;
            }
        }

        return [.. bytes];
    }

    // Every include finds a text, of a new name each time: only the limits end it.
    private sealed class Repeat(byte[] bytes) : IIncludeResolver
    {
        private int _count;

        public IncludeResult Resolve(IncludeRequest request) =>
            ++_count > 50 ? default : new IncludeResult(new SourceText($"fuzz{_count}{(_count % 5 == 0 ? ".json" : "")}", bytes), null);
    }
}
