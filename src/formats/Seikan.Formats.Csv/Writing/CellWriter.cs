using System.Buffers;
using Seikan.Core;

namespace Seikan.Formats.Csv.Writing;

/// <summary>Writes the cells of one column of the batch it is bound to.</summary>
internal abstract class CellWriter
{
    /// <summary>Texts above this are asked for one by one, so that a single one does not make the buffer seem full.</summary>
    protected const int LongText = 1024;

    /// <summary>Most bytes of any cell; 0 = it depends.</summary>
    public virtual int FixedMaxBytes => 0;

    /// <summary>Makes the writer of a column.</summary>
    public static CellWriter Create(DataType type, CsvDialect dialect, FieldQuoter quoter, DayTexts days)
    {
        CellWriter plain = type switch
        {
            DecimalType { IsWide: false } d => new DecimalWriter(d.Scale),
            DecimalType => new ShortWriter(type, DecimalText.MaxBytes),
            TimestampType t => dialect.DateTime is { } pattern ? new PatternWriter(type, pattern) : new TimestampWriter(t.IsNanoseconds, days),
            _ => type.Kind switch
            {
                TypeKind.String => new TextWriter(quoter),
                TypeKind.TinyInt => new IntegerWriter<sbyte>(),
                TypeKind.SmallInt => new IntegerWriter<short>(),
                TypeKind.Int => new IntegerWriter<int>(),
                TypeKind.BigInt => new IntegerWriter<long>(),
                TypeKind.Double => new DoubleWriter(),
                TypeKind.Date when dialect.Date is { } pattern => new PatternWriter(type, pattern),
                TypeKind.Date => new DateWriter(days),
                TypeKind.Time when dialect.Time is { } pattern => new PatternWriter(type, pattern),
                TypeKind.Boolean or TypeKind.Float or TypeKind.Time or TypeKind.TimestampTz => new ShortWriter(type, DecimalText.MaxBytes),
                TypeKind.Null => new NothingWriter(),
                _ => new GeneralWriter(type, quoter),
            },
        };
        return plain.FixedMaxBytes > 0 && quoter.ConcernsPlainValues ? new QuotedWriter(plain, quoter) : plain;
    }

    /// <summary>Takes the column of a batch.</summary>
    /// <param name="column">Borrowed until the next call.</param>
    /// <returns>Most bytes of a cell of it; -1 = asks <see cref="MaxBytes"/> for each.</returns>
    public abstract int Bind(Column column);

    /// <summary>Most bytes of a cell; where asked for, called before <see cref="Write"/> for the same row.</summary>
    public virtual int MaxBytes(int row) => FixedMaxBytes;

    /// <summary>Writes a present value.</summary>
    /// <returns>Bytes written.</returns>
    public abstract int Write(int row, Span<byte> to);
}

/// <summary>Whole numbers.</summary>
internal sealed class IntegerWriter<T> : CellWriter
    where T : unmanaged, System.Numerics.IBinaryInteger<T>
{
    private FixedColumn<T>? _column;

    /// <inheritdoc/>
    public override int FixedMaxBytes => NumberWriter.MaxBytes;

    /// <inheritdoc/>
    public override int Bind(Column column)
    {
        _column = (FixedColumn<T>)column;
        return FixedMaxBytes;
    }

    /// <inheritdoc/>
    public override int Write(int row, Span<byte> to) => NumberWriter.Write(long.CreateTruncating(_column!.Values[row]), to);
}

/// <summary>Doubles.</summary>
internal sealed class DoubleWriter : CellWriter
{
    private FixedColumn<double>? _column;

    /// <inheritdoc/>
    public override int FixedMaxBytes => NumberWriter.MaxBytes;

    /// <inheritdoc/>
    public override int Bind(Column column)
    {
        _column = (FixedColumn<double>)column;
        return FixedMaxBytes;
    }

    /// <inheritdoc/>
    public override int Write(int row, Span<byte> to) => NumberWriter.Write(_column!.Values[row], to);
}

/// <summary>Decimals of at most 38 digits.</summary>
internal sealed class DecimalWriter(int scale) : CellWriter
{
    private FixedColumn<Int128>? _column;

    /// <inheritdoc/>
    public override int FixedMaxBytes => DecimalText.MaxBytes;

    /// <inheritdoc/>
    public override int Bind(Column column)
    {
        _column = (FixedColumn<Int128>)column;
        return FixedMaxBytes;
    }

    /// <inheritdoc/>
    public override int Write(int row, Span<byte> to)
    {
        var value = _column!.Values[row];
        return value == (long)value && scale <= NumberWriter.MaxScale ? NumberWriter.Write((long)value, scale, to) : DecimalText.Format(value, scale, to);
    }
}

/// <summary>Dates.</summary>
internal sealed class DateWriter(DayTexts days) : CellWriter
{
    private FixedColumn<int>? _column;

    /// <inheritdoc/>
    public override int FixedMaxBytes => TemporalText.MaxBytes;

    /// <inheritdoc/>
    public override int Bind(Column column)
    {
        _column = (FixedColumn<int>)column;
        return FixedMaxBytes;
    }

