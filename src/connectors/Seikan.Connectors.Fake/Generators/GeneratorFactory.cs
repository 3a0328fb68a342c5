using System.Numerics;
using System.Text;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Connectors.Fake.Generators;

/// <summary>Makes the generator of each type from a table's options.</summary>
internal sealed class GeneratorFactory(FakeRowOptions options, TimeProvider time)
{
    private const int FirstYear = 1970;
    private const int Years = 61;
    private readonly BufferPool _pool = new();

    /// <summary>The generator of a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="seed">Decides the values.</param>
    public ValueGenerator Make(DataType type, ulong seed) => type switch
    {
        DecimalType d => MakeDecimal(d, seed),
        TimestampType t => new FixedGenerator<long>(seed, t.IsNanoseconds ? r => Micros(r) * 1000 : Micros),
        ArrayType a => new ArrayGenerator(Make(a.Element, RowRandom.Mix(seed + 1)), options.ArraySize),
        MapType m => new MapGenerator(Make(m.Key, RowRandom.Mix(seed + 1)), Make(m.Value, RowRandom.Mix(seed + 2)), options.MapSize, m.Key, _pool),
        RowType r => new RowGenerator([.. r.Fields.Select((f, i) => Make(f.Type, RowRandom.Mix(seed + (ulong)i + 1)))]),
        VectorType v => new VectorGenerator(seed, v, options.VectorFloatMin, options.VectorFloatMax),
        _ => MakeScalar(type.Kind, seed),
    };

    /// <summary>Numbers that count up.</summary>
    public static ValueGenerator Counting(TypeKind kind, long start) => kind switch
    {
        TypeKind.TinyInt => new CountingGenerator<sbyte>(start),
        TypeKind.SmallInt => new CountingGenerator<short>(start),
        TypeKind.Int => new CountingGenerator<int>(start),
        _ => new CountingGenerator<long>(start),
    };

    /// <summary>A generator of one value, or of the current time.</summary>
    public ValueGenerator Constant(DataType type, ConfigNode literal, string column, OptionBlock block)
    {
        if (literal is ConfigScalar scalar && Current(type, scalar.Text.Trim().ToUpperInvariant()) is { } current)
        {
            return new CurrentTimeGenerator(current, time);
        }

        using var builder = ColumnBuilder.Create(type, _pool);
        if (ConfigValues.TryAppend(type, builder, literal))
        {
            return new ConstantGenerator(builder.Build());
        }

        var shown = literal is ConfigScalar text ? $"\"{text.Text}\"" : "the default value";
        block.Error(FakeErrors.BadDefault, $"{shown} is not of type {type}, column \"{column}\"", literal.Span);
        return new NullGenerator();
    }

    /// <summary>About how many bytes a value takes.</summary>
    public int BytesOf(DataType type) => type switch
    {
        DecimalType d => d.IsWide ? 32 : 16,
        ArrayType a => 4 + (options.ArraySize * BytesOf(a.Element)),
        MapType m => 4 + (options.MapSize * (BytesOf(m.Key) + BytesOf(m.Value))),
        RowType r => r.Fields.Sum(f => BytesOf(f.Type)),
        VectorType v => v.ByteWidth,
        _ => type.Kind switch
        {
            TypeKind.String => 4 + (options.StringTemplate is { Count: > 0 } texts ? texts.Max(t => t.Length) : options.StringLength),
            TypeKind.Bytes => 4 + options.BytesLength,
            TypeKind.SparseFloatVector => 4 + (options.VectorDimension * 8),
            _ => 8,
        },
    };

    private ValueGenerator MakeScalar(TypeKind kind, ulong seed) => kind switch
    {
        TypeKind.Null => new NullGenerator(),
        TypeKind.Boolean => new BooleanGenerator(seed),
        TypeKind.TinyInt => Pick(seed, options.TinyIntTemplate, v => (sbyte)v) ?? (ValueGenerator)new WholeRangeGenerator<sbyte>(seed, options.TinyIntMin, options.TinyIntMax),
        TypeKind.SmallInt => Pick(seed, options.SmallIntTemplate, v => (short)v) ?? (ValueGenerator)new WholeRangeGenerator<short>(seed, options.SmallIntMin, options.SmallIntMax),
        TypeKind.Int => Pick(seed, options.IntTemplate, v => v) ?? (ValueGenerator)new WholeRangeGenerator<int>(seed, options.IntMin, options.IntMax),
        TypeKind.BigInt => Pick(seed, options.BigIntTemplate, v => v) ?? (ValueGenerator)new WholeRangeGenerator<long>(seed, options.BigIntMin, options.BigIntMax),
        TypeKind.Float => Pick(seed, options.FloatTemplate, v => v) ?? (ValueGenerator)new FractionRangeGenerator<float>(seed, options.FloatMin, options.FloatMax),
        TypeKind.Double => Pick(seed, options.DoubleTemplate, v => v) ?? (ValueGenerator)new FractionRangeGenerator<double>(seed, options.DoubleMin, options.DoubleMax),
        TypeKind.String => options.StringTemplate is { Count: > 0 } texts
            ? new TemplateTextGenerator(seed, [.. texts.Select(Encoding.UTF8.GetBytes)])
            : new RandomBytesGenerator(seed, options.StringLength, isText: true),
        TypeKind.Bytes => new RandomBytesGenerator(seed, options.BytesLength, isText: false),
        TypeKind.Date => new FixedGenerator<int>(seed, Day),
        TypeKind.Time => new FixedGenerator<long>(seed, r => Second(r) * 1_000_000_000L),
        TypeKind.TimestampTz => new OffsetTimestampGenerator(seed, Micros),
        TypeKind.SparseFloatVector => new SparseVectorGenerator(seed, options.VectorDimension, options.VectorFloatMin, options.VectorFloatMax),
        _ => throw new System.Diagnostics.UnreachableException($"no generator for {kind}"),
    };

