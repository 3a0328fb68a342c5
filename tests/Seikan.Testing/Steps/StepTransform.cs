using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Testing.Steps;

/// <summary>
/// A transform for tests: passes rows through, drops them or multiplies them. One table becomes one table. Half an update that is dropped makes the
/// other half a delete or an insert. Counts the steps that are alive.
/// </summary>
public sealed class StepTransform : ITransform
{
    private readonly Func<RowBatch, int, int>? _copies;
    private int _alive;

    private StepTransform(Func<RowBatch, int, int>? copies) => _copies = copies;

    /// <summary>Every row, unchanged.</summary>
    public static StepTransform PassThrough() => new(null);

    /// <summary>Drops the rows that a test refuses.</summary>
    /// <param name="keep">True keeps the row.</param>
    public static StepTransform Dropping(Func<RowBatch, int, bool> keep) => new((batch, row) => keep(batch, row) ? 1 : 0);

    /// <summary>Every row several times.</summary>
    /// <param name="times">How often.</param>
    public static StepTransform Exploding(int times) => new((_, _) => times);

    /// <summary>Steps that were made and not disposed.</summary>
    public int Alive => Volatile.Read(ref _alive);

    /// <summary>Called before each batch.</summary>
    public Action? BeforeBatch { get; set; }

    /// <summary>Called before each output is given out, with the output still held.</summary>
    public Action? BeforeEmit { get; set; }

    /// <summary>Called when a step is made.</summary>
    public Action? BeforeCreate { get; set; }

    /// <summary>Rows of an output.</summary>
    public int OutputRows { get; init; } = 16;

    /// <inheritdoc/>
    public StepPlan Plan(TableSchema input, ChangelogMode mode) => new([new SourceTable(input, mode)], Create);

    private IStep Create(IPluginContext context)
    {
        BeforeCreate?.Invoke();
        Interlocked.Increment(ref _alive);
        return new Step(this, context);
    }

    private sealed class Step(StepTransform transform, IPluginContext context) : IStep, ICountsRows
    {
        private readonly List<(int Row, RowKind Kind)> _wanted = [];
        private bool _isDisposed;

        public long Filtered { get; private set; }

        public long Produced { get; private set; }

        public async ValueTask ProcessAsync(RowBatch input, Func<RowBatch, CancellationToken, ValueTask> emit, CancellationToken cancellationToken)
        {
            using (input)
            {
                transform.BeforeBatch?.Invoke();
                if (transform._copies is null)
                {
                    await emit(Given(input.Retain()), cancellationToken);
                    return;
                }

                Choose(input, transform._copies);
                for (var from = 0; from < _wanted.Count;)
                {
                    var to = Math.Min(_wanted.Count, from + transform.OutputRows);
                    to += _wanted[to - 1].Kind == RowKind.UpdateBefore ? 1 : 0;
                    await emit(Given(Copy(input, from, to)), cancellationToken);
                    from = to;
                }
            }
        }

        public ValueTask DisposeAsync()
        {
            if (!_isDisposed)
            {
                Interlocked.Decrement(ref transform._alive);
            }

            _isDisposed = true;
            return ValueTask.CompletedTask;
        }

        private RowBatch Given(RowBatch output)
        {
            try
            {
                transform.BeforeEmit?.Invoke();
                return output;
            }
            catch
            {
                output.Dispose();
                throw;
            }
        }

        private void Choose(RowBatch input, Func<RowBatch, int, int> copies)
        {
            _wanted.Clear();
            for (var row = 0; row < input.RowCount; row++)
            {
                var times = copies(input, row);
                var kind = input.IsInsertOnly ? RowKind.Insert : input.Kinds[row];
                if (kind == RowKind.UpdateBefore)
                {
                    var after = copies(input, row + 1);
                    Count(times);
                    Count(after);
                    if (times == 1 && after == 1)
                    {
                        _wanted.AddRange([(row, RowKind.UpdateBefore), (row + 1, RowKind.UpdateAfter)]);
                    }
                    else
                    {
                        _wanted.AddRange(Enumerable.Repeat((row, RowKind.Delete), times));
                        _wanted.AddRange(Enumerable.Repeat((row + 1, RowKind.Insert), after));
                    }

                    row++;
                    continue;
                }

                Count(times);
                _wanted.AddRange(Enumerable.Repeat((row, kind), times));
            }
        }

        private void Count(int times)
        {
            Filtered += times == 0 ? 1 : 0;
            Produced += Math.Max(0, times - 1);
        }

        private RowBatch Copy(RowBatch input, int from, int to)
        {
            using var builder = context.Memory.BeginOutput(input.Schema);
            for (var i = from; i < to; i++)
            {
                var (row, kind) = _wanted[i];
                Append(builder, input, row);
                if (kind != RowKind.UpdateBefore)
                {
                    builder.EndRow(kind);
                    continue;
                }

                i++;
                Append(builder, input, _wanted[i].Row);
                builder.EndUpdate();
            }

            return builder.Build();
        }

        private static void Append(BatchBuilder builder, RowBatch input, int row)
        {
            for (var column = 0; column < builder.Columns.Length; column++)
            {
                builder.Columns[column].AppendFrom(input[column], row);
            }
        }
    }
}
