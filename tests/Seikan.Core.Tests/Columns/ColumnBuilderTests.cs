using CsCheck;
using Seikan.Testing;

namespace Seikan.Core.Tests;

public sealed class ColumnBuilderTests : IDisposable
{
    private readonly TestMemory _memory = new();

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void Values_of_every_type_come_back_unchanged() => BatchGenerator.Rows().Sample(
        rows =>
        {
            using var batch = rows.Build(_memory);
            var row = 0;
            foreach (var (_, values) in rows.Values())
            {
                for (var i = 0; i < values.Length; i++)
                {
                    var type = rows.Schema.Columns[i].Type;
                    var read = TestValue.Read(batch[i], type, row);
                    Assert.True(TestValue.Same(values[i], read), $"row {row} column {i}: {TestText.Value(type, values[i])} became {TestText.Value(type, read)}");
                }

                row++;
            }

            Assert.Equal(batch.RowCount, row);
        },
        iter: 300);

    [Fact]
    public void A_column_counts_its_nulls_and_has_no_bitmap_without_one() => BatchGenerator.Rows().Sample(
        rows =>
        {
            using var batch = rows.Build(_memory);
            for (var i = 0; i < rows.Schema.Columns.Length; i++)
            {
                var nulls = Enumerable.Range(0, batch.RowCount).Count(r => !batch[i].IsValid(r));
                Assert.Equal(nulls, batch[i].NullCount);
                Assert.Equal(nulls == 0, batch[i].Validity.IsEmpty);
            }
        },
        iter: 100);

    [Fact]
    public void AppendFrom_copies_values_of_every_type() => BatchGenerator.Rows().Sample(
        rows =>
        {
            using var batch = rows.Build(_memory);
            using var builder = _memory.Job.BeginOutput(rows.Schema);
            for (var row = batch.RowCount - 1; row >= 0; row--)
            {
                for (var i = 0; i < builder.Columns.Length; i++)
                {
                    builder.Columns[i].AppendFrom(batch[i], row);
                }

                builder.EndRow();
            }

            using var copy = builder.Build();

            Assert.Equal(RowAssert.Lines(batch).AsEnumerable().Reverse(), RowAssert.Lines(copy));
        },
        iter: 200);

    [Fact]
    public void Truncate_takes_values_back_as_if_they_had_never_been_appended() => Gen.Select(BatchGenerator.Rows(), Gen.Int[0, 100], Gen.Int).Sample(
        (rows, keep, seed) =>
        {
            var values = rows.Values().Select(r => r.Values).ToArray();
            keep = Math.Min(keep, values.Length);
            for (var i = 0; i < rows.Schema.Columns.Length; i++)
            {
                var type = rows.Schema.Columns[i].Type;
                using var builder = ColumnBuilder.Create(type, _memory.Pool);
                foreach (var row in values)
                {
                    TestValue.Append(builder, type, row[i]);
                }

                AppendHalf(builder, type, new Random(seed));
                builder.Truncate(keep);
                foreach (var row in values)
                {
                    TestValue.Append(builder, type, row[i]);
                }

                var column = builder.Build();
                var expected = values.Take(keep).Concat(values).Select(r => r[i]).ToArray();
                Assert.Equal(expected.Length, column.Length);
                Assert.Equal(expected.Count(v => v is null), column.NullCount);
                Assert.All(expected, (v, row) => Assert.True(TestValue.Same(v, TestValue.Read(column, type, row))));
                column.Release();
            }
        },
        iter: 200);

    [Fact]
    public void A_value_can_be_set_to_null_afterwards_and_twice()
    {
        using var builder = (FixedBuilder<int>)ColumnBuilder.Create(DataType.Int, _memory.Pool);
        builder.AppendMany(100).Fill(7);

        builder.SetNull(70);
        builder.SetNull(70);
        builder.Append(8);
        var column = builder.Build();

        Assert.Equal(1, column.NullCount);
        Assert.False(column.IsValid(70));
        Assert.True(column.IsValid(69) && column.IsValid(71) && column.IsValid(100));
        column.Release();
    }

