using CsCheck;
using Seikan.Testing;

namespace Seikan.Core.Tests;

public sealed class RowDigestTests : IDisposable
{
    private readonly TestMemory _memory = new();

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void Equal_rows_have_equal_digests_wherever_they_stand_and_others_do_not() => Gen.Select(BatchGenerator.Rows(), Gen.Int).Sample(
        (generated, seed) =>
        {
            using var batch = generated.Build(_memory);
            var order = Enumerable.Range(0, batch.RowCount).ToArray();
            new Random(seed).Shuffle(order);
            using var shuffled = RowBatch.Create(
                generated.Schema, [.. Enumerable.Range(0, generated.Schema.Columns.Length).Select(i => batch[i].Gather(order, _memory.Pool))], order.Length);

            var (digests, others, lines) = (Digests(batch), Digests(shuffled), RowAssert.Lines(batch));

            Assert.Equal(order.Select(row => digests[row]), others);
            for (var i = 1; i < digests.Length; i++)
            {
                Assert.Equal(lines[i] == lines[i - 1], digests[i] == digests[i - 1]);
            }
        },
        iter: 300);

    [Fact]
    public void Null_empty_zero_and_false_differ()
    {
        var digests = new HashSet<ulong>();
        foreach (var (type, values) in new (DataType, object?[])[]
        {
            (DataType.String, [null, "", "\0", "0"]), (DataType.BigInt, [0L, 1L, -1L]), (DataType.Boolean, [null]),
            (new ArrayType(DataType.Int), [Array.Empty<object?>(), new object?[] { null }, new object?[] { null, null }]),
            (new RowType([new RowField("a", DataType.Int)]), [new object?[] { null }, new object?[] { 0 }]),
        })
        {
            using var batch = _memory.Batch(TestMemory.Table(("a", type)), [.. values.Select(v => new[] { v })]);
            digests.UnionWith(Digests(batch));
        }

        // A null is the same whatever its type.
        Assert.Equal(4 + 3 + 3 + 2, digests.Count);
    }

    [Fact]
    public void The_order_of_columns_counts()
    {
        using var batch = _memory.Batch(TestMemory.Table(("a", DataType.Int), ("b", DataType.Int)), [1, 2]);
        var (forth, back) = (new ulong[1], new ulong[1]);

        batch.HashRows([0, 1], forth);
        batch.HashRows([1, 0], back);

        Assert.NotEqual(forth[0], back[0]);
    }

    [Fact]
    public void Where_one_text_ends_and_the_next_begins_counts()
    {
        using var batch = _memory.Batch(TestMemory.Table(("a", DataType.String), ("b", DataType.String)), ["ab", "c"], ["a", "bc"], ["abc", ""], ["", "abc"]);

        Assert.Distinct(Digests(batch));
    }

    [Fact]
    public void How_elements_are_grouped_counts()
    {
        var type = new ArrayType(new ArrayType(DataType.Int));
        using var batch = _memory.Batch(
            TestMemory.Table(("a", type)),
            [new object?[] { new object?[] { 1 }, new object?[] { 2 } }],
            [new object?[] { new object?[] { 1, 2 }, Array.Empty<object?>() }],
            [new object?[] { new object?[] { 1, 2 } }]);

        Assert.Distinct(Digests(batch));
    }

    [Fact]
    public void Numbers_agree_over_their_widths()
    {
        Assert.Single(new HashSet<ulong>(
        [
            One(DataType.TinyInt, -5), One(DataType.SmallInt, -5), One(DataType.Int, -5), One(DataType.BigInt, -5),
        ]));
        Assert.Equal(One(DataType.Float, 0.5f), One(DataType.Double, 0.5));
        Assert.Equal(One(new DecimalType(10, 2), -12.5m), One(new DecimalType(50, 2), -12.5m));
        Assert.Equal(One(DataType.Double, double.NaN), One(DataType.Double, BitConverter.Int64BitsToDouble(-1)));
    }

    [Fact]
    public void Digests_are_the_same_in_every_version()
    {
        // Stored by those who compare source and target: a change of these figures is a break.
        Assert.Equal("3B6E7EE1DA696357", $"{One(DataType.BigInt, 42):X16}");
        Assert.Equal("274E8E54883100CB", $"{One(DataType.String, "Seikan"):X16}");
        Assert.Equal("73BFE2D7A8432780", $"{One(DataType.String, "a text of more than sixteen bytes"):X16}");
    }

    [Fact]
    public void Similar_rows_spread_over_all_bits()
    {
        using var builder = _memory.Job.BeginOutput(TestMemory.Table(("a", DataType.Int), ("b", DataType.Int)));
        for (var i = 0; i < 1 << 16; i++)
        {
            ((FixedBuilder<int>)builder.Columns[0]).Append(i & 255);
            ((FixedBuilder<int>)builder.Columns[1]).Append(i >> 8);
            builder.EndRow();
        }

        using var batch = builder.Build();
        var digests = Digests(batch);

        Assert.Equal(digests.Length, digests.Distinct().Count());
        for (var bit = 0; bit < 64; bit++)
        {
            // 65,536 throws of a coin: six standard deviations are 768.
            Assert.InRange(digests.Count(d => (d >> bit & 1) != 0), 32_000, 33_536);
        }
    }

    private static ulong[] Digests(RowBatch batch)
    {
        var digests = new ulong[batch.RowCount];
        batch.HashRows([.. Enumerable.Range(0, batch.Schema.Columns.Length)], digests);
        return digests;
    }

    private ulong One(DataType type, object value)
    {
        using var batch = _memory.Batch(TestMemory.Table(("a", type)), [value]);
        return Digests(batch)[0];
    }
}
