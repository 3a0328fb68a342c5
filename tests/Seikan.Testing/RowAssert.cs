using Seikan.Core;

namespace Seikan.Testing;

/// <summary>Compares rows, whatever the boundaries of their batches. Batches are borrowed.</summary>
public static class RowAssert
{
    /// <summary>The rows as lines, in order.</summary>
    /// <param name="batches">The rows.</param>
    public static List<string> Lines(params IEnumerable<RowBatch> batches) =>
        [.. batches.SelectMany(b => Enumerable.Range(0, b.RowCount).Select(r => TestText.Row(b, r)))];

    /// <summary>Fails unless a batch holds exactly these rows, written as <see cref="TestText"/> does.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="expected">The lines.</param>
    public static void Holds(RowBatch batch, params string[] expected) => Holds([batch], expected);

    /// <summary>Fails unless the batches hold exactly these rows in this order.</summary>
    /// <param name="batches">The rows.</param>
    /// <param name="expected">The lines.</param>
    public static void Holds(IEnumerable<RowBatch> batches, params string[] expected) => SameLines(expected, Lines(batches));

    /// <summary>Fails unless both hold the same rows in the same order: kinds, column names, types and values, compared by type.</summary>
    /// <param name="expected">The rows as they should be.</param>
    /// <param name="actual">The rows as they are.</param>
    /// <param name="checkTypes">False compares only the number of columns and the values.</param>
    public static void Equal(IEnumerable<RowBatch> expected, IEnumerable<RowBatch> actual, bool checkTypes = true)
    {
        var (a, b) = (Walk(expected).GetEnumerator(), Walk(actual).GetEnumerator());
        for (var number = 0; ; number++)
        {
            var (hasA, hasB) = (a.MoveNext(), b.MoveNext());
            if (!hasA || !hasB)
            {
                if (hasA != hasB)
                {
                    var (rest, first) = hasA ? (a, "a row is missing") : (b, "a row too many came");
                    throw new CheckFailedException($"{first}: row {number}: {TestText.Row(rest.Current.Batch, rest.Current.Row)}");
                }

                return;
            }

            CompareRow(number, a.Current, b.Current, checkTypes);
        }
    }

    /// <summary>The same for two batches.</summary>
    /// <param name="expected">The rows as they should be.</param>
    /// <param name="actual">The rows as they are.</param>
    /// <param name="checkTypes">False compares only the number of columns and the values.</param>
    public static void Equal(RowBatch expected, RowBatch actual, bool checkTypes = true) => Equal([expected], [actual], checkTypes);

    /// <summary>Fails unless both hold the same rows, each as often, in any order.</summary>
    /// <param name="expected">The rows as they should be.</param>
    /// <param name="actual">The rows as they are.</param>
    public static void EqualInAnyOrder(IEnumerable<RowBatch> expected, IEnumerable<RowBatch> actual) =>
        SameLines([.. Lines(expected).Order(StringComparer.Ordinal)], [.. Lines(actual).Order(StringComparer.Ordinal)]);

    private static IEnumerable<(RowBatch Batch, int Row)> Walk(IEnumerable<RowBatch> batches) =>
        batches.SelectMany(b => Enumerable.Range(0, b.RowCount).Select(r => (b, r)));

    private static void CompareRow(int number, (RowBatch Batch, int Row) expected, (RowBatch Batch, int Row) actual, bool checkTypes)
    {
        var (columns, others) = (expected.Batch.Schema.Columns, actual.Batch.Schema.Columns);
        if (columns.Length != others.Length)
        {
            throw new CheckFailedException($"row {number}: {columns.Length} columns expected, {others.Length} came");
        }

        var (kind, other) = (KindOf(expected), KindOf(actual));
        if (kind != other)
        {
            throw new CheckFailedException($"row {number}: kind {TestText.Kind(kind)} expected, {TestText.Kind(other)} came");
        }

        for (var i = 0; i < columns.Length; i++)
        {
            if (checkTypes && (columns[i].Name != others[i].Name || columns[i].Type != others[i].Type))
            {
                throw new CheckFailedException(
                    $"column {i}: \"{columns[i].Name}\" {columns[i].Type} expected, \"{others[i].Name}\" {others[i].Type} came");
            }

            var value = TestValue.Read(expected.Batch[i], columns[i].Type, expected.Row);
            var came = TestValue.Read(actual.Batch[i], others[i].Type, actual.Row);
            if (!TestValue.Same(value, came))
            {
                throw new CheckFailedException(
                    $"row {number} column \"{columns[i].Name}\" {columns[i].Type}: {TestText.Value(columns[i].Type, value)} expected, "
                    + $"{TestText.Value(others[i].Type, came)} came");
            }
        }
    }

    private static RowKind KindOf((RowBatch Batch, int Row) at) => at.Batch.IsInsertOnly ? RowKind.Insert : at.Batch.Kinds[at.Row];

    private static void SameLines(string[] expected, List<string> actual)
    {
        for (var i = 0; i < Math.Max(expected.Length, actual.Count); i++)
        {
            var (line, came) = (i < expected.Length ? expected[i] : "nothing", i < actual.Count ? actual[i] : "nothing");
            if (line != came)
            {
                throw new CheckFailedException($"row {i} of {expected.Length}:\n  expected {line}\n  came     {came}");
            }
        }
    }
}
