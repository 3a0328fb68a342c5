using Microsoft.Extensions.Time.Testing;
using Seikan.Testing;

namespace Seikan.Core.Tests;

public sealed class ChangeBufferTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly TestMemory _memory;

    public ChangeBufferTests() => _memory = new TestMemory(_time);

    public void Dispose() => _memory.Dispose();

    [Fact]
    public async Task Interleaved_rows_become_one_batch_a_table_in_order_of_first_use()
    {
        var (a, b) = (Table("a"), Table("b"));
        using var buffer = await _memory.Job.BeginChangesAsync(TestContext.Current.CancellationToken);
        foreach (var (table, value) in new[] { (b, 1), (a, 2), (b, 3), (a, 4), (b, 5) })
        {
            Add(buffer, table, value);
        }

        _ = buffer.For(Table("untouched"));
        Assert.Equal(5, buffer.RowCount);
        var batches = buffer.Drain();

        Assert.Equal(["b", "a"], batches.Select(x => x.Schema.Path.Table));
        RowAssert.Holds(batches[0], "+I 1", "+I 3", "+I 5");
        RowAssert.Holds(batches[1], "+I 2", "+I 4");
        DisposeAll(batches);
    }

    [Fact]
    public async Task The_memory_is_held_until_the_last_batch_of_the_flush_is_disposed()
    {
        var buffer = await _memory.Job.BeginChangesAsync(TestContext.Current.CancellationToken);
        Add(buffer, Table("a"), 1);
        Add(buffer, Table("b"), 1);
        var batches = buffer.Drain();
        buffer.Dispose();

        Assert.Equal(batches.Sum(x => x.SizeBytes), _memory.Job.HeldBytes);
        batches[0].Dispose();
        Assert.NotEqual(0, _memory.Job.HeldBytes);
        batches[1].Dispose();

        Assert.Equal(0, _memory.Job.HeldBytes);
    }

    [Fact]
    public async Task A_buffer_serves_one_flush()
    {
        using var buffer = await _memory.Job.BeginChangesAsync(TestContext.Current.CancellationToken);
        Add(buffer, Table("a"), 1);
        DisposeAll(buffer.Drain());

        Assert.Throws<InvalidOperationException>(() => buffer.For(Table("a")));
        Assert.Throws<InvalidOperationException>(() => buffer.Drain());
    }

    [Fact]
    public async Task A_buffer_that_is_given_up_leaks_nothing()
    {
        var buffer = await _memory.Job.BeginChangesAsync(TestContext.Current.CancellationToken);
        Add(buffer, Table("a"), 1);

        buffer.Dispose();
        buffer.Dispose();

        _memory.CheckNothingHeld();
    }

    [Fact]
    public async Task A_table_with_a_value_missing_fails_the_flush_and_leaks_nothing()
    {
        using var buffer = await _memory.Job.BeginChangesAsync(TestContext.Current.CancellationToken);
        Add(buffer, Table("a"), 1);
        buffer.For(Table("b")).EndRow();

        Assert.Throws<InvalidOperationException>(() => buffer.Drain());
    }

    [Fact]
    public async Task Rows_of_all_tables_count_for_being_due()
    {
        TableSchema[] tables = [Table("a"), Table("b"), Table("c")];
        using var buffer = await _memory.Job.BeginChangesAsync(TestContext.Current.CancellationToken);
        var rows = 0;
        while (!buffer.IsDue)
        {
            Add(buffer, tables[rows % 3], rows);
            rows++;
        }

        Assert.Equal(16_384, rows);
    }

    [Fact]
    public async Task Bytes_of_all_tables_count_for_being_due()
    {
        var tables = Enumerable.Range(0, 100).Select(i => TestMemory.Table($"t{i}", [("v", DataType.Bytes)])).ToArray();
        using var buffer = await _memory.Job.BeginChangesAsync(TestContext.Current.CancellationToken);
        var (rows, value) = (0, new byte[1000]);
        while (!buffer.IsDue)
        {
            var builder = buffer.For(tables[rows % tables.Length]);
            ((BytesBuilder)builder.Columns[0]).Append(value);
            builder.EndRow();
            rows++;
        }

        Assert.InRange(rows, (2 << 20) / 1100, ((2 << 20) / 1000) + 64);
    }

    [Fact]
    public async Task The_oldest_row_of_all_tables_decides_about_the_age()
    {
        using var buffer = await _memory.Job.BeginChangesAsync(TestContext.Current.CancellationToken);
        _ = buffer.For(Table("first used, without a row"));
        _time.Advance(TimeSpan.FromSeconds(1));
        Add(buffer, Table("a"), 1);
        _time.Advance(TimeSpan.FromMilliseconds(60));
        Add(buffer, Table("b"), 1);
        Assert.False(buffer.IsDue);
        Assert.Equal(TimeSpan.FromMilliseconds(40), buffer.TimeLeft);

        _time.Advance(TimeSpan.FromMilliseconds(40));

        Assert.True(buffer.IsDue);
    }

    private static TableSchema Table(string name) => TestMemory.Table(name, [("v", DataType.Int)]);

    private static void Add(ChangeBuffer buffer, TableSchema table, int value)
    {
        var builder = buffer.For(table);
        ((FixedBuilder<int>)builder.Columns[0]).Append(value);
        builder.EndRow();
    }

    private static void DisposeAll(IEnumerable<RowBatch> batches)
    {
        foreach (var batch in batches)
        {
            batch.Dispose();
        }
    }
}
