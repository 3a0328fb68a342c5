using System.Numerics;
using Apache.Arrow;
using BenchmarkDotNet.Attributes;
using Seikan.Core;

namespace Seikan.Benchmarks;

/// <summary>Decisions 2.1: an int column (10 % null) and a text column, added up. Time is per row.</summary>
[MemoryDiagnoser]
public class ColumnsReadBenchmarks
{
    private const int Rows = ColumnRows.Count;

    private RowBatch _batch = null!; // made by Setup
    private Int32Array _numbers = null!; // made by Setup
    private StringArray _texts = null!; // made by Setup

    [GlobalSetup]
    public void Setup()
    {
        var rows = new ColumnRows();
        var memory = new MemoryBudget(256L << 20, new BufferPool(), TimeProvider.System).OpenJob();
        var table = new TableSchema(new TablePath(null, null, "t"), [new ColumnDef("number", DataType.Int), new ColumnDef("text", DataType.String)]);
        using var builder = memory.BeginOutput(table);
        var (numbers, texts) = (new Int32Array.Builder(), new StringArray.Builder());
        for (var row = 0; row < Rows; row++)
        {
            if (rows.HasNumber[row])
            {
                ((FixedBuilder<int>)builder.Columns[0]).Append(rows.Numbers[row]);
                numbers.Append(rows.Numbers[row]);
            }
            else
            {
                builder.Columns[0].AppendNull();
                numbers.AppendNull();
            }

            ((BytesBuilder)builder.Columns[1]).Append(rows.Text(row));
            texts.Append(rows.Text(row));
            builder.EndRow();
        }

        (_batch, _numbers, _texts) = (builder.Build(), numbers.Build(), texts.Build());
    }

    /// <summary>64 rows a word of the bitmap; lengths from the offsets.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Rows)]
    public long OwnWords()
    {
        var numbers = (FixedColumn<int>)_batch[0];
        var values = numbers.Values;
        var words = numbers.Validity;
        var sum = 0L;
        for (var i = 0; i < words.Length; i++)
        {
            for (var word = words[i]; word != 0; word &= word - 1)
            {
                sum += values[(i << 6) + BitOperations.TrailingZeroCount(word)];
            }
        }

        var offsets = ((BytesColumn)_batch[1]).Offsets;
        for (var row = 0; row < Rows; row++)
        {
            sum += offsets[row + 1] - offsets[row];
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Rows)]
    public long OwnCursor()
    {
        var sum = 0L;
        var cursor = new RowCursor(_batch);
        while (cursor.Read())
        {
            if (!cursor.IsNull(0))
            {
                sum += cursor.GetInt32(0);
            }

            sum += cursor.GetUtf8(1).Length;
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Rows)]
    public long ArrowSpans()
    {
        var sum = 0L;
        var values = _numbers.Values;
        var offsets = _texts.ValueOffsets;
        for (var row = 0; row < Rows; row++)
        {
            if (_numbers.IsValid(row))
            {
                sum += values[row];
            }

            sum += offsets[row + 1] - offsets[row];
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Rows)]
    public long ArrowGetValue()
    {
        var sum = 0L;
        for (var row = 0; row < Rows; row++)
        {
            sum += _numbers.GetValue(row) ?? 0;
            sum += _texts.GetBytes(row).Length;
        }

        return sum;
    }
}
