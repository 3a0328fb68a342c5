using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Seikan.Core;

namespace Seikan.Testing;

/// <summary>Rows that follow from a seed: the same on every call of <see cref="Values"/> and <see cref="Build"/>.</summary>
/// <param name="Schema">The table.</param>
/// <param name="Mode">Which row kinds occur.</param>
/// <param name="RowCount">How many rows; with update pairs one more is possible.</param>
/// <param name="Seed">Decides the values.</param>
/// <param name="NullShare">Share of nulls, 0 to 1.</param>
public sealed record GeneratedRows(TableSchema Schema, ChangelogMode Mode, int RowCount, int Seed, double NullShare)
{
    private static readonly string[] Texts =
    [
        "", " ", "a", "null", "NULL", "true", "0", "a,b;c|d", "say \"hi\"", "it's", "line\nbreak", "carriage\r\nreturn", "tab\tstop", "back\\slash",
        "Grüße", "日本語テキスト", "Ελλάδα", "مرحبا", "👩‍👩‍👧 family", "e\u0301 combining", "\u0001control", "\uFEFFmark", "\U0010FFFF", "  padded  ",
    ];

    /// <summary>The rows as kinds and plain values (<see cref="TestValue"/>).</summary>
    public IEnumerable<(RowKind Kind, object?[] Values)> Values()
    {
        var random = new Random(Seed);
        for (var row = 0; row < RowCount; row++)
        {
            var kind = Mode switch
            {
                ChangelogMode.InsertOnly => RowKind.Insert,
                ChangelogMode.Upsert => random.Next(3) switch { 0 => RowKind.Insert, 1 => RowKind.UpdateAfter, _ => RowKind.Delete },
                _ => random.Next(4) switch { 0 => RowKind.Delete, 1 => RowKind.UpdateBefore, _ => RowKind.Insert },
            };
            yield return (kind, NextRow(random));
            if (kind == RowKind.UpdateBefore)
            {
                row++;
                yield return (RowKind.UpdateAfter, NextRow(random));
            }
        }
    }

    /// <summary>The rows as one batch.</summary>
    /// <param name="memory">Where it is counted.</param>
    /// <returns>The batch; the caller owns it.</returns>
    public RowBatch Build(TestMemory memory) => memory.Batch(Schema, Values());

    /// <inheritdoc/>
    public override string ToString() =>
        $"{string.Join(", ", Schema.Columns.Select(c => $"{c.Name} {c.Type}"))}; {Mode}, {RowCount} rows, seed {Seed}, nulls {NullShare}";

    /// <summary>A random value, never null unless nested or of type NULL.</summary>
    /// <param name="random">The randomness.</param>
    /// <param name="type">Its type.</param>
    /// <param name="nullShare">Share of nulls inside of nested values.</param>
    public static object? NextValue(Random random, DataType type, double nullShare)
    {
        object? Nested(DataType inner) => inner.Kind == TypeKind.Null || random.NextDouble() < nullShare ? null : NextValue(random, inner, nullShare);

        return type switch
        {
            DecimalType d => NextDecimal(random, d.Precision),
            TimestampType { IsNanoseconds: true } t => Truncate(Pick(random, long.MinValue, long.MaxValue), (long)Math.Pow(10, 9 - t.Scale)),
            TimestampType t => Truncate(Pick(random, -62_135_596_800_000_000, 253_402_300_799_999_999), (long)Math.Pow(10, 6 - t.Scale)),
            ArrayType a => Enumerable.Range(0, random.Next(4)).Select(_ => Nested(a.Element)).ToArray(),
            MapType m => Enumerable.Range(0, random.Next(4)).Select(_ => NextValue(random, m.Key, nullShare)).DistinctBy(k => TestText.Value(m.Key, k))
                .Select(k => new MapEntry(k, Nested(m.Value))).ToArray(),
            RowType r => r.Fields.Select(f => Nested(f.Type)).ToArray(),
            VectorType v => NextVector(random, v),
            _ => type.Kind switch
            {
                TypeKind.Null => null,
                TypeKind.Boolean => random.Next(2) == 0,
                TypeKind.TinyInt => (sbyte)Pick(random, sbyte.MinValue, sbyte.MaxValue),
                TypeKind.SmallInt => (short)Pick(random, short.MinValue, short.MaxValue),
                TypeKind.Int => (int)Pick(random, int.MinValue, int.MaxValue),
                TypeKind.BigInt => Pick(random, long.MinValue, long.MaxValue),
                TypeKind.Float => NextFloat(random),
                TypeKind.Double => NextDouble(random),
                TypeKind.String => NextText(random),
                TypeKind.Bytes => NextBytes(random, random.Next(20)),
                TypeKind.Date => (int)Pick(random, -719_162, 2_932_896),
                TypeKind.Time => Pick(random, 0, 86_399_999_999_999),
                TypeKind.TimestampTz => new OffsetTimestamp(
                    Pick(random, -62_135_596_800_000_000 + 64_800_000_000, 253_402_300_799_999_999 - 64_800_000_000), (short)Pick(random, -1080, 1080)),
                TypeKind.SparseFloatVector => Enumerable.Range(0, random.Next(4))
                    .Select(i => new MapEntry((i * 1000) + random.Next(1000), (float)random.Next(-100, 100) / 4)).ToArray(),
                _ => throw new ArgumentException($"no values of {type}", nameof(type)),
            },
        };
    }

