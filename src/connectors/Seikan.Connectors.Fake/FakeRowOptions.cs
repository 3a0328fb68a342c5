using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Connectors.Fake;

/// <summary>How values of a type are chosen.</summary>
internal enum FakeMode
{
    /// <summary>Any value between the smallest and the largest.</summary>
    Range,

    /// <summary>One of the template list.</summary>
    Template,
}

/// <summary>What rows of one table look like.</summary>
internal abstract partial record FakeRowOptions : SourceOptions
{
    /// <summary>Columns of the rows.</summary>
    [Option("schema")]
    public SchemaSpec? Schema { get; init; }

    /// <summary>Rows given one by one; every reader emits them once, instead of made-up rows.</summary>
    [Option("rows")]
    [Example("[ { kind = INSERT, fields = [1, \"A\"] } ]")]
    public IReadOnlyList<ConfigNode>? Rows { get; init; }

    /// <summary>Rows that each reader produces.</summary>
    [Option("row.num")]
    [Range(0, int.MaxValue)]
    public int RowNum { get; init; } = 5;

    /// <summary>Splits that the rows of each reader are cut into.</summary>
    [Option("split.num")]
    [Range(1, 1_000_000)]
    public int SplitNum { get; init; } = 1;

    /// <summary>Pause between two splits of a reader.</summary>
    [Option("split.read-interval")]
    [Unit("ms")]
    [Range(0, 86_400_000)]
    public TimeSpan SplitReadInterval { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>Number that decides all values; the same number gives the same rows.</summary>
    [Option("seed")]
    public long? Seed { get; init; }

    /// <summary>Most rows a second from each reader.</summary>
    [Option("rate")]
    [Range(1, 1e12)]
    public long? Rate { get; init; }

    /// <summary>Whether rows never end, made-up or given ones; for streaming jobs.</summary>
    [Option("unbounded")]
    public bool Unbounded { get; init; }

    /// <summary>Whether the primary key, or the first whole-number column, counts up.</summary>
    [Option("auto.increment.enabled")]
    public bool AutoIncrementEnabled { get; init; }

    /// <summary>First value of the counting column.</summary>
    [Option("auto.increment.start")]
    public long AutoIncrementStart { get; init; } = 1;

    /// <summary>Entries of each map.</summary>
    [Option("map.size")]
    [Range(0, 16_777_216)]
    public int MapSize { get; init; } = 5;

    /// <summary>Elements of each array.</summary>
    [Option("array.size")]
    [Range(0, 16_777_216)]
    public int ArraySize { get; init; } = 5;

    /// <summary>Bytes of each binary value.</summary>
    [Option("bytes.length")]
    [Range(0, 16_777_216)]
    public int BytesLength { get; init; } = 5;

    /// <summary>Characters of each text.</summary>
    [Option("string.length")]
    [Range(0, 16_777_216)]
    public int StringLength { get; init; } = 5;

    /// <summary>Elements of each vector whose column gives none.</summary>
    [Option("vector.dimension")]
    [Range(1, 65_536)]
    public int VectorDimension { get; init; } = 4;

    /// <summary>Bits of each binary vector whose column gives none; a multiple of 8.</summary>
    [Option("binary.vector.dimension")]
    [Range(8, 524_288)]
    public int BinaryVectorDimension { get; init; } = 8;

    /// <summary>Smallest element of vectors.</summary>
    [Option("vector.float.min")]
    public float VectorFloatMin { get; init; } = 0;

    /// <summary>Largest element of vectors.</summary>
    [Option("vector.float.max")]
    public float VectorFloatMax { get; init; } = float.MaxValue;

    /// <summary>How texts are chosen.</summary>
    [Option("string.fake.mode")]
    public FakeMode StringMode { get; init; }

    /// <summary>Texts to choose from.</summary>
    [Option("string.template")]
    [RequiredWhen(nameof(StringMode), FakeMode.Template)]
    [Length(1)]
    public IReadOnlyList<string>? StringTemplate { get; init; }

    /// <summary>How 8-bit numbers are chosen.</summary>
    [Option("tinyint.fake.mode")]
    public FakeMode TinyIntMode { get; init; }

    /// <summary>Smallest of 8-bit numbers.</summary>
    [Option("tinyint.min")]
    [Range(-128, 127)]
    public int TinyIntMin { get; init; }

    /// <summary>Largest of 8-bit numbers.</summary>
    [Option("tinyint.max")]
    [Range(-128, 127)]
    public int TinyIntMax { get; init; } = 127;

    /// <summary>Values of 8-bit numbers to choose from.</summary>
    [Option("tinyint.template")]
    [RequiredWhen(nameof(TinyIntMode), FakeMode.Template)]
    public IReadOnlyList<int>? TinyIntTemplate { get; init; }

    /// <summary>How 16-bit numbers are chosen.</summary>
    [Option("smallint.fake.mode")]
    public FakeMode SmallIntMode { get; init; }

    /// <summary>Smallest of 16-bit numbers.</summary>
    [Option("smallint.min")]
    [Range(-32768, 32767)]
    public int SmallIntMin { get; init; }

    /// <summary>Largest of 16-bit numbers.</summary>
    [Option("smallint.max")]
    [Range(-32768, 32767)]
    public int SmallIntMax { get; init; } = 32767;

    /// <summary>Values of 16-bit numbers to choose from.</summary>
    [Option("smallint.template")]
    [RequiredWhen(nameof(SmallIntMode), FakeMode.Template)]
    public IReadOnlyList<int>? SmallIntTemplate { get; init; }

    /// <summary>How 32-bit numbers are chosen.</summary>
    [Option("int.fake.mode")]
    public FakeMode IntMode { get; init; }

    /// <summary>Smallest of 32-bit numbers.</summary>
    [Option("int.min")]
    public int IntMin { get; init; }

    /// <summary>Largest of 32-bit numbers.</summary>
    [Option("int.max")]
    public int IntMax { get; init; } = 2147483647;

    /// <summary>Values of 32-bit numbers to choose from.</summary>
    [Option("int.template")]
    [RequiredWhen(nameof(IntMode), FakeMode.Template)]
    public IReadOnlyList<int>? IntTemplate { get; init; }

    /// <summary>How 64-bit numbers are chosen.</summary>
    [Option("bigint.fake.mode")]
    public FakeMode BigIntMode { get; init; }

    /// <summary>Smallest of 64-bit numbers.</summary>
    [Option("bigint.min")]
    public long BigIntMin { get; init; }

    /// <summary>Largest of 64-bit numbers.</summary>
    [Option("bigint.max")]
    public long BigIntMax { get; init; } = 9223372036854775807;

    /// <summary>Values of 64-bit numbers to choose from.</summary>
    [Option("bigint.template")]
    [RequiredWhen(nameof(BigIntMode), FakeMode.Template)]
    public IReadOnlyList<long>? BigIntTemplate { get; init; }

    /// <summary>How single-precision numbers are chosen.</summary>
    [Option("float.fake.mode")]
    public FakeMode FloatMode { get; init; }

    /// <summary>Smallest of single-precision numbers.</summary>
    [Option("float.min")]
    public float FloatMin { get; init; }

    /// <summary>Largest of single-precision numbers.</summary>
    [Option("float.max")]
    public float FloatMax { get; init; } = float.MaxValue;

    /// <summary>Values of single-precision numbers to choose from.</summary>
    [Option("float.template")]
    [RequiredWhen(nameof(FloatMode), FakeMode.Template)]
    public IReadOnlyList<float>? FloatTemplate { get; init; }

    /// <summary>How double-precision numbers are chosen.</summary>
    [Option("double.fake.mode")]
    public FakeMode DoubleMode { get; init; }

    /// <summary>Smallest of double-precision numbers.</summary>
    [Option("double.min")]
    public double DoubleMin { get; init; }

    /// <summary>Largest of double-precision numbers.</summary>
    [Option("double.max")]
    public double DoubleMax { get; init; } = double.MaxValue;

    /// <summary>Values of double-precision numbers to choose from.</summary>
    [Option("double.template")]
    [RequiredWhen(nameof(DoubleMode), FakeMode.Template)]
    public IReadOnlyList<double>? DoubleTemplate { get; init; }

    /// <summary>Years to choose from.</summary>
    [Option("date.year.template")]
    [Range(1, 9999)]
    public IReadOnlyList<int>? DateYearTemplate { get; init; }

    /// <summary>Months to choose from.</summary>
    [Option("date.month.template")]
    [Range(1, 12)]
    public IReadOnlyList<int>? DateMonthTemplate { get; init; }

    /// <summary>Days of the month to choose from.</summary>
    [Option("date.day.template")]
    [Range(1, 31)]
    public IReadOnlyList<int>? DateDayTemplate { get; init; }

    /// <summary>Hours to choose from.</summary>
    [Option("time.hour.template")]
    [Range(0, 23)]
    public IReadOnlyList<int>? TimeHourTemplate { get; init; }

    /// <summary>Minutes to choose from.</summary>
    [Option("time.minute.template")]
    [Range(0, 59)]
    public IReadOnlyList<int>? TimeMinuteTemplate { get; init; }

    /// <summary>Seconds to choose from.</summary>
    [Option("time.second.template")]
    [Range(0, 59)]
    public IReadOnlyList<int>? TimeSecondTemplate { get; init; }
}
