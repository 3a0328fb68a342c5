using CsCheck;
using Seikan.Testing;

namespace Seikan.Core.Tests;

public sealed class ColumnGatherTests : IDisposable
{
    private readonly TestMemory _memory = new();

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void Gathered_rows_are_those_a_loop_would_take() => Gen.Select(BatchGenerator.Rows(maxRows: 300), Gen.Int, Gen.Int[0, 2]).Sample(
        (generated, seed, pattern) =>
        {
            using var batch = generated.Build(_memory);
            var rows = Choose(new Random(seed), pattern, batch.RowCount);
            for (var i = 0; i < generated.Schema.Columns.Length; i++)
            {
                var type = generated.Schema.Columns[i].Type;
                var gathered = batch[i].Gather(rows, _memory.Pool);
                Assert.Equal(rows.Length, gathered.Length);
                Assert.Equal(rows.Count(r => !batch[i].IsValid(r)), gathered.NullCount);
                for (var row = 0; row < rows.Length; row++)
                {
                    Assert.True(ColumnValues.Equal(batch[i], rows[row], gathered, row), $"{type}: row {rows[row]} came as another value");
                    Assert.True(TestValue.Same(TestValue.Read(batch[i], type, rows[row]), TestValue.Read(gathered, type, row)));
                }

                gathered.Release();
            }
        },
        iter: 400);

    [Fact]
    public void A_row_outside_the_column_is_refused()
    {
        using var batch = _memory.Batch(TestMemory.Table(("a", DataType.Int)), [1], [2]);

        Assert.Throws<ArgumentOutOfRangeException>(() => batch[0].Gather([0, 2], _memory.Pool));
        Assert.Throws<ArgumentOutOfRangeException>(() => batch[0].Gather([-1], _memory.Pool));
    }

    // Runs with gaps as a filter makes them, a shuffle, and repeated rows.
    private static int[] Choose(Random random, int pattern, int count)
    {
        var all = Enumerable.Range(0, count).ToArray();
        switch (pattern)
        {
            case 0:
                var isKept = true;
                return [.. all.Where(_ => (isKept = random.Next(12) == 0 ? !isKept : isKept))];
            case 1:
                random.Shuffle(all);
                return all[..random.Next(count + 1)];
            default:
                return count == 0 ? [] : [.. Enumerable.Range(0, random.Next(400)).Select(_ => random.Next(count))];
        }
    }
}