    [Theory]
    [InlineData(0, 1, 130)]
    [InlineData(1, 7, 64)]
    [InlineData(63, 1, 65)]
    [InlineData(64, 512, 513)]
    [InlineData(510, 3, 4096)]
    public void Many_values_behind_a_null_are_present(int before, int nulls, int many)
    {
        using var builder = (FixedBuilder<long>)ColumnBuilder.Create(DataType.BigInt, _memory.Pool);
        builder.AppendMany(before).Fill(1);
        for (var i = 0; i < nulls; i++)
        {
            builder.AppendNull();
        }

        builder.AppendMany(many).Fill(2);
        builder.AppendNull();
        builder.Append(3);
        var column = (FixedColumn<long>)builder.Build();

        Assert.Equal(nulls + 1, column.NullCount);
        Assert.All(Enumerable.Range(0, column.Length), row =>
            Assert.Equal(row < before || (row >= before + nulls && row != column.Length - 2), column.IsValid(row)));
        Assert.Equal(3, column.Values[^1]);
        column.Release();
    }

    [Fact]
    public void A_value_above_the_limit_is_refused_with_its_column()
    {
        var limits = BatchLimits.Default with { ValueBytes = 10 };
        using var builder = new BatchBuilder(TestMemory.Table(("note", DataType.String)), _memory.Pool, limits, _memory.Time, null);
        var notes = (BytesBuilder)builder.Columns[0];
        notes.Append(new byte[10]);

        var appended = Assert.Throws<SeikanException>(() => notes.Append(new byte[11]));
        var written = Assert.Throws<SeikanException>(() =>
        {
            notes.Reserve(33);
            notes.Commit(11);
        });

        Assert.Equal(DataErrors.ValueTooLarge, appended.Diagnostics[0].Code);
        Assert.Equal("a value of column \"note\" has 11 bytes; at most 10 are allowed", appended.Diagnostics[0].Message);
        Assert.Equal("table \"t\"", appended.Diagnostics[0].Path);
        Assert.Equal(DataErrors.ValueTooLarge, written.Diagnostics[0].Code);
        Assert.Equal(1, notes.Count);
    }

    [Fact]
    public void More_room_than_the_limit_may_be_asked_for_when_the_value_is_small()
    {
        using var builder = (BytesBuilder)ColumnBuilder.Create(DataType.String, _memory.Pool, BatchLimits.Default with { ValueBytes = 10 });

        "abc"u8.CopyTo(builder.Reserve(30));
        builder.Commit(3);
        var column = (BytesColumn)builder.Build();

        Assert.True(column[0].SequenceEqual("abc"u8));
        column.Release();
    }

    [Fact]
    public void A_commit_of_more_than_was_reserved_is_refused()
    {
        using var builder = (BytesBuilder)ColumnBuilder.Create(DataType.String, _memory.Pool);
        builder.Reserve(10);

        Assert.Throws<ArgumentOutOfRangeException>(() => builder.Commit(65));
    }

    [Fact]
    public void A_column_above_one_gibibyte_is_refused()
    {
        using var builder = (FixedBuilder<Int256>)ColumnBuilder.Create(new DecimalType(76, 0), _memory.Pool);
        builder.Append(default);

        var thrown = Assert.Throws<SeikanException>(() => builder.AppendMany(1 << 26));

        Assert.Equal(DataErrors.ColumnTooLarge, thrown.Diagnostics[0].Code);
    }

    [Fact]
    public void A_builder_cannot_be_used_after_build()
    {
        using var numbers = (FixedBuilder<int>)ColumnBuilder.Create(DataType.Int, _memory.Pool);
        using var texts = (BytesBuilder)ColumnBuilder.Create(DataType.String, _memory.Pool);
        numbers.Build().Release();
        texts.Build().Release();

        Assert.Throws<ObjectDisposedException>(() => numbers.Append(1));
        Assert.Throws<ObjectDisposedException>(() => texts.Append(default));
    }

    [Fact]
    public void A_row_whose_fields_are_not_all_filled_is_refused_and_leaks_nothing()
    {
        var type = new RowType([new RowField("a", DataType.Int), new RowField("b", DataType.Int)]);
        using var builder = _memory.Job.BeginOutput(TestMemory.Table(("r", type)));
        var row = (RowBuilder)builder.Columns[0];
        ((FixedBuilder<int>)row.Fields[0]).Append(1);
        row.EndValue();
        builder.EndRow();

        Assert.Throws<InvalidOperationException>(builder.Build);
    }