    // A template wins whatever the mode says (real-jobs.md 15).
    private static TemplateGenerator<T>? Pick<TValue, T>(ulong seed, IReadOnlyList<TValue>? template, Func<TValue, T> convert)
        where T : unmanaged
    {
        return template is { Count: > 0 } ? new TemplateGenerator<T>(seed, [.. template.Select(convert)]) : null;
    }

    private static ValueGenerator MakeDecimal(DecimalType type, ulong seed)
    {
        if (type.Precision <= 18)
        {
            var limit = (ulong)DecimalText.Power(type.Precision);
            return new FixedGenerator<Int128>(seed, r => (Int128)RowRandom.Below(r, limit));
        }

        if (!type.IsWide)
        {
            var limit = DecimalText.Power(type.Precision);
            return new FixedGenerator<Int128>(seed, r => (Int128)(new UInt128(r, RowRandom.Mix(r)) % (UInt128)limit));
        }

        var wide = BigInteger.Pow(10, type.Precision);
        return new FixedGenerator<Int256>(
            seed,
            r => (Int256)((BigInteger)new Int256(new UInt128(r, RowRandom.Mix(r)), (Int128)new UInt128(RowRandom.Mix(r + 1) >> 1, RowRandom.Mix(r + 2))) % wide));
    }

    private long Micros(ulong random) => (Day(random) * TemporalText.MicrosecondsADay) + (Second(RowRandom.Mix(random)) * 1_000_000L);

    private int Day(ulong random)
    {
        var year = Choose(options.DateYearTemplate, random, FirstYear, Years);
        var month = Choose(options.DateMonthTemplate, RowRandom.Mix(random + 1), 1, 12);
        var day = Choose(options.DateDayTemplate, RowRandom.Mix(random + 2), 1, 28);
        while (!TemporalText.TryDays(year, month, day, out _))
        {
            day--; // 31 of a shorter month is its last day
        }

        TemporalText.TryDays(year, month, day, out var days);
        return days;
    }

    private int Second(ulong random) =>
        (Choose(options.TimeHourTemplate, random, 0, 24) * 3600) + (Choose(options.TimeMinuteTemplate, RowRandom.Mix(random + 1), 0, 60) * 60)
        + Choose(options.TimeSecondTemplate, RowRandom.Mix(random + 2), 0, 60);

    private static int Choose(IReadOnlyList<int>? template, ulong random, int first, int count) =>
        template is { Count: > 0 } ? template[(int)RowRandom.Below(random, (ulong)template.Count)] : first + (int)RowRandom.Below(random, (ulong)count);

    private static Action<ColumnBuilder, DateTimeOffset>? Current(DataType type, string token)
    {
        static long LocalMicros(DateTimeOffset now) => (now.DateTime - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        return (token, type.Kind) switch
        {
            ("CURRENT_TIMESTAMP", TypeKind.Timestamp) when ((TimestampType)type).IsNanoseconds => (b, now) => ((FixedBuilder<long>)b).Append(LocalMicros(now) * 1000),
            ("CURRENT_TIMESTAMP", TypeKind.Timestamp) => (b, now) => ((FixedBuilder<long>)b).Append(LocalMicros(now)),
            ("CURRENT_TIMESTAMP", TypeKind.TimestampTz) => (b, now) => ((OffsetTimestampBuilder)b).Append(
                LocalMicros(now) - (now.Offset.Ticks / TimeSpan.TicksPerMicrosecond), (short)now.Offset.TotalMinutes),
            ("CURRENT_DATE", TypeKind.Date) => (b, now) => ((FixedBuilder<int>)b).Append((int)(LocalMicros(now) / TemporalText.MicrosecondsADay)),
            ("CURRENT_TIME", TypeKind.Time) => (b, now) => ((FixedBuilder<long>)b).Append(now.TimeOfDay.Ticks * 100),
            _ => null,
        };
    }
}
