using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Time.Testing;
using Seikan.Core;
using Seikan.Engine.Tests.Toys;
using Seikan.Plugins;

namespace Seikan.Engine.Tests;

public sealed class DecodeInOrderTests
{
    private const string Chain = "env {}\nsource { Toy {} }\nsink { Keep {} }";

    [Theory]
    [InlineData(1, 256)]
    [InlineData(4, 256)]
    [InlineData(4, 1)]
    public async Task Batches_come_in_the_order_of_the_chunks(int degree, int megabytes)
    {
        var sink = new ToySink();
        var chunks = new Chunks(40);
        await using var kit = Kit(sink, degree, (r, token) => Decoded(r, chunks.All(token), chunks.Decode, token));
        var result = await kit.RunAsync($"env {{ job.memory.limit = {megabytes}mb }}\nsource {{ Toy {{}} }}\nsink {{ Keep {{}} }}");
        Assert.True(result.Status == JobStatus.Finished, string.Join("\n", result.Diagnostics));
        Assert.Equal(Enumerable.Range(0, 400).Select(i => $"numbers +I {i}"), sink.Final);
        Assert.InRange(chunks.MostAtOnce, 1, degree + 1);
        Assert.Equal(40, chunks.Disposed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    [InlineData(39)]
    public async Task A_chunk_that_cannot_be_decoded_fails_the_job_and_leaves_nothing(int bad)
    {
        var sink = new ToySink { Kind = ToyDelivery.TwoPhase };
        var chunks = new Chunks(40) { Bad = bad };
        await using var kit = Kit(sink, 4, (r, token) => Decoded(r, chunks.All(token), chunks.Decode, token));
        var result = await kit.RunAsync(Chain);
        Assert.Equal((JobStatus.Failed, $"broken at \"chunk {bad}\""), (result.Status, result.Diagnostics[0].Message));
        Assert.Equal(chunks.Given, chunks.Disposed);
    }

    [Fact]
    public async Task A_source_of_chunks_that_fails_leaves_nothing()
    {
        var chunks = new Chunks(40) { EndsAt = 13 };
        await using var kit = Kit(new ToySink(), 4, (r, token) => Decoded(r, chunks.All(token), chunks.Decode, token));
        Assert.Equal("broken at \"the end\"", (await kit.RunAsync(Chain)).Diagnostics[0].Message);
        Assert.Equal((13, 13), (chunks.Given, chunks.Disposed));
    }

    [Fact]
    public async Task A_reader_that_stops_in_the_middle_leaves_nothing()
    {
        var sink = new ToySink();
        var chunks = new Chunks(40);
        await using var kit = Kit(sink, 4, (r, token) => Decoded(r, chunks.All(token), chunks.Decode, token, most: 5));
        Assert.Equal(JobStatus.Finished, (await kit.RunAsync(Chain)).Status);
        Assert.Equal(50, sink.Final.Count);
        Assert.Equal(chunks.Given, chunks.Disposed);
    }

    [Fact]
    public async Task A_cancel_in_the_middle_leaves_nothing()
    {
        var chunks = new Chunks(int.MaxValue);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sink = new ToySink
        {
            BeforeWrite = _ =>
            {
                reached.TrySetResult();
                return ValueTask.CompletedTask;
            },
        };
        await using var kit = Kit(sink, 4, (r, token) => Decoded(r, chunks.All(token), chunks.Decode, token));
        var result = await kit.RunAsync(Chain, async run =>
        {
            await reached.Task;
            run.Cancel();
        });
        Assert.Equal(JobStatus.Canceled, result.Status);
        Assert.Equal(chunks.Given, chunks.Disposed);
    }

    [Fact]
    public async Task What_is_decoded_goes_out_while_the_next_chunk_is_awaited()
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var chunks = new Chunks(2) { Before = (i, token) => i == 1 ? written.Task.WaitAsync(token) : Task.CompletedTask };
        var sink = new ToySink
        {
            BeforeWrite = _ =>
            {
                written.TrySetResult();
                return ValueTask.CompletedTask;
            },
        };
        await using var kit = Kit(sink, 4, (r, token) => Decoded(r, chunks.All(token), chunks.Decode, token));
        Assert.Equal(JobStatus.Finished, (await kit.RunAsync(Chain)).Status);
        Assert.Equal(20, sink.Final.Count);
    }

    private static EngineKit Kit(ToySink sink, int degree, Func<IReaderContext, CancellationToken, IAsyncEnumerable<RowBatch>> read) =>
        new EngineKit(new FakeTimeProvider()) { Settings = s => s with { DecodeDegree = degree } }
            .Source("Toy", c => new ToySource { Context = c, Splits = 0, Reader = r => new StreamReader(token => read(r, token)) }).Sink("Keep", sink);

    private static async IAsyncEnumerable<RowBatch> Decoded(
        IReaderContext reader, IAsyncEnumerable<Chunk> chunks, Action<Chunk, BatchBuilder> decode, [EnumeratorCancellation] CancellationToken token, int most = int.MaxValue)
    {
        await foreach (var (chunk, batch) in reader.DecodeInOrder(chunks, reader.Tables[0], decode, token))
        {
            chunk.Dispose();
            yield return batch;
            if (--most == 0)
            {
                yield break;
            }
        }
    }

    private sealed class StreamReader(Func<CancellationToken, IAsyncEnumerable<RowBatch>> read) : ISourceReader
    {
        private readonly CancellationTokenSource _stop = new();
        private IAsyncEnumerator<RowBatch>? _batches;

        public async ValueTask<ReaderOutput?> ReadAsync(CancellationToken cancellationToken)
        {
            await using var registration = cancellationToken.Register(_stop.Cancel);
            _batches ??= read(_stop.Token).GetAsyncEnumerator(_stop.Token);
            return await _batches.MoveNextAsync() ? new ReaderOutput.Rows([_batches.Current], []) : null;
        }

        public ValueTask DisposeAsync() => _batches?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    private sealed class Chunk(int number, Action disposed) : IDisposable
    {
        public int Number => number;

        public void Dispose() => disposed();
    }

    private sealed class Chunks(int count)
    {
        private readonly ConcurrentDictionary<int, int> _disposed = [];
        private int _now;
        private int _most;

        public int Bad { get; init; } = -1;

        public int EndsAt { get; init; } = int.MaxValue;

        public Func<int, CancellationToken, Task> Before { get; init; } = static (_, _) => Task.CompletedTask;

        public int Given { get; private set; }

        public int Disposed => _disposed.Count;

        public int MostAtOnce => _most;

        public async IAsyncEnumerable<Chunk> All([EnumeratorCancellation] CancellationToken token)
        {
            for (var i = 0; i < count; i++)
            {
                await Before(i, token);
                if (i == EndsAt)
                {
                    throw new SeikanException(new Diagnostic(FaultPoints.Broken, "broken at \"the end\""));
                }

                Given++;
                var number = i;
                yield return new Chunk(number, () => _disposed[number] = 1);
            }
        }

        public void Decode(Chunk chunk, BatchBuilder builder)
        {
            var now = Interlocked.Increment(ref _now);
            Interlocked.Exchange(ref _most, Math.Max(now, _most));
            for (var id = chunk.Number * 10L; id < (chunk.Number + 1) * 10L; id++)
            {
                ((FixedBuilder<long>)builder.Columns[0]).Append(id);
                builder.Columns[1].AppendNull();
                builder.EndRow();
            }

            Interlocked.Decrement(ref _now);
            if (chunk.Number == Bad)
            {
                throw new SeikanException(new Diagnostic(FaultPoints.Broken, $"broken at \"chunk {Bad}\""));
            }
        }
    }
}
