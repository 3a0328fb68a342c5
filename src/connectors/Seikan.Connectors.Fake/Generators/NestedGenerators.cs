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
/// <param name="size">Entries a map.</param>
/// <param name="pool">For trying keys.</param>
/// <param name="keyType">Type of the keys.</param>
internal sealed class MapGenerator(ValueGenerator key, ValueGenerator value, int size, DataType keyType, BufferPool pool) : ValueGenerator
{
    /// <inheritdoc/>
    public override void Fill(ColumnBuilder builder, long firstRow, int rows)
    {
        var list = (ListBuilder)builder;
        var entries = (RowBuilder)list.Elements;
        for (var i = 0; i < rows; i++)
        {
            var first = (firstRow + i) * size;
            using var trial = ColumnBuilder.Create(keyType, pool);
            key.Fill(trial, first, size);
            var keys = trial.Build();
            for (var k = 0; k < size; k++)
            {
                if (!IsNew(keys, k))
                {
                    continue; // few possible keys (booleans, templates) make a smaller map
                }

                entries.Fields[0].AppendFrom(keys, k);
                value.Fill(entries.Fields[1], first + k, 1);
                entries.EndValue();
            }

            keys.Release();
            list.EndList();
        }
    }

    private static bool IsNew(Column keys, int row)
    {
        for (var i = 0; i < row; i++)
        {
            if (ColumnValues.Equal(keys, i, keys, row))
            {
                return false;
            }
        }

        return keys.IsValid(row);
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