    private object?[] NextRow(Random random) =>
        [.. Schema.Columns.Select(c => random.NextDouble() < NullShare ? null : NextValue(random, c.Type, NullShare / 2))];

    // Ends, zero and its neighbours as often as all the rest together.
    private static long Pick(Random random, long min, long max) => random.Next(12) switch
    {
        0 => min,
        1 => max,
        2 or 3 => Math.Clamp(0, min, max),
        4 => Math.Clamp(-1, min, max),
        5 => Math.Clamp(1, min, max),
        _ => max == long.MaxValue ? random.NextInt64(min, max) : random.NextInt64(min, max + 1),
    };

    private static long Truncate(long value, long unit) => value - (value % unit);

    private static BigInteger NextDecimal(Random random, int precision)
    {
        var limit = BigInteger.Pow(10, precision) - 1;
        var value = random.Next(5) switch
        {
            0 => limit,
            1 => BigInteger.Zero,
            2 => BigInteger.One,
            _ => new BigInteger(NextBytes(random, 32), isUnsigned: true) % (limit + 1),
        };
        return random.Next(2) == 0 ? -value : value;
    }

    private static float NextFloat(Random random) => random.Next(12) switch
    {
        0 => float.MinValue,
        1 => float.MaxValue,
        2 => float.Epsilon,
        3 => float.NaN,
        4 => float.PositiveInfinity,
        5 => float.NegativeInfinity,
        6 => -0f,
        7 => 0f,
        _ => (random.NextSingle() - 0.5f) * MathF.Pow(10, random.Next(-20, 20)),
    };

    private static double NextDouble(Random random) => random.Next(12) switch
    {
        0 => double.MinValue,
        1 => double.MaxValue,
        2 => double.Epsilon,
        3 => double.NaN,
        4 => double.PositiveInfinity,
        5 => double.NegativeInfinity,
        6 => -0d,
        7 => 0d,
        _ => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-200, 200)),
    };

    // Finite elements: which bits a NaN has is nothing that a text or a file has to keep.
    private static byte[] NextVector(Random random, VectorType type)
    {
        if (type.Kind == TypeKind.BinaryVector)
        {
            return NextBytes(random, type.ByteWidth);
        }

        var bytes = new byte[type.ByteWidth];
        for (var i = 0; i < type.Dimension; i++)
        {
            var element = (random.NextSingle() - 0.5f) * MathF.Pow(10, random.Next(-4, 4));
            switch (type.Kind)
            {
                case TypeKind.FloatVector:
                    BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * 4), element);
                    break;
                case TypeKind.Float16Vector:
                    BinaryPrimitives.WriteHalfLittleEndian(bytes.AsSpan(i * 2), (Half)element);
                    break;
                default:
                    BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(i * 2), (ushort)(BitConverter.SingleToUInt32Bits(element) >> 16));
                    break;
            }
        }

        return bytes;
    }

    private static string NextText(Random random)
    {
        if (random.Next(2) == 0)
        {
            return Texts[random.Next(Texts.Length)];
        }

        var text = new StringBuilder();
        for (var length = random.Next(40); length > 0; length--)
        {
            var rune = random.Next(10) switch
            {
                0 => random.Next(0x80, 0xD800),
                1 => random.Next(0x1_0000, 0x11_0000),
                _ => random.Next(0x20, 0x7F),
            };
            text.Append(new Rune(rune).ToString());
        }

        return text.ToString();
    }

    private static byte[] NextBytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
