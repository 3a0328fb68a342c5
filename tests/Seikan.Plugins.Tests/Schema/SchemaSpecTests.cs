using Seikan.Config;
using Seikan.Core;

namespace Seikan.Plugins.Tests.Schema;

public sealed class SchemaSpecTests
{
    private const string Opening = "schema = {";

    [Fact]
    public void The_short_form_gives_nullable_columns_in_file_order()
    {
        var schema = Good("""
            fields {
              z = bigint
              "a.b" = "decimal(10, 2)"
              tags = "array<string>"
              who { name = string, ages = "map<string, int>" }
            }
            """).ToTableSchema(TablePath.Default);
        Assert.Equal(TablePath.Default, schema.Path);
        Assert.Equal("z bigint, a.b decimal(10, 2), tags array<string>, who {name = string, ages = map<string, int>}", string.Join(", ", schema.Columns.Select(c => $"{c.Name} {c.Type}")));
        Assert.All(schema.Columns, c => Assert.Equal(new ColumnDef(c.Name, c.Type), c));
    }

    [Fact]
    public void The_long_form_gives_everything_a_table_has()
    {
        var spec = Good("""
            table = "db.t", comment = "people"
            columns = [
              { name = id, type = bigint, nullable = false, comment = "the key", defaultValue = 7 }
              { name = name, type = string, columnLength = 5000000000, defaultValue = null }
              { name = at, type = timestamp, columnScale = 9 }
              { name = v, type = float_vector, columnScale = 4, defaultValue = [1, 2, 3, 4] }
            ]
            primaryKey { name = pk, columnNames = [id, name] }
            constraintKeys = [
              { constraintName = u, constraintType = UNIQUE_KEY, constraintColumns = [ { columnName = name, sortType = desc } ] }
              { constraintName = i, constraintType = KEY, constraintColumns = [ { columnName = at } ] }
              { constraintName = f, constraintType = foreign_key, constraintColumns = [ { columnName = at, sortType = ASC } ] }
              { constraintName = x, constraintType = VECTOR_INDEX_KEY
                constraintColumns = [ { columnName = v, indexName = vi, indexType = hnsw, metricType = COSINE } ] }
            ]
            partition_keys = [at]
            """);
        var schema = spec.ToTableSchema(TablePath.Default);
        var expected = new TableSchema(
            new TablePath("db", null, "t"),
            [
                new ColumnDef("id", DataType.BigInt) { IsNullable = false, Comment = "the key", Default = "7" },
                new ColumnDef("name", DataType.String) { Length = 5_000_000_000 },
                new ColumnDef("at", new TimestampType(9)),
                new ColumnDef("v", new VectorType(TypeKind.FloatVector, 4)),
            ])
        {
            Comment = "people", PartitionKeys = ["at"],
            Keys =
            [
                new TableKey("pk", KeyKind.Primary, [new KeyColumn("id"), new KeyColumn("name")]),
                new TableKey("u", KeyKind.Unique, [new KeyColumn("name", SortOrder.Descending)]),
                new TableKey("i", KeyKind.Index, [new KeyColumn("at")]),
                new TableKey("f", KeyKind.Foreign, [new KeyColumn("at")]),
                new TableKey("x", KeyKind.VectorIndex, [new KeyColumn("v") { VectorIndex = new VectorIndex("vi", "HNSW", "COSINE") }]),
            ],
        };
        Assert.Equal(expected, schema);
        Assert.Equal("7", Assert.IsType<ConfigScalar>(spec.Columns[0].Default).Text);
        Assert.Null(spec.Columns[1].Default);
        Assert.Equal(4, Assert.IsType<ConfigList>(spec.Columns[3].Default).Items.Length);
    }

    [Theory]
    [InlineData("table = t", "t")]
    [InlineData("table = \"a.t\"", "a.t")]
    [InlineData("table = \"a.t\", schema_first = true", "-.a.t")]
    [InlineData("table = \"a.b.t\"", "a.b.t")]
    public void The_table_is_a_path(string text, string expected)
    {
        var path = Good(text + ", fields { a = int }").Table!;
        Assert.Equal(expected, path is { Database: null, Schema: not null } ? "-." + path : path.ToString());
    }

