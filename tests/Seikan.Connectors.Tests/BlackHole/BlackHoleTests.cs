using Seikan.Connectors.BlackHole;
using Seikan.Core;
using Seikan.Plugins;
using Seikan.Testing;

namespace Seikan.Connectors.Tests.BlackHole;

public sealed class BlackHoleTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_takes_every_kind_of_row_and_gives_the_memory_back()
    {
        using var memory = new TestMemory();
        var sink = Sink(memory);
        await using var writer = ((Delivery.AtLeastOnce)sink.Delivery).Writer(new TestWriterContext());
        var table = TestMemory.KeyedTable(["a"], ("a", DataType.Int));

        await writer.WriteAsync(memory.Batch(table, [(RowKind.UpdateBefore, [1]), (RowKind.UpdateAfter, [1]), (RowKind.Delete, [1])]), Token);

        Assert.Equal(ChangelogMode.Full, sink.Accepts(table));
        memory.CheckNothingHeld();
    }

    internal static ISink Sink(TestMemory memory) =>
        (ISink)PluginText.Make("", new TestPluginContext(memory, "sink[0] BlackHole"), BlackHoleEntry.Bind, BlackHoleEntry.Create)!;
}