    /// <inheritdoc/>
    public override int Write(int row, Span<byte> to) => days.Write(_column!.Values[row], to);
}

/// <summary>Timestamps.</summary>
internal sealed class TimestampWriter(bool isNanoseconds, DayTexts days) : CellWriter
{
    private FixedColumn<long>? _column;

    /// <inheritdoc/>
    public override int FixedMaxBytes => TemporalText.MaxBytes;

    /// <inheritdoc/>
    public override int Bind(Column column)
    {
        _column = (FixedColumn<long>)column;
        return FixedMaxBytes;
    }

    /// <inheritdoc/>
    public override int Write(int row, Span<byte> to)
    {
        var (day, nanoseconds) = TemporalText.Split(_column!.Values[row], isNanoseconds);
        var used = days.Write(day, to);
        to[used++] = (byte)' ';
        return used + NumberWriter.WriteTime(nanoseconds, to[used..]);
    }
}

/// <summary>Dates, times and timestamps by a pattern.</summary>
internal sealed class PatternWriter(DataType type, TemporalPattern pattern) : CellWriter
{
    private Column? _column;

    /// <inheritdoc/>
    public override int FixedMaxBytes => pattern.MaxBytes;

    /// <inheritdoc/>
    public override int Bind(Column column)
    {
        _column = column;
        return FixedMaxBytes;
    }

    /// <inheritdoc/>
    public override int Write(int row, Span<byte> to)
    {
        var (days, nanoseconds) = type switch
        {
            TimestampType t => TemporalText.Split(((FixedColumn<long>)_column!).Values[row], t.IsNanoseconds),
            { Kind: TypeKind.Date } => (((FixedColumn<int>)_column!).Values[row], 0L),
            _ => (0, ((FixedColumn<long>)_column!).Values[row]),
        };
        return pattern.Format(days, nanoseconds, to);
    }
}

/// <summary>Everything else with a short text.</summary>
internal sealed class ShortWriter(DataType type, int maxBytes) : CellWriter
{
    private Column? _column;

    /// <inheritdoc/>
    public override int FixedMaxBytes => maxBytes;

    /// <inheritdoc/>
    public override int Bind(Column column)
    {
        _column = column;
        return FixedMaxBytes;
    }

    /// <inheritdoc/>
    public override int Write(int row, Span<byte> to) => ValueText.Format(type, _column!, row, to);
}

/// <summary>Nothing at all.</summary>
internal sealed class NothingWriter : CellWriter
{
    /// <inheritdoc/>
    public override int Bind(Column column) => 0;

    /// <inheritdoc/>
    public override int Write(int row, Span<byte> to) => 0;
}

/// <summary>Plain values under a dialect that is made of their characters.</summary>
internal sealed class QuotedWriter(CellWriter plain, FieldQuoter quoter) : CellWriter
{
    private readonly byte[] _text = new byte[plain.FixedMaxBytes];

    /// <inheritdoc/>
    public override int FixedMaxBytes => FieldQuoter.MaxBytes(plain.FixedMaxBytes);

    /// <inheritdoc/>
    public override int Bind(Column column)
    {
        plain.Bind(column);
        return FixedMaxBytes;
    }

    /// <inheritdoc/>
    public override int Write(int row, Span<byte> to) => quoter.Write(_text.AsSpan(0, plain.Write(row, _text)), false, to);
}

/// <summary>Texts. A look at all of a batch at once tells whether any needs quotes.</summary>
internal sealed class TextWriter(FieldQuoter quoter) : CellWriter
{
    private BytesColumn? _column;
    private bool _isPlain;

    /// <inheritdoc/>
    public override int Bind(Column column)
    {
        _column = (BytesColumn)column;
        _isPlain = quoter.AreAllPlain(_column.Data);
        var longest = 0;
        var offsets = _column.Offsets;
        for (var i = 1; i < offsets.Length; i++)
        {
            longest = Math.Max(longest, offsets[i] - offsets[i - 1]);
        }

        return longest > LongText ? -1 : FieldQuoter.MaxBytes(longest);
    }

    /// <inheritdoc/>
    public override int MaxBytes(int row) => FieldQuoter.MaxBytes(_column![row].Length);

    /// <inheritdoc/>
    public override int Write(int row, Span<byte> to)
    {
        var text = _column![row];
        if (!_isPlain || text.IsEmpty)
        {
            return quoter.Write(text, true, to);
        }

        text.CopyTo(to);
        return text.Length;
    }
}

/// <summary>Bytes, nested values and vectors, as <see cref="ValueText"/> writes them.</summary>
internal sealed class GeneralWriter(DataType type, FieldQuoter quoter) : CellWriter
{
    private readonly ArrayBufferWriter<byte> _text = new();
    private Column? _column;

    /// <inheritdoc/>
    public override int Bind(Column column)
    {
        _column = column;
        return -1;
    }

    /// <inheritdoc/>
    public override int MaxBytes(int row)
    {
        _text.ResetWrittenCount();
        ValueText.Write(type, _column!, row, _text);
        return FieldQuoter.MaxBytes(_text.WrittenCount);
    }

    /// <inheritdoc/>
    public override int Write(int row, Span<byte> to) => quoter.Write(_text.WrittenSpan, true, to);
}
