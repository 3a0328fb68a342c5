namespace Seikan.Core.Tests;

public sealed class BufferPoolTests
{
    [Theory]
    [InlineData(0, 64)]
    [InlineData(1, 64)]
    [InlineData(64, 64)]
    [InlineData(65, 128)]
    [InlineData(1 << 20, 1 << 20)]
    [InlineData((1 << 20) + 1, 1 << 21)]
    public void Arrays_have_power_of_two_sizes(int wanted, int got)
    {
        var pool = new BufferPool();

        var buffer = pool.Rent(wanted);

        Assert.Equal(got, buffer.Length);
        Assert.Equal((1, got), (pool.OutstandingBuffers, pool.OutstandingBytes));
        pool.Return(buffer);
        Assert.Equal((0, 0), (pool.OutstandingBuffers, pool.OutstandingBytes));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData((1 << 30) + 1)]
    public void A_size_outside_the_limits_is_refused(int wanted) => Assert.Throws<ArgumentOutOfRangeException>(() => new BufferPool().Rent(wanted));

    [Fact]
    public void Returned_arrays_are_used_again_whatever_core_returned_them()
    {
        var pool = new BufferPool();
        var buffer = pool.Rent(4096);
        pool.Return(buffer);
        var seen = new HashSet<byte[]>(ReferenceEqualityComparer.Instance);

        Parallel.For(0, 100, _ =>
        {
            var again = pool.Rent(4096);
            lock (seen)
            {
                seen.Add(again);
            }

            pool.Return(again);
        });

        Assert.Contains(buffer, seen);
        Assert.InRange(seen.Count, 1, 100);
        Assert.Equal(0, pool.OutstandingBuffers);
    }

    [Fact]
    public void What_waits_for_reuse_stays_within_the_limit()
    {
        var pool = new BufferPool(keptBytes: 16 << 20);
        var buffers = Enumerable.Range(0, 200).Select(i => pool.Rent(1 << (10 + (i % 11)))).ToArray();

        foreach (var buffer in buffers)
        {
            pool.Return(buffer);
            Assert.True(pool.KeptBytes <= 16 << 20);
        }

        Assert.NotEqual(0, pool.KeptBytes);
        Assert.Equal(0, pool.OutstandingBytes);
    }

    [Fact]
    public void A_flood_of_one_size_makes_room_for_another()
    {
        var pool = new BufferPool(keptBytes: Environment.ProcessorCount * (1L << 20));
        Array.ForEach([.. Enumerable.Range(0, 10_000).Select(_ => pool.Rent(4096))], pool.Return);

        var large = pool.Rent(128 << 10);
        pool.Return(large);

        Assert.Same(large, pool.Rent(128 << 10));
    }

    [Fact]
    public void A_very_large_array_is_not_kept()
    {
        var pool = new BufferPool();

        pool.Return(pool.Rent(256 << 20));

        Assert.Equal(0, pool.KeptBytes);
    }

    [Fact]
    public void An_array_of_somebody_else_is_refused() => Assert.Throws<ArgumentException>(() => new BufferPool().Return(new byte[100]));

#if DEBUG
    [Fact]
    public void An_array_returned_twice_is_caught()
    {
        var pool = new BufferPool();
        var buffer = pool.Rent(64);
        pool.Return(buffer);

        Assert.Throws<InvalidOperationException>(() => pool.Return(buffer));
    }

    [Fact]
    public void A_write_after_the_return_is_caught_at_the_next_rent()
    {
        var pool = new BufferPool();
        var buffer = pool.Rent(64);
        pool.Return(buffer);
        buffer[10] = 1;

        Assert.Throws<InvalidOperationException>(() => pool.Rent(64));
    }

    [Fact]
    public void A_late_reader_sees_nonsense()
    {
        var pool = new BufferPool();
        var buffer = pool.Rent(64);
        buffer.AsSpan().Clear();

        pool.Return(buffer);

        Assert.DoesNotContain((byte)0, buffer);
    }
#endif
}
