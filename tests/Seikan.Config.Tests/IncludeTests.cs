using Seikan.Core;

namespace Seikan.Config.Tests;

public sealed class IncludeTests
{
    [Theory]
    [InlineData("include \"b.conf\"")]
    [InlineData("include file(\"b.conf\")")]
    [InlineData("include classpath(\"b.conf\")")]
    [InlineData("include required(\"b.conf\")")]
    [InlineData("include required(file(\"b.conf\"))")]
    [InlineData("include required( file( \"b.conf\" ) )  # note")]
    public void Every_form_of_include_works(string line) =>
        Assert.Equal("""{"b":1,"c":2}""", Read(line + "\nc = 2", ("b.conf", "b = 1")));

    [Fact]
    public void Later_fields_win_over_included_ones_and_the_other_way_round() =>
        Assert.Equal("""{"x":2,"o":{"a":1,"b":2}}""", Read("x = 0\ninclude \"b\"\nx = 2\no { b = 2 }", ("b", "x = 1, o { a = 1 }")));

    [Fact]
    public void References_of_an_included_text_look_into_the_object_it_went_into_first() =>
        Assert.Equal(
            """{"n":"outer","m":"root","o":{"n":"inner","x":"inner","y":"root"}}""",
            Read("n = outer\nm = root\no { include \"b\" }", ("b", "n = inner\nx = ${n}\ny = ${m}")));

    [Fact]
    public void Json_is_included_by_its_name() =>
        Assert.Equal("""{"o":{"a":[1,"x"],"p":{"q":1,"r":2}}}""", Read("o { include \"b.json\"\n p { r = 2 } }", ("b.json", """{"a":[1,"x"],"p":{"q":1}}""")));

    [Fact]
    public void A_missing_include_is_a_warning_and_a_required_one_an_error()
    {
        Assert.Equal(["warning CFG-0020 t.conf:1:9: included file \"b\" does not exist"], FirstLines("include \"b\""));
        Assert.Equal(["CFG-0020 t.conf:1:18: included file \"b\" does not exist"], FirstLines("include required(\"b\")"));
    }

    [Fact]
    public void Circles_are_found_directly_and_through_others()
    {
        Assert.Equal(["CFG-0022 b:1:9: \"b\" is included while it is being read"], FirstLines("include \"b\"", ("b", "include \"b\"")));
        Assert.Equal(["CFG-0022 c:1:9: \"t.conf\" is included while it is being read"], FirstLines("include \"b\"", ("b", "include \"c\""), ("c", "include \"t.conf\""), ("t.conf", "")));
    }

    [Fact]
    public void Includes_are_refused_without_a_resolver() =>
        Assert.Equal(
            ["CFG-0021 t.conf:1:9: include of \"/etc/passwd\" is not allowed in this text"],
            Reading.Hocon("include \"/etc/passwd\"").Problems.Select(FirstLine));

    [Fact]
    public void Includes_that_multiply_are_stopped_by_size_and_depth()
    {
        var files = Enumerable.Range(0, 40).Select(i => ($"f{i}", string.Concat(Enumerable.Repeat($"include \"f{i + 1}\"\n", 8)))).ToArray();

        var problems = FirstLines("include \"f0\"", files);

        Assert.Contains(problems, p => p.StartsWith("CFG-0018", StringComparison.Ordinal) || p.StartsWith("CFG-0037", StringComparison.Ordinal));
    }

    [Fact]
    public void Plugins_may_be_included_into_their_block()
    {
        var options = new JobReadOptions { Includes = new Texts([("fakes", "A { x = 1 }\nA { x = 2 }"), ("schema", "fields { id = int }")]) };

        var job = Reading.GoodJob("env { }\nsource { include \"fakes\"\n B { schema { include \"schema\" } } }\nsink { C { } }", options);

        Assert.Equal(["A", "A", "B"], job.Sources.Select(s => s.Name));
        Assert.Equal("fakes:2:1", job.Sources[1].NameSpan.ToString());
        Assert.Equal("""{"schema":{"fields":{"id":"int"}}}""", ConfigText.ToCompactJson(job.Sources[2].Options));
    }

    [Fact]
    public void Files_are_found_beside_the_including_file()
    {
        var folder = Directory.CreateTempSubdirectory("seikan-config").FullName;
        try
        {
            Directory.CreateDirectory(Path.Join(folder, "sub"));
            File.WriteAllText(Path.Join(folder, "sub", "one.conf"), "include \"two\"\ninclude \"../three\"\none = 1");
            File.WriteAllText(Path.Join(folder, "sub", "two.conf"), "two = 2");
            File.WriteAllText(Path.Join(folder, "three.json"), """{"three": 3}""");
            var main = new SourceText(Path.Join(folder, "main.conf"), "include \"sub/one.conf\"\ninclude url(\"http://h/x\")\ninclude \"sub\""u8.ToArray());
            var problems = new DiagnosticBag();

            var root = HoconReader.Read(main, new JobReadOptions { Includes = new FileIncludeResolver() }, problems);

            Assert.Equal("""{"two":2,"three":3,"one":1}""", ConfigText.ToCompactJson(root!));
            Assert.Equal(["CFG-0021", "CFG-0020"], problems.ToImmutable().Select(p => p.Code.Id));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [Fact]
    public void A_file_that_includes_itself_by_another_spelling_is_a_circle()
    {
        var folder = Directory.CreateTempSubdirectory("seikan-config").FullName;
        try
        {
            var path = Path.Join(folder, "main.conf");
            File.WriteAllText(path, "x = 1\ninclude \"./main.conf\"\ninclude \"../" + Path.GetFileName(folder) + "/main\"");
            var problems = new DiagnosticBag();

            var root = HoconReader.Read(JobText.Load(path, problems)!, new JobReadOptions { Includes = new FileIncludeResolver() }, problems);

            Assert.Equal("""{"x":1}""", ConfigText.ToCompactJson(root!));
            Assert.All(problems.ToImmutable(), p => Assert.Equal(ConfigErrors.IncludeCycle, p.Code));
            Assert.Equal(2, problems.Count);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static string Read(string text, params (string Name, string Text)[] files) =>
        Reading.HoconAsJson(text, new JobReadOptions { Includes = new Texts(files) });

    private static IEnumerable<string> FirstLines(string text, params (string Name, string Text)[] files) =>
        Reading.Hocon(text, new JobReadOptions { Includes = new Texts(files) }).Problems.Select(FirstLine);

    private static string FirstLine(Diagnostic problem) => problem.ToString().Split('\n')[0];

    private sealed class Texts((string Name, string Text)[] files) : IIncludeResolver
    {
        public IncludeResult Resolve(IncludeRequest request)
        {
            foreach (var (name, text) in files)
            {
                if (name == request.Name)
                {
                    return new IncludeResult(SourceText.FromString(name, text), null);
                }
            }

            return default;
        }
    }
}
