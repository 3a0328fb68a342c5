using CsCheck;
using Seikan.Testing;

namespace Seikan.Core.Tests;

public sealed class RowSelectionTests : IDisposable
{
    private static readonly TableSchema Orders = TestMemory.KeyedTable(["id"], ("id", DataType.Int), ("status", DataType.String));
    private readonly TestMemory _memory = new();

    public void Dispose() => _memory.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(200)]
    public void Bits_behind_the_last_row_do_not_count(int rows)
    {
        var words = new ulong[RowSelection.WordCount(rows) + 1];
        words.AsSpan().Fill(ulong.MaxValue);

        var selection = RowSelection.FromMask(words, rows);

        Assert.Equal(rows, selection.Count);
    }

    [Fact]
    public void Keeping_all_gives_the_same_rows_without_copying()
    {
        using var batch = _memory.Batch(Orders, [1, "open"], [2, "closed"]);

        using var kept = batch.Gather(RowSelection.FromMask([3], 2), _memory.Job);

        Assert.Same(batch, kept);
    }

    [Fact]
    public void Keeping_none_gives_no_batch()
    {
        using var batch = _memory.Batch(Orders, [1, "open"]);

        Assert.Null(batch.Gather(RowSelection.FromMask([2], 1), _memory.Job));
    }

    [Fact]
    public void A_dense_batch_is_counted_in_the_job_memory_until_it_is_disposed()
    {
        using var batch = _memory.Batch(Orders, [1, "open"], [2, "closed"]);
        var before = _memory.Job.HeldBytes;

        var kept = batch.Gather(RowSelection.FromMask([1], 2), _memory.Job)!;

        Assert.Equal(before + kept.SizeBytes, _memory.Job.HeldBytes);
        kept.Dispose();
        Assert.Equal(before, _memory.Job.HeldBytes);
    }

    [Theory]
    [InlineData(0b1111, "+I 1, \"open\"", "-U 2, \"open\"", "+U 2, \"closed\"", "-D 3, \"open\"")]
    [InlineData(0b1011, "+I 1, \"open\"", "-D 2, \"open\"", "-D 3, \"open\"")]
    [InlineData(0b0101, "+I 1, \"open\"", "+I 2, \"closed\"")]
    [InlineData(0b0110, "-U 2, \"open\"", "+U 2, \"closed\"")]
    [InlineData(0b0010, "-D 2, \"open\"")]
    [InlineData(0b0100, "+I 2, \"closed\"")]
    public void A_lone_half_of_an_update_becomes_a_delete_or_an_insert(int mask, params string[] expected)
    {
        using var batch = _memory.Batch(Orders,
        [
            (RowKind.Insert, [1, "open"]), (RowKind.UpdateBefore, [2, "open"]), (RowKind.UpdateAfter, [2, "closed"]), (RowKind.Delete, [3, "open"]),
        ]);

        using var kept = batch.Gather(RowSelection.FromMask([(ulong)mask], 4), _memory.Job);

        RowAssert.Holds(kept!, expected);
    }

    [Fact]
    public void An_update_without_old_image_stays_one()
    {
        using var batch = _memory.Batch(Orders, [(RowKind.Insert, [1, "open"]), (RowKind.UpdateAfter, [2, "open"]), (RowKind.UpdateAfter, [3, "open"])]);

        using var kept = batch.Gather(RowSelection.FromMask([0b100], 3), _memory.Job);

        RowAssert.Holds(kept!, "+U 3, \"open\"");
    }

    [Fact]
    public void Any_filter_of_a_full_changelog_leaves_the_table_that_filtering_the_table_leaves() => Gen.Select(Gen.Int, Gen.Int[1, 120]).Sample(
        (seed, count) =>
        {
            var random = new Random(seed);
            var table = new Dictionary<int, int>();
            var changes = new List<(RowKind, object?[])>();
            for (var i = 0; i < count; i++)
            {
                var (id, value) = (random.Next(8), random.Next(10));
                if (!table.TryGetValue(id, out var old))
                {
                    changes.Add((RowKind.Insert, [id, value]));
                    table[id] = value;
                }
                else if (random.Next(3) == 0)
                {
                    changes.Add((RowKind.Delete, [id, old]));
                    table.Remove(id);
                }
                else
                {
                    changes.Add((RowKind.UpdateBefore, [id, old]));
                    changes.Add((RowKind.UpdateAfter, [id, value]));
                    table[id] = value;
                }
            }

            using var batch = _memory.Batch(TestMemory.KeyedTable(["id"], ("id", DataType.Int), ("value", DataType.Int)), changes);
            var mask = new ulong[RowSelection.WordCount(batch.RowCount)];
            for (var row = 0; row < batch.RowCount; row++)
            {
                mask[row >> 6] |= ((FixedColumn<int>)batch[1]).Values[row] < 5 ? 1UL << row : 0;
            }

            using var kept = batch.Gather(RowSelection.FromMask(mask, batch.RowCount), _memory.Job);
            using var upserts = kept is null ? null : ChangelogNormaliser.ToUpsert(kept, _memory.Job);

            Assert.Equal(table.Where(r => r.Value < 5).OrderBy(r => r.Key), Applied(upserts).OrderBy(r => r.Key));
        },
        iter: 300);

    // As an upserting sink does it.
    private static Dictionary<int, int> Applied(RowBatch? upserts)
    {
        var table = new Dictionary<int, int>();
        if (upserts is not null)
        {
            var cursor = new RowCursor(upserts);
            while (cursor.Read())
            {
                Assert.NotEqual(RowKind.UpdateBefore, cursor.Kind);
                if (cursor.Kind == RowKind.Delete)
                {
                    table.Remove(cursor.GetInt32(0));
                }
                else
                {
                    table[cursor.GetInt32(0)] = cursor.GetInt32(1);
                }
            }
        }

        return table;
    }
}
