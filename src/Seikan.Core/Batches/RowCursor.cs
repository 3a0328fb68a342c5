using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Seikan.Core;

/// <summary>
/// Walks over the rows of a batch for connectors that take a row at a time, without boxing: <c>while (cursor.Read()) ...</c>. Borrows the batch. Values of
/// null slots are arbitrary: ask <see cref="IsNull"/> first. A getter that does not fit the column's kind throws.
/// </summary>
public ref struct RowCursor
{
    private readonly RowBatch _batch;
    private readonly ReadOnlySpan<RowKind> _kinds;

    /// <summary>Stands before the first row.</summary>
    /// <param name="batch">The rows.</param>
    public RowCursor(RowBatch batch)
    {
        (_batch, Row) = (batch, -1);
        _kinds = batch.Kinds;
    }

    /// <summary>The row it stands on; -1 before the first.</summary>
    public int Row { get; private set; }

    /// <summary>The kind of the row.</summary>
    public readonly RowKind Kind => _kinds.IsEmpty ? RowKind.Insert : _kinds[Row];

    /// <summary>Goes to the next row; false behind the last.</summary>
    public bool Read()
    {
        if (Row + 1 >= _batch.RowCount)
        {
            return false;
        }

        Row++;
        return true;
    }

    /// <summary>Goes to a row.</summary>
    public void MoveTo(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)_batch.RowCount, nameof(row));
        Row = row;
    }

    /// <summary>Whether a value is null.</summary>
    public readonly bool IsNull(int column) => !_batch[column].IsValid(Row);

    /// <summary>A BOOLEAN.</summary>
    public readonly bool GetBoolean(int column) => Column<BitColumn>(column)[Row];

    /// <summary>A TINYINT.</summary>
    public readonly sbyte GetSByte(int column) => Fixed<sbyte>(column);

    /// <summary>A SMALLINT.</summary>
    public readonly short GetInt16(int column) => Fixed<short>(column);

    /// <summary>An INT, or a DATE in days since 1970-01-01.</summary>
    public readonly int GetInt32(int column) => Fixed<int>(column);

    /// <summary>A BIGINT, a TIME in nanoseconds of the day, or a TIMESTAMP in micro- or nanoseconds since 1970-01-01.</summary>
    public readonly long GetInt64(int column) => Fixed<long>(column);

    /// <summary>A FLOAT.</summary>
    public readonly float GetSingle(int column) => Fixed<float>(column);

    /// <summary>A DOUBLE.</summary>
    public readonly double GetDouble(int column) => Fixed<double>(column);

    /// <summary>A DECIMAL of up to 38 digits, without its point.</summary>
    public readonly Int128 GetDecimal(int column) => Fixed<Int128>(column);

    /// <summary>A DECIMAL of any digits, without its point.</summary>
    public readonly Int256 GetWideDecimal(int column) =>
        _batch[column] is FixedColumn<Int128> narrow ? narrow.Values[Row] : Fixed<Int256>(column);

    /// <summary>A STRING as UTF-8; valid while the batch is held.</summary>
    public readonly ReadOnlySpan<byte> GetUtf8(int column)
    {
        Debug.Assert(_batch.Schema.Columns[column].Type.Kind == TypeKind.String, "GetUtf8 reads STRING columns");
        return Column<BytesColumn>(column)[Row];
    }

    /// <summary>BYTES, a STRING or a vector of fixed size as bytes; valid while the batch is held.</summary>
    public readonly ReadOnlySpan<byte> GetBytes(int column) =>
        _batch[column] is VectorColumn vector ? vector[Row] : Column<BytesColumn>(column)[Row];

    /// <summary>A TIMESTAMP_TZ.</summary>
    /// <param name="column">Position of the column.</param>
    /// <param name="offsetMinutes">Minutes east of UTC.</param>
    /// <returns>Microseconds since 1970-01-01T00:00:00Z.</returns>
    public readonly long GetTimestampTz(int column, out short offsetMinutes)
    {
        var values = Column<OffsetTimestampColumn>(column);
        offsetMinutes = values.OffsetMinutes[Row];
        return values.Utc[Row];
    }

    /// <summary>An ARRAY, MAP or sparse vector: a range of its elements, which are (key, value) rows for the latter two.</summary>
    /// <param name="column">Position of the column.</param>
    /// <param name="start">The first element.</param>
    /// <param name="count">How many.</param>
    /// <returns>The elements of all lists. Borrowed.</returns>
    public readonly Column GetList(int column, out int start, out int count)
    {
        var list = Column<ListColumn>(column);
        start = list.Offsets[Row];
        count = list.Offsets[Row + 1] - start;
        return list.Elements;
    }

    /// <summary>A ROW: its fields, read at <see cref="Row"/>. Borrowed.</summary>
    public readonly RowColumn GetRow(int column) => Column<RowColumn>(column);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly T Fixed<T>(int column)
        where T : unmanaged =>
        Column<FixedColumn<T>>(column).Values[Row];

    // A cast to a sealed class is one comparison, so it stays in release builds.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly T Column<T>(int column)
        where T : Column =>
        (T)_batch[column];
}
