using System.Collections.Immutable;
using Seikan.Core;

namespace Seikan.Connectors.Fake.Generators;

/// <summary>Lists of a fixed number of elements.</summary>
/// <param name="element">Makes the elements; row n has the elements n * size and on.</param>
/// <param name="size">Elements a list.</param>
internal sealed class ArrayGenerator(ValueGenerator element, int size) : ValueGenerator
{
    /// <inheritdoc/>
    public override void Fill(ColumnBuilder builder, long firstRow, int rows)
    {
        var list = (ListBuilder)builder;
        for (var i = 0; i < rows; i++)
        {
            element.Fill(list.Elements, (firstRow + i) * size, size);
            list.EndList();
        }
    }
}

/// <summary>Maps of a fixed number of entries, each key once.</summary>
/// <param name="key">Makes the keys.</param>
/// <param name="value">Makes the values.</param>
/// <param name="size">Entries a map; fewer where few keys are possible (booleans, templates).</param>
/// <param name="pool">For trying keys.</param>
/// <param name="keyType">Type of the keys.</param>
internal sealed class MapGenerator(ValueGenerator key, ValueGenerator value, int size, DataType keyType, BufferPool pool) : ValueGenerator
{
    /// <inheritdoc/>
    public override void Fill(ColumnBuilder builder, long firstRow, int rows)
    {
        var list = (ListBuilder)builder;
        var entries = (RowBuilder)list.Elements;
        using var trial = ColumnBuilder.Create(keyType, pool);
        key.Fill(trial, firstRow * size, checked(rows * size));
        var keys = trial.Build();
        for (var i = 0; i < rows; i++)
        {
            for (var k = 0; k < size; k++)
            {
                if (IsNew(keys, i * size, (i * size) + k))
                {
                    entries.Fields[0].AppendFrom(keys, (i * size) + k);
                    value.Fill(entries.Fields[1], ((firstRow + i) * size) + k, 1);
                    entries.EndValue();
                }
            }

            list.EndList();
        }

        keys.Release();
    }

    // Null is no key: a map of NULL keys is empty.
    private static bool IsNew(Column keys, int first, int row)
    {
        for (var i = first; i < row; i++)
        {
            if (ColumnValues.Equal(keys, i, keys, row))
            {
                return false;
            }
        }

        return keys.IsValid(row);
    }
}

/// <summary>Sparse vectors: rising indexes, each with a number.</summary>
/// <param name="seed">The column's seed.</param>
/// <param name="size">Entries a vector.</param>
/// <param name="minimum">Smallest number.</param>
/// <param name="maximum">Largest number.</param>
internal sealed class SparseVectorGenerator(ulong seed, int size, float minimum, float maximum) : ValueGenerator
{
    private const ulong Gap = 16;

    /// <inheritdoc/>
    public override void Fill(ColumnBuilder builder, long firstRow, int rows)
    {
        var list = (ListBuilder)builder;
        var entries = (RowBuilder)list.Elements;
        var (indexes, values) = ((FixedBuilder<int>)entries.Fields[0], (FixedBuilder<float>)entries.Fields[1]);
        for (var i = 0; i < rows; i++)
        {
            for (var k = 0; k < size; k++)
            {
                var random = RowRandom.At(seed, ((firstRow + i) * size) + k);
                indexes.Append((k * (int)Gap) + (int)(random % Gap));
                values.Append((float)RowRandom.Between(random, minimum, maximum));
                entries.EndValue();
            }

            list.EndList();
        }
    }
}

/// <summary>Nested rows.</summary>
/// <param name="fields">One a field.</param>
internal sealed class RowGenerator(ImmutableArray<ValueGenerator> fields) : ValueGenerator
{
    /// <inheritdoc/>
    public override void Fill(ColumnBuilder builder, long firstRow, int rows)
    {
        var row = (RowBuilder)builder;
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i].Fill(row.Fields[i], firstRow, rows);
        }

        for (var i = 0; i < rows; i++)
        {
            row.EndValue();
        }
    }
}
