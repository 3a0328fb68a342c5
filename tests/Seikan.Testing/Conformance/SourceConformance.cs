using System.Collections.Immutable;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Testing;

/// <summary>
/// What every source must do, whatever it reads (design 4): one call runs all checks. The source must be bounded and give the same rows each time.
/// </summary>
public sealed class SourceConformance
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Makes the source under test; called anew for each check.</summary>
    public required Func<IPluginContext, ISource> Make { get; init; }

    /// <summary>Rows that one reader of the source gives in all.</summary>
    public required long Rows { get; init; }

    /// <summary>Whether the positions inside its splits can be gone on from; false for atomic splits.</summary>
    public bool IsResumable { get; init; } = true;

    /// <summary>Runs every check; the first that fails is named in the exception.</summary>
    /// <param name="cancellationToken">Ends the checks.</param>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        await RunAsync("discovery gives the same tables twice, without diagnostics", DiscoverTwiceAsync, cancellationToken);
        await RunAsync("every row comes once, with rising positions", ReadAllAsync, cancellationToken);
        await RunAsync("reading goes on exactly from every position", ResumeEverywhereAsync, cancellationToken);
        await RunAsync("splits that come back are handed out again", ReturnSplitsAsync, cancellationToken);
        await RunAsync("a restored enumerator hands out what was left", RestoreEnumeratorAsync, cancellationToken);
        await RunAsync("several readers read every split once", SeveralReadersAsync, cancellationToken);
        await RunAsync("a reader without splits ends", ReadNothingAsync, cancellationToken);
        await RunAsync("a reader that waits for splits listens to the cancellation", CancelWaitingAsync, cancellationToken);
        await RunAsync("a reader may be left before its end", LeaveEarlyAsync, cancellationToken);
    }

    private async Task RunAsync(string check, Func<ISource, TestMemory, CancellationToken, Task> body, CancellationToken cancellationToken)
    {
        var memory = new TestMemory();
        var context = new TestPluginContext(memory);
        try
        {
            await using (var source = Make(context))
            {
                context.Diagnostics.ThrowIfErrors();
                await body(source, memory, cancellationToken);
            }

            memory.CheckNothingHeld();
        }
        catch (Exception e) when (e is not CheckFailedException { InnerException: not null })
        {
            throw new CheckFailedException($"source conformance: {check}: {e.Message}", e);
        }
    }

    private static async Task DiscoverTwiceAsync(ISource source, TestMemory memory, CancellationToken cancellationToken)
    {
        var first = await source.DiscoverAsync(cancellationToken);
        var second = await source.DiscoverAsync(cancellationToken);
        Require(!first.IsEmpty, "no table was found");
        Require(first.SequenceEqual(second), "another discovery found other tables");
        Require((await source.ProbeAsync(cancellationToken)).All(d => d.Severity != Severity.Error), "the probe found an error");
        Require(source.IsBounded, "the source under test must be bounded");
    }

    private async Task ReadAllAsync(ISource source, TestMemory memory, CancellationToken cancellationToken)
    {
        var last = new Dictionary<string, long>();
        var rows = 0L;
        foreach (var output in await ReadAsync(source, memory, await SplitsAsync(source, 1, cancellationToken), cancellationToken))
        {
            using (output)
            {
                rows += output.Rows;
                foreach (var (split, position) in output.After)
                {
                    Require(!last.TryGetValue(split, out var before) || position.Sequence >= before, $"the position of split {split} fell from {before} to {position.Sequence}");
                    last[split] = position.Sequence;
                }
            }
        }

        Require(rows == Rows, $"{rows} rows came, {Rows} were expected");
    }

    private async Task ResumeEverywhereAsync(ISource source, TestMemory memory, CancellationToken cancellationToken)
    {
        if (!IsResumable)
        {
            return;
        }

        foreach (var split in await SplitsAsync(source, 1, cancellationToken))
        {
            var all = await ReadAsync(source, memory, [split], cancellationToken);
            try
            {
                for (var i = 0; i < all.Count; i++)
                {
                    if (all[i].After.LastOrDefault(p => p.SplitId == split.Id).Position is not { } position)
                    {
                        continue;
                    }

                    var rest = await ReadAsync(source, memory, [split with { From = position }], cancellationToken);
                    try
                    {
                        RowAssert.Equal(all.Skip(i + 1).SelectMany(o => o.Batches), rest.SelectMany(o => o.Batches));
                    }
                    finally
                    {
                        rest.ForEach(o => o.Dispose());
                    }
                }
            }
            finally
            {
                all.ForEach(o => o.Dispose());
            }
        }
    }

    private static async Task ReturnSplitsAsync(ISource source, TestMemory memory, CancellationToken cancellationToken)
    {
        await using var enumerator = source.CreateEnumerator(await ContextAsync(source, 1, null, cancellationToken));
        if (await enumerator.NextAsync(0, cancellationToken) is not { } first)
        {
            return;
        }

        enumerator.Returned([first]);
        var ids = new List<string>();
        while (await enumerator.NextAsync(0, cancellationToken) is { } split)
        {
            ids.Add(split.Id);
        }

        Require(ids.Count(id => id == first.Id) == 1, $"split {first.Id} came back and was handed out {ids.Count(id => id == first.Id)} times");
        Require(await enumerator.NextAsync(0, cancellationToken) is null, "a split came after the end");
    }

    private static async Task RestoreEnumeratorAsync(ISource source, TestMemory memory, CancellationToken cancellationToken)
    {
        var all = (await SplitsAsync(source, 1, cancellationToken)).Select(s => s.Id).ToList();
        Require(all.Distinct().Count() == all.Count, "two splits have the same id");
        for (var given = 0; given <= all.Count; given++)
        {
            await using var enumerator = source.CreateEnumerator(await ContextAsync(source, 1, null, cancellationToken));
            for (var i = 0; i < given; i++)
            {
                await enumerator.NextAsync(0, cancellationToken);
            }

            var rest = (await SplitsAsync(source, 1, cancellationToken, enumerator.Snapshot())).Select(s => s.Id);
            Require(rest.SequenceEqual(all.Skip(given)), $"after {given} splits the restored enumerator did not hand out the rest");
        }
    }

    private static async Task SeveralReadersAsync(ISource source, TestMemory memory, CancellationToken cancellationToken)
    {
        await using var enumerator = source.CreateEnumerator(await ContextAsync(source, 3, null, cancellationToken));
        var (ids, open) = (new HashSet<string>(), new List<int> { 0, 1, 2 });
        for (var turn = 0; open.Count > 0; turn++)
        {
            var reader = open[turn % open.Count];
            if (await enumerator.NextAsync(reader, cancellationToken) is { } split)
            {
                Require(ids.Add(split.Id), $"split {split.Id} was handed out twice");
            }
            else
            {
                open.Remove(reader);
            }
        }
    }

    private static async Task ReadNothingAsync(ISource source, TestMemory memory, CancellationToken cancellationToken)
    {
        var outputs = await ReadAsync(source, memory, [], cancellationToken);
        Require(outputs.Count == 0, "rows came without a split");
    }

    private static async Task CancelWaitingAsync(ISource source, TestMemory memory, CancellationToken cancellationToken)
    {
        var context = new TestReaderContext(memory.Job, [.. (await source.DiscoverAsync(cancellationToken)).Select(t => t.Schema)]);
        await using var reader = source.CreateReader(context);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var read = reader.ReadAsync(stop.Token).AsTask();
        Require(!read.IsCompleted, "the reader did not wait for a split");
        await stop.CancelAsync();
        try
        {
            await read.WaitAsync(Patience, memory.Time, cancellationToken);
            Require(false, "the reader went on after the cancellation");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // as it should
        }
    }

    private static async Task LeaveEarlyAsync(ISource source, TestMemory memory, CancellationToken cancellationToken)
    {
        var context = new TestReaderContext(memory.Job, [.. (await source.DiscoverAsync(cancellationToken)).Select(t => t.Schema)])
            .Assign(await SplitsAsync(source, 1, cancellationToken)).NoMoreSplits();
        await using var reader = source.CreateReader(context);
        if (await reader.ReadAsync(cancellationToken) is ReaderOutput.Rows rows)
        {
            foreach (var batch in rows.Batches)
            {
                batch.Dispose();
            }
        }
    }

    private static async Task<EnumeratorContext> ContextAsync(ISource source, int readers, JsonState? restored, CancellationToken cancellationToken) =>
        new(readers, [.. (await source.DiscoverAsync(cancellationToken)).Select(t => t.Schema)], restored);

    private static async Task<List<Split>> SplitsAsync(ISource source, int readers, CancellationToken cancellationToken, JsonState? restored = null)
    {
        await using var enumerator = source.CreateEnumerator(await ContextAsync(source, readers, restored, cancellationToken));
        var splits = new List<Split>();
        while (await enumerator.NextAsync(0, cancellationToken) is { } split)
        {
            splits.Add(split);
        }

        return splits;
    }

    private static async Task<List<Output>> ReadAsync(ISource source, TestMemory memory, List<Split> splits, CancellationToken cancellationToken)
    {
        var context = new TestReaderContext(memory.Job, [.. (await source.DiscoverAsync(cancellationToken)).Select(t => t.Schema)], parallelism: 2).Assign(splits).NoMoreSplits();
        var outputs = new List<Output>();
        var finished = new HashSet<string>();
        await using var reader = source.CreateReader(context);
        while (await reader.ReadAsync(cancellationToken) is { } output)
        {
            switch (output)
            {
                case ReaderOutput.Rows rows:
                    outputs.Add(new Output(rows.Batches, rows.After));
                    break;
                case ReaderOutput.SplitFinished end:
                    Require(finished.Add(end.SplitId), $"split {end.SplitId} ended twice");
                    break;
                default:
                    Require(false, $"an output of an unexpected kind came: {output.GetType().Name}");
                    break;
            }
        }

        Require(finished.SetEquals(splits.Select(s => s.Id)), "not every split was reported as finished");
        return outputs;
    }

    private static void Require(bool isTrue, string otherwise)
    {
        if (!isTrue)
        {
            throw new CheckFailedException(otherwise);
        }
    }

    private sealed record Output(ImmutableArray<RowBatch> Batches, ImmutableArray<SplitPosition> After) : IDisposable
    {
        public long Rows => Batches.Sum(b => (long)b.RowCount);

        public void Dispose()
        {
            foreach (var batch in Batches)
            {
                batch.Dispose();
            }
        }
    }
}
