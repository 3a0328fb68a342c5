using System.Collections.Immutable;
using Apache.Arrow;
using Seikan.Core;
using Schema = Apache.Arrow.Schema;

namespace Seikan.Arrow;

/// <summary>Batches and schemas to Apache Arrow and back.</summary>
public static class ArrowBridge
{
    /// <summary>The Arrow schema of a table: one nullable field a column.</summary>
    /// <param name="table">The table.</param>
    /// <param name="shape">Which Arrow types stand for vectors.</param>
    public static Schema ToSchema(TableSchema table, ArrowShape shape = ArrowShape.Canonical) =>
        new([.. table.Columns.Select(c => ArrowTypes.ToField(c.Name, c.Type, shape))], null);

    /// <summary>The columns of an Arrow schema.</summary>
    /// <param name="schema">The schema.</param>
    /// <exception cref="SeikanException">FMT-0201, FMT-0202: a type has no counterpart, or a name occurs twice.</exception>
    public static ImmutableArray<ColumnDef> FromSchema(Schema schema)
    {
        var columns = ImmutableArray.CreateBuilder<ColumnDef>(schema.FieldsList.Count);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in schema.FieldsList)
        {
            if (!names.Add(field.Name))
            {
                throw new SeikanException(new Diagnostic(ArrowErrors.DuplicateColumn, $"column \"{field.Name}\" occurs twice"));
            }

            columns.Add(new ColumnDef(field.Name, TypeOf(field)) { IsNullable = field.IsNullable });
        }

        return columns.MoveToImmutable();
    }

    /// <summary>Whether values of one type can be read as another, each value checked where the type alone does not tell.</summary>
    /// <param name="from">The type of the data.</param>
    /// <param name="to">The type asked for.</param>
    public static bool CanRead(DataType from, DataType to) => ColumnCast.Exists(from, to);

    /// <summary>Shows a batch as a record batch over the same memory. Row kinds are not shown.</summary>
    /// <param name="batch">Borrowed; the loan takes a reference of its own.</param>
    /// <param name="shape">Which Arrow types stand for vectors.</param>
    /// <returns>The loan; the caller disposes it.</returns>
    public static ArrowLoan ToRecordBatch(RowBatch batch, ArrowShape shape = ArrowShape.Canonical) =>
        ToRecordBatch(batch, ToSchema(batch.Schema, shape));

    /// <summary>As <see cref="ToRecordBatch(RowBatch, ArrowShape)"/>, with a schema made before.</summary>
    /// <param name="batch">Borrowed; the loan takes a reference of its own.</param>
    /// <param name="schema">What <see cref="ToSchema"/> gave for the batch's columns.</param>
    /// <returns>The loan; the caller disposes it.</returns>
    public static ArrowLoan ToRecordBatch(RowBatch batch, Schema schema)
    {
        var arrays = new IArrowArray[schema.FieldsList.Count];
        for (var i = 0; i < arrays.Length; i++)
        {
            arrays[i] = ArrowArrayFactory.BuildArray(ArrowColumnWriter.Show(batch[i], schema.FieldsList[i].DataType));
        }

        return new ArrowLoan(new RecordBatch(schema, arrays, batch.RowCount), batch.Retain());
    }

    /// <summary>Takes a record batch as a batch over the same memory.</summary>
    /// <param name="batch">Owned: disposed when the last column is freed, or at once when this throws.</param>
    /// <param name="table">The wanted columns, found by name.</param>
    /// <param name="pool">Where copies go that the layouts make necessary.</param>
    /// <param name="memory">Counts the bytes until the batch is freed; null = uncounted.</param>
    /// <exception cref="SeikanException">FMT-0201, FMT-0203: a type is not known, or a value does not fit the wanted type.</exception>
    public static RowBatch FromRecordBatch(RecordBatch batch, TableSchema table, BufferPool pool, JobMemory? memory = null)
    {
        using var rows = new ArrowRows(batch);
        return rows.Take(0, batch.Length, table, pool, memory);
    }

    internal static DataType TypeOf(Field field) => ArrowTypes.FromField(field)
        ?? throw new SeikanException(new Diagnostic(
            ArrowErrors.UnknownType, $"column \"{field.Name}\" is of the Arrow type \"{field.DataType.Name}\", which is not known"));
}
