using System.Collections.Immutable;

namespace Seikan.Core.Tests.Schema;

public sealed class TableSchemaTests
{
    public static TheoryData<string, TableSchema> Variants => new()
    {
        { "path", new TableSchema(new TablePath(null, null, "other"), Base().Columns) },
        { "version", Base() with { Version = 2 } },
        { "comment", Base() with { Comment = "other" } },
        { "keys", Base() with { Keys = [] } },
        { "key order", Base() with { Keys = [new TableKey("pk", KeyKind.Primary, [new KeyColumn("id", SortOrder.Descending)])] } },
        { "vector index", Base() with { Keys = [new TableKey("pk", KeyKind.Primary, [new KeyColumn("id") { VectorIndex = new VectorIndex("i", "HNSW", "L2") }])] } },
        { "partition keys", Base() with { PartitionKeys = ["name"] } },
        { "options", Base() with { Options = ImmutableSortedDictionary<string, string>.Empty.Add("a", "c") } },
        { "column name", With(c => new ColumnDef("ID", c.Type)) },
        { "column type", With(c => new ColumnDef(c.Name, new DecimalType(10, 3))) },
        { "nullability", With(c => c with { IsNullable = true }) },
        { "length", With(c => c with { Length = 5 }) },
        { "default", With(c => c with { Default = "2" }) },
        { "column comment", With(c => c with { Comment = null }) },
        { "source type", With(c => c with { SourceType = "INT8" }) },
        { "sink type", With(c => c with { SinkType = "INT8" }) },
        { "tags", With(c => c with { Tags = ["pii", "eu"] }) },
        { "no tags", With(c => c with { Tags = [] }) },
    };

    [Fact]
    public void Equal_schemas_made_apart_are_equal()
    {
        var (a, b) = (Base(), Base());
        Assert.NotSame(a, b);
        Assert.Equal(a, b);
        Assert.Equal(a.GetHashCode(), b.GetHashCode());
        Assert.Equal(a.Columns[0].GetHashCode(), b.Columns[0].GetHashCode());
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void A_schema_that_differs_anywhere_is_another(string what, TableSchema other)
    {
        Assert.NotEmpty(what);
        Assert.NotEqual(Base(), other);
    }

    [Fact]
    public void Columns_are_found_by_their_exact_name()
    {
        Assert.Equal(1, Base().IndexOf("name"));
        Assert.Equal(-1, Base().IndexOf("Name"));
        Assert.Equal("pk", Base().PrimaryKey?.Name);
    }

    [Fact]
    public void Schema_changes_are_compared_by_value()
    {
        Assert.Equal(Change("x"), Change("x"));
        Assert.NotEqual(Change("x"), Change("y"));

        static SchemaChange Change(string added) =>
            new(Base(), Base() with { Version = 2 }, [new ColumnChange.Add(new ColumnDef(added, DataType.Int) { Tags = ["t"] })], "ALTER");
    }

    private static TableSchema Base() => new(
        new TablePath("db", null, "t"),
        [
            new ColumnDef("id", new DecimalType(10, 2)) { IsNullable = false, Length = 4, Default = "1", Comment = "c", SourceType = "NUMBER", Tags = ["pii"] },
            new ColumnDef("name", new RowType([new RowField("a", new MapType(DataType.String, new ArrayType(DataType.Int)))])),
        ])
    {
        Comment = "table", Keys = [new TableKey("pk", KeyKind.Primary, [new KeyColumn("id")])], PartitionKeys = ["id"],
        Options = ImmutableSortedDictionary<string, string>.Empty.Add("a", "b"),
    };

    private static TableSchema With(Func<ColumnDef, ColumnDef> change)
    {
        var schema = Base();
        return new TableSchema(schema.Path, [change(schema.Columns[0]), schema.Columns[1]])
        {
            Comment = schema.Comment, Keys = schema.Keys, PartitionKeys = schema.PartitionKeys, Options = schema.Options,
        };
    }
}
