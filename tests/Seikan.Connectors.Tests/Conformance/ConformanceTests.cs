using Seikan.Connectors.AssertSink;
using Seikan.Connectors.BlackHole;
using Seikan.Connectors.ConsoleSink;
using Seikan.Connectors.Fake;
using Seikan.Core;
using Seikan.Plugins;
using Seikan.Testing;

namespace Seikan.Connectors.Tests.Conformance;

/// <summary>Every connector that needs no server passes the kit.</summary>
public sealed class ConformanceTests
{
    private static readonly TableSchema Table = TestMemory.Table(("id", DataType.BigInt), ("name", DataType.String));

    [Theory]
    [InlineData("row.num = 1000, schema { fields { id = bigint, name = string } }", 1000)]
    [InlineData("row.num = 50000, split.num = 7, split.read-interval = 0, schema { fields { id = bigint, at = timestamp, tags = \"map<string, array<int>>\" } }", 50_000)]
    [InlineData("rows = [ { fields = [1] }, { kind = DELETE, fields = [1] }, { kind = UPDATE_BEFORE, fields = [2] }, { kind = UPDATE_AFTER, fields = [3] } ], schema { fields { id = int } }", 4)]
    [InlineData("tables_configs = [ { row.num = 3, schema { table = a, fields { id = int } } }, { row.num = 4, schema { table = b, fields { id = int } } } ]", 7)]
    public Task FakeSource_conforms(string options, long rows) => new SourceConformance
    {
        Make = context => Plugin.Make<ISource>(Seeded(options), context, FakeSourceEntry.Bind, FakeSourceEntry.Create),
        Rows = rows,
    }.CheckAsync(TestContext.Current.CancellationToken);

    [Fact]
    public Task BlackHole_conforms() => Sink(context => Plugin.Make<ISink>("", context, BlackHoleEntry.Bind, BlackHoleEntry.Create));

    [Fact]
    public Task Console_conforms() => Sink(context => Plugin.Make<ISink>("", context, ConsoleEntry.Bind, ConsoleEntry.Create));

    [Fact]
    public Task Assert_conforms() => Sink(context => Plugin.Make<ISink>(
        "rules { field_rules = [ { field_name = id, field_type = bigint, field_value = [ { rule_type = NOT_NULL } ] } ] }", context, AssertEntry.Bind, AssertEntry.Create), takesAnyTable: false);

    private static Task Sink(Func<IPluginContext, ISink> make, bool takesAnyTable = true) => new SinkConformance
    {
        Make = make,
        TakesAnyTable = takesAnyTable,
        MakeBatch = static (memory, rows) => memory.Batch(Table, [.. Enumerable.Range(0, rows).Select(i => new object?[] { (long)i, $"n{i}" })]),
    }.CheckAsync(TestContext.Current.CancellationToken);

    // Rows must be the same each time: one seed for all.
    private static string Seeded(string options) => options.StartsWith("tables_configs", StringComparison.Ordinal)
        ? options.Replace("row.num", "seed = 1, row.num", StringComparison.Ordinal)
        : "seed = 1, " + options;
}
