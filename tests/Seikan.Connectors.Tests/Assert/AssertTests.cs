using Seikan.Connectors.AssertSink;
using Seikan.Core;
using Seikan.Plugins;
using Seikan.Testing;

namespace Seikan.Connectors.Tests.Asserts;

public sealed class AssertTests : IDisposable
{
    private readonly TestMemory _memory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _memory.Dispose();

    [Theory]
    [InlineData("NOT_NULL", null, "5")]
    [InlineData("NULL", "5", null)]
    public async Task Null_rules_look_at_each_row(string rule, string? bad, string? good)
    {
        var rules = Field($"field_value = [ {{ rule_type = {rule} }} ]");

        Assert.Null(await WriteAsync(rules, DataType.String, good, good));
        Assert.Equal(
            $"field \"c\" is {(bad is null ? "null" : $"\"{bad}\"")}, which breaks {rule} (table \"t\", row 2 of task 0)",
            await WriteAsync(rules, DataType.String, good, bad));
    }

    [Fact]
    public async Task Limits_hold_for_numbers_of_every_type()
    {
        var rules = Field("field_value = [ { rule_type = MIN, rule_value = -1.5 }, { rule_type = MAX, rule_value = 100 } ]");
        DataType[] types =
        [
            DataType.TinyInt, DataType.SmallInt, DataType.Int, DataType.BigInt, DataType.Float, DataType.Double, new DecimalType(5, 1), new DecimalType(60, 10),
        ];

        foreach (var type in types)
        {
            object Number(int value) => type is DecimalType ? (decimal)value : value;
            Assert.Null(await WriteAsync(rules, type, Number(-1), Number(100)));
            Assert.Contains("which breaks MIN = -1.5", await WriteAsync(rules, type, Number(-2)), StringComparison.Ordinal);
            Assert.Contains("which breaks MAX = 100", await WriteAsync(rules, type, Number(101)), StringComparison.Ordinal);
            Assert.Contains("is null, which breaks MIN = -1.5", await WriteAsync(rules, type, [null]), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Lengths_are_of_the_text_and_null_has_none()
    {
        var least = Field("field_value = [ { rule_type = MIN_LENGTH, rule_value = 2 } ]");
        var most = Field("field_value = [ { rule_type = MAX_LENGTH, rule_value = 3 } ]");

        Assert.Null(await WriteAsync(least, DataType.String, "日本", "abc"));
        Assert.Contains("breaks MIN_LENGTH = 2", await WriteAsync(least, DataType.String, "日"), StringComparison.Ordinal);
        Assert.Contains("breaks MIN_LENGTH = 2", await WriteAsync(least, DataType.String, [null]), StringComparison.Ordinal);
        Assert.Null(await WriteAsync(most, DataType.Int, 123, null));
        Assert.Equal("field \"c\" is \"1234\", which breaks MAX_LENGTH = 3 (table \"t\", row 1 of task 0)", await WriteAsync(most, DataType.Int, 1234));
    }

    public static TheoryData<string, string, string, string> Literals => new()
    {
        { "boolean", "true", "true", "false" },
        { "tinyint", "-3", "-3", "3" },
        { "smallint", "\"12\"", "12", "13" },
        { "int", "12", "12", "13" },
        { "bigint", "9007199254740993", "9007199254740993", "9007199254740992" },
        { "float", "1.1", "1.1", "1.2" },
        { "double", "0.1", "0.1", "0.2" },
        { "\"decimal(10,3)\"", "1.5", "\"1.500\"", "1.501" },
        { "\"decimal(50,1)\"", "12345678901234567890123456789012345678901234.5", "12345678901234567890123456789012345678901234.5", "0.5" },
        { "string", "12", "\"12\"", "\"012\"" },
        { "bytes", "\"AQI=\"", "\"AQI=\"", "\"AQM=\"" },
        { "date", "\"2024-02-29\"", "\"2024-02-29\"", "\"2024-03-01\"" },
        { "time", "\"10:00:01\"", "\"10:00:01\"", "\"10:00:02\"" },
        { "timestamp", "\"2024-02-29T10:00:01\"", "\"2024-02-29 10:00:01\"", "\"2024-02-29T10:00:02\"" },
        { "timestamp_tz", "\"2024-02-29T10:00:00+02:00\"", "\"2024-02-29T08:00:00Z\"", "\"2024-02-29T10:00:00Z\"" },
        { "\"array<int>\"", "[1, 2]", "[1, 2]", "[2, 1]" },
        { "\"array<string>\"", "[a, null]", "[a, null]", "[a]" },
        { "\"map<string, int>\"", "{ a = 1, b = 2 }", "{ b = 2, a = 1 }", "{ a = 1, b = 3 }" },
        { "\"map<string, array<int>>\"", "{ a = [1] }", "{ a = [1] }", "{ a = [1], c = [1] }" },
        { "{ x = int, y = { z = string } }", "[1, [q]]", "{ x = 1, y = { z = q } }", "{ x = 1, y = { z = null } }" },
        { "\"float_vector(2)\"", "[1, 2]", "[1, 2]", "[1, 3]" },
        { "sparse_float_vector", "{ 1 = 0.5 }", "{ 1 = 0.5 }", "{ 2 = 0.5 }" },
    };

    [Theory]
    [MemberData(nameof(Literals))]
    public async Task Equals_to_compares_values_of_every_type(string type, string literal, string same, string other)
    {
        var (sink, problems) = Make(Field($"field_value = [ {{ equals_to = {literal} }} ]"));
        Assert.Empty(problems);
        var schema = SchemaSpec.Bind(PluginText.Block($"fields {{ c = {type} }}", new TestPluginContext(_memory)).Node, "", new DiagnosticBag())!.ToTableSchema(new TablePath(null, null, "t"));
        Assert.Empty(sink.CheckTables([schema]));

        Assert.Null(await TryAsync(sink, Literal(schema, same)));
        Assert.Null(await TryAsync(sink, Literal(schema, "null")));
        Assert.Contains("which breaks equals_to = ", await TryAsync(sink, Literal(schema, other)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("string", true)]
    [InlineData("int", false)]
    [InlineData("\"null\"", true)]
    public void Field_type_is_compared_when_the_job_is_planned(string type, bool fits)
    {
        var (sink, _) = Make(Field($"field_type = {type}"));

        var found = sink.CheckTables([TestMemory.Table(("c", DataType.String))]);

        Assert.Equal(fits ? [] : ["ASSERT-0006 field \"c\" of table \"t\" is string, expected int"], found.Select(d => $"{d.Code} {d.Message}"));
    }

    [Fact]
    public void Field_types_are_lenient_where_jobs_leave_sizes_out()
    {
        Assert.Empty(Check("\"decimal(10,2)\"", new DecimalType(8, 2)));
        Assert.NotEmpty(Check("\"decimal(10,2)\"", new DecimalType(11, 2)));
        Assert.NotEmpty(Check("\"decimal(10,2)\"", new DecimalType(8, 1)));
        Assert.Empty(Check("timestamp", new TimestampType(9)));
        Assert.Empty(Check("float_vector", new VectorType(TypeKind.FloatVector, 12)));
        Assert.NotEmpty(Check("float_vector", new VectorType(TypeKind.Float16Vector, 12)));
        Assert.Empty(Check("{ a = int, b = \"array<decimal(5,1)>\" }", new RowType([new RowField("a", DataType.Int), new RowField("b", new ArrayType(new DecimalType(4, 1)))])));
        Assert.NotEmpty(Check("{ a = int }", new RowType([new RowField("a", DataType.BigInt)])));
        Assert.NotEmpty(Check("\"map<string, int>\"", new MapType(DataType.String, DataType.String)));

        IEnumerable<Diagnostic> Check(string expected, DataType actual) => Make(Field($"field_type = {expected}")).Sink.CheckTables([TestMemory.Table(("c", actual))]);
    }

    [Fact]
    public async Task A_typed_field_must_be_present_and_a_null_one_must_not()
    {
        Assert.Contains("field \"c\" is null, which breaks field_type = string", await WriteAsync(Field("field_type = string"), DataType.String, [null]), StringComparison.Ordinal);
        Assert.Null(await WriteAsync(Field("field_type = string"), DataType.String, "a"));
        Assert.Contains("which breaks field_type = null", await WriteAsync(Field("field_type = \"null\""), DataType.String, "a"), StringComparison.Ordinal);
        Assert.Null(await WriteAsync(Field("field_type = \"null\""), DataType.String, [null]));
    }

    [Fact]
    public void Rules_that_cannot_hold_are_told_when_the_job_is_planned()
    {
        var (sink, _) = Make("""
            rules { field_rules = [
              { field_name = nmae, field_value = [ { rule_type = NULL } ] }
              { field_name = name, field_value = [ { rule_type = MIN, rule_value = 1 }, {} ] }
              { field_name = age, field_value = [ { equals_to = old } ] }
            ] }
            """);

        var found = sink.CheckTables([TestMemory.Table(("name", DataType.String), ("age", DataType.Int))]);

        Assert.Equal(
            [
                "ASSERT-0005 table \"t\" has no field \"nmae\"",
                "ASSERT-0006 MIN compares numbers, but field \"name\" is string",
                "ASSERT-0007 a value rule of field \"name\" has neither \"rule_type\" nor \"equals_to\"",
                "ASSERT-0006 \"old\" in \"equals_to\" of field \"age\" is not of type int",
            ],
            found.Select(d => $"{d.Code} {d.Message}"));
        Assert.Equal(["name"], found[0].Candidates);
        Assert.All(found, d => Assert.True(d.Span.IsKnown));
    }

    [Theory]
    [InlineData("rule_type = MIN")]
    [InlineData("rule_type = LARGE")]
    public void Value_rules_without_sense_are_refused(string rule) => Assert.NotEmpty(Make(Field($"field_value = [ {{ {rule} }} ]")).Problems);

    [Fact]
    public async Task Rows_are_counted_over_all_writers()
    {
        const string rules = "rules { row_rules = [ { rule_type = MIN_ROW, rule_value = 4 }, { rule_type = MAX_ROW, rule_value = 5 } ] }";
        var table = TestMemory.Table(("c", DataType.Int));

        Assert.Equal("table \"t\" sent 3 rows, which breaks MIN_ROW = 4", await CountAsync(1, 2));
        Assert.Null(await CountAsync(2, 2));
        Assert.Null(await CountAsync(2, 3));
        Assert.Equal("table \"t\" sent 6 rows, which breaks MAX_ROW = 5", await CountAsync(3, 3));
        Assert.Equal("table \"t\" sent 0 rows, which breaks MIN_ROW = 4", await CountAsync());

        async Task<string?> CountAsync(params int[] writers)
        {
            var sink = Make(rules).Sink;
            await sink.PrepareTablesAsync([table], Token);
            for (var task = 0; task < writers.Length; task++)
            {
                var batch = _memory.Batch(table, [.. Enumerable.Range(0, writers[task]).Select(i => new object?[] { i })]);
                if (await TryAsync(sink, batch, task) is { } problem)
                {
                    return problem;
                }
            }

            return await FinishAsync(sink);
        }
    }

    [Fact]
    public async Task Tables_have_rules_of_their_own()
    {
        const string rules = """
            rules { tables_configs = [
              { table_path = "db.one", row_rules = [ { rule_type = MIN_ROW, rule_value = 1 } ], field_rules = [ { field_name = a, field_value = [ { rule_type = NOT_NULL } ] } ] }
              { table_path = "two", row_rules = [ { rule_type = MAX_ROW, rule_value = 1 } ] }
            ] }
            """;
        var one = new TableSchema(new TablePath("db", null, "one"), [new ColumnDef("a", DataType.Int)]);
        var (two, three) = (TestMemory.Table("two", [("b", DataType.Int)]), TestMemory.Table("three", [("a", DataType.Int)]));
        var sink = Make(rules).Sink;

        Assert.Empty(sink.CheckTables([one, two, three]));
        Assert.Equal(["ASSERT-0005 no table \"two\" reaches the sink"], sink.CheckTables([one, three]).Select(d => $"{d.Code} {d.Message}"));
        await sink.PrepareTablesAsync([one, two, three], Token);
        Assert.Null(await TryAsync(sink, _memory.Batch(three, [(object?)null], [(object?)null])));
        Assert.Null(await TryAsync(sink, _memory.Batch(two, [(object?)null])));
        Assert.Equal("table \"db.one\" sent 0 rows, which breaks MIN_ROW = 1", await FinishAsync(sink));
        Assert.Contains("table \"db.one\", row 1", await TryAsync(sink, _memory.Batch(one, [(object?)null])), StringComparison.Ordinal);
        Assert.Equal("table \"two\" sent 2 rows, which breaks MAX_ROW = 1", await TryAsync(sink, _memory.Batch(two, [(object?)null])));
    }

    [Fact]
    public async Task Exactly_the_named_tables_must_send_rows()
    {
        var (one, two) = (TestMemory.Table("one", [("a", DataType.Int)]), TestMemory.Table("two", [("a", DataType.Int)]));
        var sink = Make("rules { table-names = [one] }").Sink;
        await sink.PrepareTablesAsync([one, two], Token);

        Assert.Equal("table \"one\" of \"table-names\" sent no row", await FinishAsync(sink));
        Assert.Null(await TryAsync(sink, _memory.Batch(one, [1])));
        Assert.Null(await FinishAsync(sink));
        Assert.Null(await TryAsync(sink, _memory.Batch(two, [1])));
        Assert.Equal("table \"two\" sent rows, but is not in \"table-names\"", await FinishAsync(sink));
        Assert.Single(Make("rules { table-names = [three] }").Sink.CheckTables([one, two]));
    }

    [Fact]
    public async Task Rows_are_numbered_over_batches_and_the_literals_follow_a_changed_table()
    {
        var sink = Make(Field("field_value = [ { equals_to = 1 } ]")).Sink;
        await using var writer = ((Delivery.AtLeastOnce)sink.Delivery).Writer(new TestWriterContext { Task = 2 });
        await writer.WriteAsync(_memory.Batch(TestMemory.Table(("c", DataType.Int)), [1], [1]), Token);
        await writer.WriteAsync(_memory.Batch(TestMemory.Table(("x", DataType.Int), ("c", DataType.BigInt)) with { Version = 2 }, [5, 1L]), Token);

        var failure = await Assert.ThrowsAsync<SeikanException>(
            async () => await writer.WriteAsync(_memory.Batch(TestMemory.Table(("c", DataType.String)) with { Version = 3 }, ["1"], ["2"]), Token));

        Assert.Equal("field \"c\" is \"2\", which breaks equals_to = \"1\" (table \"t\", row 5 of task 2)", failure.Diagnostics[0].Message);
    }

    [Theory]
    [InlineData("table_identifier_rule { table = a }", "the table is \"db.t\", expected \"a\"")]
    [InlineData("table_identifier_rule { table = \"db.t\" }", null)]
    [InlineData("primary_key_rule { primary_key_name = pk, primary_key_columns = [id] }", null)]
    [InlineData("primary_key_rule { primary_key_name = other }", "the primary key is named \"pk\", expected \"other\"")]
    [InlineData("primary_key_rule { primary_key_columns = [id, name] }", "the primary key has the columns (id), expected (id, name)")]
    [InlineData("constraint_key_rule = [ { constraint_key_name = u, constraint_key_type = UNIQUE_KEY, constraint_key_columns = [ { constraint_key_column_name = name, constraint_key_sort_type = DESC } ] } ]", null)]
    [InlineData("constraint_key_rule = [ { constraint_key_name = u, constraint_key_type = INDEX_KEY } ]", "the key \"u\" is UNIQUE_KEY, expected INDEX_KEY")]
    [InlineData("constraint_key_rule = [ { constraint_key_name = u, constraint_key_columns = [ { constraint_key_column_name = name, constraint_key_sort_type = ASC } ] } ]", "the key \"u\" has the columns (name DESC), expected (name ASC)")]
    [InlineData("constraint_key_rule = []", "the key \"u\" is not expected")]
    [InlineData("constraint_key_rule = [ { constraint_key_name = u }, { constraint_key_name = v } ]", "the table has no key \"v\"")]
    [InlineData("column_rule = [ { name = id, type = bigint, nullable = false }, { name = name, type = string, column_length = 20, nullable = true, default_value = x, comment = \"the name\" } ]", null)]
    [InlineData("column_rule = [ { name = id } ]", "the column \"name\" is not expected")]
    [InlineData("column_rule = [ { name = id }, { name = name }, { name = z } ]", "the table has no column \"z\"")]
    [InlineData("column_rule = [ { name = id, type = int }, { name = name } ]", "the column \"id\" is bigint, expected int")]
    [InlineData("column_rule = [ { name = id, nullable = true }, { name = name } ]", "the column \"id\" has nullable false, expected true")]
    [InlineData("column_rule = [ { name = id }, { name = name, column_length = 21 } ]", "the column \"name\" has length 20, expected 21")]
    [InlineData("column_rule = [ { name = id, default_value = 1 }, { name = name } ]", "the column \"id\" has the default none, expected \"1\"")]
    [InlineData("column_rule = [ { name = id }, { name = name, comment = y } ]", "the column \"name\" has the comment \"the name\", expected \"y\"")]
    public void The_definition_of_a_table_is_compared(string rule, string? difference)
    {
        var table = new TableSchema(
            new TablePath("db", null, "t"),
            [
                new ColumnDef("id", DataType.BigInt) { IsNullable = false },
                new ColumnDef("name", DataType.String) { Length = 20, Default = "x", Comment = "the name" },
            ])
        {
            Keys = [new TableKey("pk", KeyKind.Primary, [new KeyColumn("id")]), new TableKey("u", KeyKind.Unique, [new KeyColumn("name", SortOrder.Descending)])],
        };

        var found = Make($"rules {{ catalog_table_rule {{ {rule} }} }}").Sink.CheckTables([table]);

        Assert.Equal(difference is null ? [] : [$"ASSERT-0003 table \"db.t\": {difference}"], found.Select(d => $"{d.Code} {d.Message}"));
    }

    [Fact]
    public void A_table_without_the_key_differs_and_a_catalog_name_is_not_compared()
    {
        var table = TestMemory.Table(("a", DataType.Int));

        Assert.Equal(
            ["table \"t\": the table has no primary key"],
            Make("rules { catalog_table_rule { primary_key_rule { primary_key_name = x } } }").Sink.CheckTables([table]).Select(d => d.Message));
        Assert.Equal(
            Severity.Warning,
            Assert.Single(Make("rules { catalog_table_rule { table_identifier_rule { catalog_name = x } } }").Sink.CheckTables([table])).Severity);
    }

    [Fact]
    public void Rules_must_be_given() => Assert.NotEmpty(Make("").Problems);

    private static string Field(string rule) => $"rules {{ field_rules = [ {{ field_name = c, {rule} }} ] }}";

    private (ISink Sink, string[] Problems) Make(string options)
    {
        var context = new TestPluginContext(_memory, "sink[0] Assert");
        var sink = PluginText.Make(options, context, AssertEntry.Bind, AssertEntry.Create);
        return ((ISink)sink!, PluginText.Errors(context));
    }

    private async Task<string?> WriteAsync(string rules, DataType type, params object?[] values)
    {
        var (sink, problems) = Make(rules);
        Assert.Empty(problems);
        return await TryAsync(sink, _memory.Batch(TestMemory.Table(("c", type)), [.. values.Select(v => new[] { v })]));
    }

    private static async Task<string?> TryAsync(ISink sink, RowBatch batch, int task = 0)
    {
        await using var writer = ((Delivery.AtLeastOnce)sink.Delivery).Writer(new TestWriterContext { Task = task });
        try
        {
            await writer.WriteAsync(batch, Token);
            return null;
        }
        catch (SeikanException e)
        {
            return Assert.Single(e.Diagnostics).Message;
        }
    }

    private static async Task<string?> FinishAsync(ISink sink)
    {
        try
        {
            await sink.FinishAsync(Token);
            return null;
        }
        catch (SeikanException e)
        {
            return Assert.Single(e.Diagnostics).Message;
        }
    }

    private RowBatch Literal(TableSchema schema, string literal)
    {
        var node = PluginText.Block($"v = {literal}", new TestPluginContext(_memory)).Node.Fields[0].Value;
        using var builder = _memory.Job.BeginOutput(schema);
        Assert.True(ConfigValues.TryAppend(schema.Columns[0].Type, builder.Columns[0], node));
        builder.EndRow();
        return builder.Build();
    }
}
