using System.Collections.Immutable;
using Seikan.Connectors.Fake.Generators;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Connectors.Fake;

/// <summary>One table to be made up: its schema, a generator a column, and how many rows.</summary>
internal sealed class FakeTable
{
    private const long RowsWithoutEnd = 1L << 60;

    private FakeTable(TableSchema schema, FakeRowOptions options, ImmutableArray<FakeRow>? rows, ImmutableArray<ValueGenerator> generators, int rowBytes) =>
        (Schema, Options, Rows, Generators, RowBytes) = (schema, options, rows, generators, rowBytes);

    /// <summary>The table.</summary>
    public TableSchema Schema { get; }

    /// <summary>Its options.</summary>
    public FakeRowOptions Options { get; }

    /// <summary>Rows given one by one; null when they are made up.</summary>
    public ImmutableArray<FakeRow>? Rows { get; }

    /// <summary>One a column.</summary>
    public ImmutableArray<ValueGenerator> Generators { get; }

    /// <summary>About how many bytes a row takes.</summary>
    public int RowBytes { get; }

    /// <summary>Rows of each reader.</summary>
    public long RowsAReader => Rows?.Length ?? (Options.Unbounded ? RowsWithoutEnd : Options.RowNum);

    /// <summary>Kinds of its rows.</summary>
    public ChangelogMode Mode => Rows is not { } rows || rows.All(r => r.Kind == RowKind.Insert) ? ChangelogMode.InsertOnly
        : rows.Any(r => r.Kind == RowKind.UpdateBefore) ? ChangelogMode.Full : ChangelogMode.Upsert;

    /// <summary>Makes a table of its options; problems go to the context.</summary>
    public static FakeTable? Create(FakeRowOptions options, OptionBlock block, IPluginContext context, int index)
    {
        if (options.Schema is not { } spec)
        {
            block.Error(OptionErrors.Required, "\"schema\" must be given", default, "add schema { fields { name = type } }");
            return null;
        }

        var fallback = TablePath.Parse(options.PluginOutput ?? "", false) ?? (index == 0 ? TablePath.Default : new TablePath("default", "default", $"table{index}"));
        var schema = spec.ToTableSchema(fallback);
        var problems = context.Diagnostics.ErrorCount;
        CheckRanges(options, block);
        var seed = options.Seed is { } given ? (ulong)given : (ulong)context.CreateRandom().NextInt64();
        var counting = CountingColumn(options, schema, block);
        var factory = new GeneratorFactory(options, context.Time);
        var generators = ImmutableArray.CreateBuilder<ValueGenerator>(schema.Columns.Length);
        for (var i = 0; i < schema.Columns.Length; i++)
        {
            var type = schema.Columns[i].Type;
            var column = spec.Columns[i];
            generators.Add(column.Default is { } literal
                ? factory.Constant(type, literal, column.Definition.Name, block)
                : i == counting ? new CountingGenerator(type.Kind, options.AutoIncrementStart) : factory.Make(type, RowRandom.Mix(seed + ((ulong)(i + 1) * RowRandom.Golden))));
        }

        var rows = options.Rows is { } node ? FakeRow.Read(node, schema, block) : null;
        return context.Diagnostics.ErrorCount > problems ? null : new FakeTable(schema, options, rows, generators.ToImmutable(), schema.Columns.Sum(c => factory.BytesOf(c.Type)));
    }

    private static int CountingColumn(FakeRowOptions options, TableSchema schema, OptionBlock block)
    {
        if (!options.AutoIncrementEnabled)
        {
            return -1;
        }

        var key = schema.PrimaryKey is { Columns: [var only] } ? schema.IndexOf(only.Name) : -1;
        var columns = key >= 0 && IsWhole(schema.Columns[key].Type) ? [key] : Enumerable.Range(0, schema.Columns.Length).Where(i => IsWhole(schema.Columns[i].Type)).ToList();
        if (columns.Count == 0)
        {
            block.ErrorAt(FakeErrors.NothingToIncrement, "no column is a whole number", "auto.increment.enabled");
            return -1;
        }

        return columns[0];
    }

    private static bool IsWhole(DataType type) => type.Kind is TypeKind.TinyInt or TypeKind.SmallInt or TypeKind.Int or TypeKind.BigInt;

    private static void CheckRanges(FakeRowOptions o, OptionBlock block)
    {
        Check("tinyint", o.TinyIntMin > o.TinyIntMax);
        Check("smallint", o.SmallIntMin > o.SmallIntMax);
        Check("int", o.IntMin > o.IntMax);
        Check("bigint", o.BigIntMin > o.BigIntMax);
        Check("float", o.FloatMin > o.FloatMax);
        Check("double", o.DoubleMin > o.DoubleMax);
        Check("vector.float", o.VectorFloatMin > o.VectorFloatMax);
        if (o.BinaryVectorDimension % 8 != 0)
        {
            block.ErrorAt(OptionErrors.OutOfRange, $"\"binary.vector.dimension\" is {o.BinaryVectorDimension}, not a multiple of 8", "binary.vector.dimension", "use a multiple of 8");
        }

        void Check(string type, bool isEmpty)
        {
            if (isEmpty)
            {
                block.ErrorAt(FakeErrors.EmptyRange, $"\"{type}.min\" is above \"{type}.max\"", $"{type}.min");
            }
        }
    }
}
