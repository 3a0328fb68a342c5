using System.Collections.Immutable;
using Seikan.Connectors.Fake.Generators;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Connectors.Fake;

/// <summary>One table to be made up: its schema, a generator a column, and how many rows.</summary>
internal sealed class FakeTable
{
    private readonly GeneratorFactory _factory;
    private readonly ImmutableArray<ValueGenerator?> _givenColumns;

    private FakeTable(
        TableSchema schema, FakeRowOptions options, GeneratorFactory factory, ImmutableArray<ValueGenerator?> givenColumns, FakeRows? rows)
    {
        (Schema, Options, _factory, _givenColumns, Rows) = (schema, options, factory, givenColumns, rows);
        RowBytes = rows?.RowBytes ?? schema.Columns.Sum(c => factory.BytesOf(c.Type));
    }

    /// <summary>The table.</summary>
    public TableSchema Schema { get; }

    /// <summary>Its options.</summary>
    public FakeRowOptions Options { get; }

    /// <summary>Rows given one by one; null when they are made up.</summary>
    public FakeRows? Rows { get; }

    /// <summary>Decides the values.</summary>
    public long Seed { get; private init; }

    /// <summary>About how many bytes a row takes.</summary>
    public long RowBytes { get; }

    /// <summary>Rows of each reader; null when they never end.</summary>
    public long? RowsAReader => Options.Unbounded ? null : Rows?.Kinds.Length ?? Options.RowNum;

    /// <summary>Splits of each reader. Given rows and rows without end are not cut.</summary>
    public int Parts => Rows is null && !Options.Unbounded ? Options.SplitNum : 1;

    /// <summary>Kinds of its rows.</summary>
    public ChangelogMode Mode => Rows?.Mode ?? ChangelogMode.InsertOnly;

    /// <summary>Makes a table of its options; null after a problem, which goes to the block.</summary>
    /// <param name="options">The options.</param>
    /// <param name="block">Where they stand.</param>
    /// <param name="context">Clock and randomness.</param>
    /// <param name="number">Its number among several, from 1; 0 = the only one.</param>
    public static FakeTable? Create(FakeRowOptions options, OptionBlock block, IPluginContext context, int number)
    {
        if (options.Schema is not { } spec)
        {
            block.Error(OptionErrors.Required, "\"schema\" must be given", default, "add schema { fields { name = type } }");
            return null;
        }

        var fallback = TablePath.Parse(options.PluginOutput ?? "") ?? (number == 0 ? TablePath.Default : new TablePath("default", "default", $"table{number}"));
        var schema = spec.ToTableSchema(fallback);
        var problems = block.Diagnostics.ErrorCount;
        CheckRanges(options, block);
        var counting = CountingColumn(options, schema, block);
        var factory = new GeneratorFactory(options, context.Time);
        var givenColumns = spec.Columns.Select((column, i) => column.Default is { } literal
            ? factory.Constant(column.Definition.Type, literal, column.Definition.Name, block)
            : i == counting ? GeneratorFactory.Counting(column.Definition.Type.Kind, options.AutoIncrementStart) : null).ToImmutableArray();
        var rows = options.Rows is { } nodes ? FakeRows.Read(nodes, schema, block) : null;
        if (rows is { Kinds.IsEmpty: true } && options.Unbounded)
        {
            block.ErrorAt(FakeErrors.BadRow, "\"rows\" is empty and \"unbounded\" is set", "rows", "give at least one row");
        }

        if (block.Diagnostics.ErrorCount > problems)
        {
            return null;
        }

        return new FakeTable(schema, options, factory, givenColumns, rows) { Seed = options.Seed ?? context.CreateRandom().NextInt64() };
    }

    /// <summary>One generator a column.</summary>
    /// <param name="seed">Decides the values.</param>
    public ImmutableArray<ValueGenerator> MakeGenerators(long seed) =>
    [
        .. Schema.Columns.Select((c, i) => _givenColumns[i] ?? _factory.Make(c.Type, RowRandom.Mix(RowRandom.StateOf((ulong)seed, i + 1)))),
    ];

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

        NotEmpty("tinyint.template", o.TinyIntTemplate?.Count);
        NotEmpty("smallint.template", o.SmallIntTemplate?.Count);
        NotEmpty("int.template", o.IntTemplate?.Count);
        NotEmpty("bigint.template", o.BigIntTemplate?.Count);
        NotEmpty("float.template", o.FloatTemplate?.Count);
        NotEmpty("double.template", o.DoubleTemplate?.Count);
        NotEmpty("date.year.template", o.DateYearTemplate?.Count);
        NotEmpty("date.month.template", o.DateMonthTemplate?.Count);
        NotEmpty("date.day.template", o.DateDayTemplate?.Count);
        NotEmpty("time.hour.template", o.TimeHourTemplate?.Count);
        NotEmpty("time.minute.template", o.TimeMinuteTemplate?.Count);
        NotEmpty("time.second.template", o.TimeSecondTemplate?.Count);

        void NotEmpty(string key, int? count)
        {
            if (count == 0)
            {
                block.ErrorAt(OptionErrors.OutOfRange, $"\"{key}\" is an empty list", key, "give at least one value, or leave it out");
            }
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