    [Fact]
    public void The_docs_spelling_of_a_primary_key_works_too() =>
        Assert.Equal("id", Assert.Single(Good("fields { id = int }, primaryKey { name = pk, columns = [id] }").Keys).Columns[0].Name);

    [Theory]
    [InlineData("fields { a = int }, ^columns = []", "OPT-0006 the schema has both \"fields\" and \"columns\"")]
    [InlineData("fields = ^[ a ]", "OPT-0003 \"fields\" is not an object")]
    [InlineData("columns ^{ a = int }", "OPT-0003 \"columns\" is not a list")]
    [InlineData("fields ^{ }", "OPT-0001 the schema has no column")]
    [InlineData("columns = [ ^int ]", "OPT-0003 a column is not an object")]
    [InlineData("columns = [ ^{ type = int } ]", "OPT-0001 a column has no \"name\"")]
    [InlineData("columns = [ ^{ name = a } ]", "OPT-0001 column \"a\" has no \"type\"")]
    [InlineData("columns = [ { name = a, type = int }, { name = ^a, type = int } ]", "OPT-0005 column \"a\" stands twice in the schema")]
    [InlineData("fields { a = \"^decimal(10)\" }", "TYP-0002 \"decimal(10)\" has no scale")]
    [InlineData("fields { a = \"array<^strng>\" }", "TYP-0001 unknown type \"strng\"")]
    [InlineData("fields { a = ^null }", "TYP-0005 \"null\" is not a type")]
    [InlineData("columns = [ { name = a, type = ^null } ]", "TYP-0005 \"null\" is not a type")]
    [InlineData("table = ^\"a..t\", fields { a = int }", "OPT-0005 \"a..t\" is not a table path")]
    [InlineData("table = ^[t], fields { a = int }", "OPT-0003 \"table\" is not a text")]
    [InlineData("schema_first = ^maybe, fields { a = int }", "OPT-0003 \"schema_first\" is \"maybe\", not true or false")]
    [InlineData("columns = [ { name = a, type = int, columnLength = ^-1 } ]", "OPT-0003 \"columnLength\" is \"-1\", not a whole number of at least 0")]
    [InlineData("columns = [ { name = a, type = float_vector, columnScale = ^4.5 } ]", "OPT-0003 \"columnScale\" is \"4.5\", not a whole number of at least 0")]
    [InlineData("fields { a = int }, primaryKey = ^id", "OPT-0003 \"primaryKey\" is not an object")]
    [InlineData("fields { a = int }, primaryKey ^{ name = pk }", "OPT-0001 the primary key has no \"columnNames\"")]
    [InlineData("fields { ident = int }, primaryKey { columnNames = [^idnt, ^[b]] }", "OPT-0011 the schema has no column \"idnt\"\nOPT-0003 \"columnNames\" has something that is not the name of a column")]
    [InlineData("fields { a = int }, primaryKey { columnNames = [a, ^a] }", "OPT-0005 column \"a\" stands twice in \"columnNames\"")]
    [InlineData("fields { a = int }, primaryKey { columnNames = [a], ^columns = [a] }", "OPT-0006 the primary key has both \"columnNames\" and \"columns\"")]
    [InlineData("fields { a = int }, partition_keys = [^b, ^c]", "OPT-0011 the schema has no column \"b\"\nOPT-0011 the schema has no column \"c\"")]
    [InlineData("fields { a = int }, constraintKeys = [ ^{ constraintType = ^UNIQ } ]", "OPT-0001 a constraint key has no \"constraintColumns\"\nOPT-0005 \"constraintType\" cannot be \"UNIQ\"")]
    [InlineData("fields { a = int }, constraintKeys = [ { constraintColumns = [ { columnName = a, sortType = ^UP } ] } ]", "OPT-0005 \"sortType\" cannot be \"UP\"")]
    [InlineData("fields { a = int }, constraintKeys = [ { constraintColumns = [ ^{ sortType = ASC } ] } ]", "OPT-0001 a key column has no \"columnName\"")]
    [InlineData("fields { a = int }, constraintKeys = [ ^{ constraintColumns = [] } ]", "OPT-0001 a constraint key has no \"constraintColumns\"")]
    public void Mistakes_are_all_reported_at_the_marked_places(string marked, string expected)
    {
        var (spec, problems) = Bind(marked.Replace("^", "", StringComparison.Ordinal));
        Assert.Null(spec);
        var columns = marked.Select((c, i) => (c, i)).Where(x => x.c == '^').Select((x, before) => Opening.Length + 1 + x.i - before);
        Assert.Equal(expected.Split('\n').Zip(columns, (line, column) => $"1:{column} {line}"), Lines(problems));
    }

