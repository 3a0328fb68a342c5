using Seikan.Testing;

namespace Seikan.Core.Tests;

public sealed class ChangelogNormaliserTests : IDisposable
{
    private static readonly TableSchema Orders = TestMemory.KeyedTable(["id", "part"], ("id", DataType.Int), ("note", DataType.String), ("part", DataType.String));
    private readonly TestMemory _memory = new();

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void An_old_image_with_the_same_key_goes()
    {
        using var batch = _memory.Batch(Orders, [(RowKind.UpdateBefore, [1, "a", null]), (RowKind.UpdateAfter, [1, "b", null])]);

        using var upserts = ChangelogNormaliser.ToUpsert(batch, _memory.Job);

        RowAssert.Holds(upserts, "+U 1, \"b\", null");
    }

    [Fact]
    public void An_old_image_with_another_key_becomes_a_delete()
    {
        using var batch = _memory.Batch(Orders,
        [
            (RowKind.UpdateBefore, [1, "a", "x"]), (RowKind.UpdateAfter, [2, "a", "x"]), (RowKind.UpdateBefore, [5, "a", "x"]),
            (RowKind.UpdateAfter, [5, "a", null]),
        ]);

        using var upserts = ChangelogNormaliser.ToUpsert(batch, _memory.Job);

        RowAssert.Holds(upserts, "-D 1, \"a\", \"x\"", "+U 2, \"a\", \"x\"", "-D 5, \"a\", \"x\"", "+U 5, \"a\", null");
    }

    [Fact]
    public void Other_rows_stay_as_they_are()
    {
        using var batch = _memory.Batch(Orders,
        [
            (RowKind.Insert, [1, "a", "x"]), (RowKind.UpdateBefore, [1, "a", "x"]), (RowKind.UpdateAfter, [1, "b", "x"]), (RowKind.Delete, [1, "b", "x"]),
        ]);

        using var upserts = ChangelogNormaliser.ToUpsert(batch, _memory.Job);

        RowAssert.Holds(upserts, "+I 1, \"a\", \"x\"", "+U 1, \"b\", \"x\"", "-D 1, \"b\", \"x\"");
    }

    [Fact]
    public void A_batch_without_old_images_is_not_copied()
    {
        using var batch = _memory.Batch(Orders, [(RowKind.UpdateAfter, [1, "a", "x"])]);

        using var upserts = ChangelogNormaliser.ToUpsert(batch, _memory.Job);

        Assert.Same(batch, upserts);
    }

    [Fact]
    public void The_key_can_be_given_by_position()
    {
        using var batch = _memory.Batch(Orders, [(RowKind.UpdateBefore, [1, "a", "x"]), (RowKind.UpdateAfter, [2, "a", "y"])]);

        using var upserts = ChangelogNormaliser.ToUpsert(batch, [1], _memory.Job);

        RowAssert.Holds(upserts, "+U 2, \"a\", \"y\"");
    }
}
