using Seikan.Testing;

namespace Seikan.Core.Tests;

/// <summary>The kit itself: a check that cannot fail would hide what it is for.</summary>
public sealed class TestKitTests
{
    private static readonly TableSchema Table = TestMemory.Table(("a", DataType.Int), ("b", DataType.String));

    [Fact]
    public void A_batch_that_is_not_disposed_fails_the_guard()
    {
        var memory = new TestMemory();
        var batch = memory.Batch(Table, [1, "x"]);

        var thrown = Assert.Throws<CheckFailedException>(memory.Dispose);

        Assert.Equal("3 buffers of 12288 bytes were not given back to the pool, and 13 bytes to the memory budget", thrown.Message);
        batch.Dispose();
        memory.Dispose();
    }

    [Fact]
    public void Bytes_that_an_encoder_still_reports_fail_the_guard()
    {
        var memory = new TestMemory();
        memory.Job.Account(5);

        var thrown = Assert.Throws<CheckFailedException>(memory.Dispose);

        Assert.Equal("5 bytes were not given back to the memory budget", thrown.Message);
    }

    [Fact]
    public void Rows_are_equal_whatever_the_boundaries_of_their_batches()
    {
        using var memory = new TestMemory();
        using var both = memory.Batch(Table, [1, "x"], [2, null]);
        using var first = memory.Batch(Table, [1, "x"]);
        using var second = memory.Batch(Table, [2, null]);

        RowAssert.Equal([both], [first, second]);
        RowAssert.EqualInAnyOrder([both], [second, first]);
        RowAssert.Holds([first, second], "+I 1, \"x\"", "+I 2, null");
    }

    [Theory]
    [InlineData(RowKind.Insert, 1, "y", "row 0 column \"b\" string: \"x\" expected, \"y\" came")]
    [InlineData(RowKind.Insert, 1, null, "row 0 column \"b\" string: \"x\" expected, null came")]
    [InlineData(RowKind.Delete, 1, "x", "row 0: kind +I expected, -D came")]
    public void A_difference_is_named(RowKind kind, int number, string? text, string message)
    {
        using var memory = new TestMemory();
        using var expected = memory.Batch(Table, [1, "x"]);
        using var actual = memory.Batch(Table, [(kind, [number, text])]);

        Assert.Equal(message, Assert.Throws<CheckFailedException>(() => RowAssert.Equal(expected, actual)).Message);
    }

    [Fact]
    public void A_missing_row_is_named()
    {
        using var memory = new TestMemory();
        using var expected = memory.Batch(Table, [1, "x"], [2, "y"]);
        using var actual = memory.Batch(Table, [1, "x"]);

        Assert.Equal("a row is missing: row 1: +I 2, \"y\"", Assert.Throws<CheckFailedException>(() => RowAssert.Equal(expected, actual)).Message);
        Assert.Equal("a row too many came: row 1: +I 2, \"y\"", Assert.Throws<CheckFailedException>(() => RowAssert.Equal(actual, expected)).Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Chunks_come_back_in_order(int parallelism)
    {
        using var memory = new TestMemory();
        var reader = new TestReaderContext(memory.Job, [Table], parallelism);
        var came = new List<int>();

        await foreach (var (chunk, batch) in reader.DecodeInOrder(Numbers(50), Table, Decode, TestContext.Current.CancellationToken))
        {
            using (batch)
            {
                came.Add(chunk);
                RowAssert.Holds(batch, $"+I {chunk}, null");
            }
        }

        Assert.Equal(Enumerable.Range(0, 50), came);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_chunk_that_fails_ends_the_decoding_and_leaks_nothing(int parallelism)
    {
        using var memory = new TestMemory();
        var reader = new TestReaderContext(memory.Job, [Table], parallelism);
        var came = 0;

        await Assert.ThrowsAsync<FormatException>(async () =>
        {
            await foreach (var (_, batch) in reader.DecodeInOrder(
                Numbers(50), Table, (c, b) => Decode(c == 20 ? throw new FormatException() : c, b), TestContext.Current.CancellationToken))
            {
                batch.Dispose();
                came++;
            }
        });

        Assert.Equal(20, came);
    }

    private static void Decode(int chunk, BatchBuilder builder)
    {
        ((FixedBuilder<int>)builder.Columns[0]).Append(chunk);
        builder.Columns[1].AppendNull();
        builder.EndRow();
    }

    private static async IAsyncEnumerable<int> Numbers(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await Task.Yield();
            yield return i;
        }
    }
}
