using System.Runtime.InteropServices;
using Seikan.Arrow;
using Seikan.Core;

namespace Seikan.Formats.Parquet;

/// <summary>
/// Which columns get a dictionary: those whose values repeat in the first batch (fewer distinct values than half of the rows). A dictionary over
/// values that do not repeat makes the encoder three times slower and the file larger (decisions 2.3).
/// </summary>
internal static class DictionaryChoice
{
    private const int MostSampled = 4096;
    private const int FewestSampled = 64;

    // From here on the distinct values cannot be fewer than half of the sample.
    private const int ManyDistinct = MostSampled / 2;

    /// <summary>Paths of the leaves, as Parquet names them, whose values repeat.</summary>
    /// <param name="batch">The first batch. Borrowed.</param>
    public static List<string[]> Of(RowBatch batch)
    {
        var chosen = new List<string[]>();
        for (var i = 0; i < batch.Schema.Columns.Length; i++)
        {
            Add(batch[i], batch.Schema.Columns[i].Type, [batch.Schema.Columns[i].Name], chosen);
        }

        return chosen;
    }

    private static void Add(Column column, DataType type, string[] path, List<string[]> chosen)
    {
        switch (column, type)
        {
            case (ListColumn list, ArrayType array):
                Add(list.Elements, array.Element, [.. path, "list", "element"], chosen);
                break;
            case (ListColumn list, _):
                var entries = (RowColumn)list.Elements;
                Add(entries.Fields[0], type is MapType m ? m.Key : DataType.Int, [.. path, "key_value", "key"], chosen);
                Add(entries.Fields[1], type is MapType v ? v.Value : DataType.Float, [.. path, "key_value", "value"], chosen);
                break;
            case (RowColumn row, RowType fields):
                for (var i = 0; i < row.Fields.Length; i++)
                {
                    Add(row.Fields[i], fields.Fields[i].Type, [.. path, fields.Fields[i].Name], chosen);
                }

                break;
            case (OffsetTimestampColumn times, _):
                AddIf(Repeats(times, times.Utc), [.. path, ArrowTypes.InstantField], chosen);
                AddIf(Repeats(times, times.OffsetMinutes), [.. path, ArrowTypes.OffsetField], chosen);
                break;
            default:
                AddIf(Repeats(column), path, chosen);
                break;
        }
    }

    private static void AddIf(bool repeats, string[] path, List<string[]> chosen)
    {
        if (repeats)
        {
            chosen.Add(path);
        }
    }

    // Bits pack better than indices; vectors do not repeat.
    private static bool Repeats(Column column) => column switch
    {
        FixedColumn<sbyte> c => Repeats(c, c.Values),
        FixedColumn<short> c => Repeats(c, c.Values),
        FixedColumn<int> c => Repeats(c, c.Values),
        FixedColumn<long> c => Repeats(c, c.Values),
        FixedColumn<float> c => Repeats(c, MemoryMarshal.Cast<float, int>(c.Values)),
        FixedColumn<double> c => Repeats(c, MemoryMarshal.Cast<double, long>(c.Values)),
        FixedColumn<Int128> c => Repeats(c, c.Values),
        FixedColumn<Int256> c => Repeats(c, c.Values),
        BytesColumn c => Repeats(c),
        _ => false,
    };

    private static bool Repeats<T>(Column column, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var seen = new HashSet<T>();
        var sampled = 0;
        for (var row = 0; row < values.Length && sampled < MostSampled && seen.Count < ManyDistinct; row++)
        {
            if (column.IsValid(row))
            {
                sampled++;
                seen.Add(values[row]);
            }
        }

        return Repeats(seen.Count, sampled);
    }

    private static bool Repeats(BytesColumn column)
    {
        var seen = new HashSet<int>();
        var sampled = 0;
        for (var row = 0; row < column.Length && sampled < MostSampled && seen.Count < ManyDistinct; row++)
        {
            if (column.IsValid(row))
            {
                sampled++;
                var hash = default(HashCode);
                hash.AddBytes(column[row]);
                seen.Add(hash.ToHashCode());
            }
        }

        return Repeats(seen.Count, sampled);
    }

    private static bool Repeats(int distinct, int sampled) => sampled >= FewestSampled && distinct < ManyDistinct && distinct * 2 < sampled;
}