    [Fact]
    public void A_schema_without_columns_is_reported_at_its_start()
    {
        var (spec, problems) = Bind("table = t");
        Assert.Null(spec);
        Assert.Equal($"1:{Opening.Length} OPT-0001 the schema has neither \"fields\" nor \"columns\"", Assert.Single(Lines(problems)));
    }

    [Fact]
    public void A_column_whose_type_is_wrong_is_still_known_to_keys()
    {
        var (spec, problems) = Bind("fields { a = strng }, primaryKey { columnNames = [a] }");
        Assert.Null(spec);
        Assert.Equal($"1:{Opening.Length + 14} TYP-0001 unknown type \"strng\"", Assert.Single(Lines(problems)));
    }

    [Fact]
    public void Nearest_names_are_offered()
    {
        var (_, problems) = Bind("fields { ident = int }, primaryKey { columnNames = [idnt] }");
        Assert.Equal("did you mean \"ident\"?", Assert.Single(problems.ToImmutable()).FixText);
    }

    [Fact]
    public void Unknown_keys_are_warnings_with_the_nearest_name()
    {
        var (spec, problems) = Bind("colums = 1, columns = [ { name = a, type = int, nulable = false } ], primaryKey { colunmNames = [b], columnNames = [a] }");
        Assert.NotNull(spec);
        Assert.All(problems.ToImmutable(), p => Assert.Equal((Severity.Warning, "OPT-0002"), (p.Severity, p.Code.Id)));
        Assert.Equal(["columns", "nullable", "columnNames"], problems.ToImmutable().Select(p => p.Candidates[0]));
        Assert.All(problems.ToImmutable(), p => Assert.Equal("source[0] Fake schema", p.Path));
    }

    [Fact]
    public void A_schema_that_is_no_block_is_an_error()
    {
        var problems = new DiagnosticBag();
        Assert.Null(SchemaSpec.Bind(new ConfigScalar("x", ScalarKind.BareText, default), "source[0] Fake", problems));
        Assert.Equal("OPT-0003", Assert.Single(problems.ToImmutable()).Code.Id);
    }

    private static SchemaSpec Good(string text)
    {
        var (spec, problems) = Bind(text);
        Assert.True(spec is not null && problems.Count == 0, string.Join('\n', problems.ToImmutable()));
        return spec!;
    }

    private static (SchemaSpec? Spec, DiagnosticBag Problems) Bind(string text)
    {
        var problems = new DiagnosticBag();
        var root = HoconReader.Read(SourceText.FromString("t.conf", $"{Opening}{text}}}"), JobReadOptions.Default, problems);
        Assert.False(problems.HasErrors, string.Join('\n', problems.ToImmutable()));
        return (SchemaSpec.Bind(root!.Find("schema")!.Value.Value, "source[0] Fake", problems), problems);
    }

    private static IEnumerable<string> Lines(DiagnosticBag problems) =>
        problems.ToImmutable().Select(p => $"{p.Span.ToString()["t.conf:".Length..]} {p.Code.Id} {p.Message}");
}