    [Fact]
    public void A_buffer_that_is_too_short_makes_no_column()
    {
        var buffer = ColumnBuffer.Pooled(_memory.Pool.Rent(64), _memory.Pool);

        Assert.Throws<ArgumentException>(() => new FixedColumn<long>(9, 0, default, buffer));
        Assert.Throws<ArgumentException>(() => new FixedColumn<int>(9, 1, default, buffer));
        Assert.Throws<ArgumentException>(() => new VectorColumn(9, 0, default, 8, buffer));
        new FixedColumn<long>(8, 0, default, buffer).Release();
    }

    [Fact]
    public void Values_that_stand_in_a_buffer_are_copied_whole_and_alone() => Gen.Select(Gen.Int[0, 200], Gen.Int).Sample(
        (size, seed) =>
        {
            var random = new Random(seed);
            var buffer = new byte[size];
            random.NextBytes(buffer);
            var values = Enumerable.Range(0, 50).Select(_ => random.Next(size + 1)).Select(start => (Start: start, Length: random.Next(Math.Min(size - start, 40) + 1)))
                .ToArray();
            using var builder = (BytesBuilder)ColumnBuilder.Create(DataType.Bytes, _memory.Pool);
            foreach (var (start, length) in values)
            {
                builder.Append(buffer, start, length);
            }

            var column = (BytesColumn)builder.Build();
            for (var row = 0; row < values.Length; row++)
            {
                Assert.Equal(buffer.AsSpan(values[row].Start, values[row].Length).ToArray(), column[row].ToArray());
            }

            column.Release();
        },
        iter: 500);

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, -1)]
    [InlineData(100, 1)]
    [InlineData(90, 11)]
    [InlineData(int.MaxValue, 1)]
    public void A_value_outside_its_buffer_is_refused(int start, int length)
    {
        using var builder = (BytesBuilder)ColumnBuilder.Create(DataType.Bytes, _memory.Pool);

        Assert.Throws<ArgumentOutOfRangeException>(() => builder.Append(new byte[100], start, length));
        Assert.Equal(0, builder.Count);
    }

    [Fact]
    public void Building_numbers_and_text_allocates_nothing_a_row()
    {
        var numbers = (FixedBuilder<long>)ColumnBuilder.Create(DataType.BigInt, _memory.Pool);
        var texts = (BytesBuilder)ColumnBuilder.Create(DataType.String, _memory.Pool);
        for (var round = 0; round < 2; round++)
        {
            // The first round fills the pool.
            Fill(numbers, texts, 16_384);
            numbers.Build().Release();
            texts.Build().Release();
            numbers = (FixedBuilder<long>)ColumnBuilder.Create(DataType.BigInt, _memory.Pool);
            texts = (BytesBuilder)ColumnBuilder.Create(DataType.String, _memory.Pool);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Fill(numbers, texts, 16_384);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        numbers.Dispose();
        texts.Dispose();

        // Debug builds note each array that is rented.
        Assert.InRange(allocated, 0, 16_384 / 4);
    }

    private static void Fill(FixedBuilder<long> numbers, BytesBuilder texts, int rows)
    {
        for (var i = 0; i < rows; i++)
        {
            if (i % 10 == 0)
            {
                numbers.AppendNull();
            }
            else
            {
                numbers.Append(i);
            }

            texts.Append("some words"u8);
        }
    }

    // What a decoder leaves behind that stops in the middle of a nested value.
    private static void AppendHalf(ColumnBuilder builder, DataType type, Random random)
    {
        switch (builder)
        {
            case ListBuilder list when type is ArrayType array && array.Element.Kind != TypeKind.Null:
                TestValue.Append(list.Elements, array.Element, GeneratedRows.NextValue(random, array.Element, 0.2));
                AppendHalf(list.Elements, array.Element, random);
                break;
            case ListBuilder list when type is MapType map:
                TestValue.Append(((RowBuilder)list.Elements).Fields[0], map.Key, GeneratedRows.NextValue(random, map.Key, 0.2));
                break;
            case RowBuilder row:
                AppendHalf(row.Fields[0], ((RowType)type).Fields[0].Type, random);
                TestValue.Append(row.Fields[0], ((RowType)type).Fields[0].Type, null);
                break;
        }
    }
}
