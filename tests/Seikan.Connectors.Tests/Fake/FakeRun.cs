using System.Collections.Immutable;
using Seikan.Connectors.Fake;
using Seikan.Core;
using Seikan.Plugins;
using Seikan.Testing;

namespace Seikan.Connectors.Tests.Fake;

/// <summary>A FakeSource made from option text, read to its end.</summary>
internal static class FakeRun
{
    /// <summary>Makes the source.</summary>
    public static ISource Source(string options, TestPluginContext context)
    {
        var source = PluginText.Make(options, context, FakeSourceEntry.Bind, FakeSourceEntry.Create);
        context.Diagnostics.ThrowIfErrors();
        return (ISource)source!;
    }

    /// <summary>Errors of options that cannot work.</summary>
    public static string[] Errors(string options)
    {
        using var memory = new TestMemory();
        var context = new TestPluginContext(memory);
        PluginText.Make(options, context, FakeSourceEntry.Bind, FakeSourceEntry.Create);
        return PluginText.Errors(context);
    }

    /// <summary>All rows as lines, reader after reader; the memory is checked for leaks.</summary>
    public static async Task<List<string>> RowsAsync(string options, int readers = 1, BatchLimits? limits = null)
    {
        using var memory = new TestMemory(limits: limits);
        return await RowsAsync(Source(options, new TestPluginContext(memory)), memory, readers);
    }

    /// <summary>All rows of one column as values; see <see cref="TestValue"/>.</summary>
    public static async Task<List<T>> ValuesAsync<T>(string type, string options = "")
    {
        using var memory = new TestMemory();
        var source = Source($"seed = 7, row.num = 500, {options}\nschema {{ fields {{ c = {type} }} }}", new TestPluginContext(memory));
        var values = new List<T>();
        await ReadAsync(source, memory, 1, batch => values.AddRange(
            Enumerable.Range(0, batch.RowCount).Select(r => (T)TestValue.Read(batch[0], batch.Schema.Columns[0].Type, r)!)));
        return values;
    }

    /// <summary>All rows as lines.</summary>
    public static async Task<List<string>> RowsAsync(ISource source, TestMemory memory, int readers = 1)
    {
        var lines = new List<string>();
        await ReadAsync(source, memory, readers, batch => lines.AddRange(RowAssert.Lines(batch)));
        return lines;
    }

    /// <summary>Gives every batch to a consumer and disposes it.</summary>
    public static async Task ReadAsync(ISource source, TestMemory memory, int readers, Action<RowBatch> consume)
    {
        var tables = await TablesAsync(source);
        await using var enumerator = source.CreateEnumerator(new EnumeratorContext(readers, tables, null));
        for (var open = true; open;)
        {
            open = false;
            for (var i = 0; i < readers; i++)
            {
                if (await enumerator.NextAsync(i, default) is not { } split)
                {
                    continue;
                }

                open = true;
                var context = new TestReaderContext(memory.Job, tables) { Index = i, Readers = readers };
                await using var reader = source.CreateReader(context.Assign(split).NoMoreSplits());
                while (await reader.ReadAsync(default) is { } output)
                {
                    foreach (var batch in output is ReaderOutput.Rows rows ? rows.Batches : [])
                    {
                        using (batch)
                        {
                            consume(batch);
                        }
                    }
                }
            }
        }
    }

    /// <summary>The tables of a source.</summary>
    public static async Task<ImmutableArray<TableSchema>> TablesAsync(ISource source) => [.. (await source.DiscoverAsync(default)).Select(t => t.Schema)];
}
