using System.Runtime.CompilerServices;
using Seikan.Core;

namespace Seikan.Formats.Csv.Reading;

/// <summary>Decodes one column of a block at a time, so that a virtual call is made once a block. Immutable, thread-safe.</summary>
/// <param name="column">The column.</param>
/// <param name="position">Its position in the wanted table.</param>
/// <param name="field">Its position in the file.</param>
/// <param name="dialect">How the file is written.</param>
internal abstract class ColumnDecoder(ColumnDef column, int position, int field, CsvDialect dialect)
{
    /// <summary>Its position in the wanted table.</summary>
    public int Position { get; } = position;

    /// <summary>Its position in the file.</summary>
    protected int Field { get; } = field;

    /// <summary>How the file is written.</summary>
    protected CsvDialect Dialect { get; } = dialect;

    /// <summary>Length of the text that means null, or -1: compared first, for speed.</summary>
    protected int NullLength { get; } = dialect.NullText?.Length ?? -1;

    /// <summary>The column.</summary>
    protected ColumnDef Column { get; } = column;

    /// <summary>Makes the decoder of a column.</summary>
    public static ColumnDecoder Create(ColumnDef column, int position, int field, CsvDialect dialect) => column.Type switch
    {
        DecimalType { IsWide: false } d => new FixedDecoder<Int128, DecimalParser>(column, position, field, dialect, new DecimalParser(d.Precision, d.Scale)),
        TimestampType t => new FixedDecoder<long, TimestampParser>(column, position, field, dialect, new TimestampParser(dialect.DateTime, t.IsNanoseconds)),
        _ => column.Type.Kind switch
        {
            TypeKind.String => new TextDecoder(column, position, field, dialect),
            TypeKind.TinyInt => new FixedDecoder<sbyte, IntegerParser<sbyte>>(column, position, field, dialect, default),
            TypeKind.SmallInt => new FixedDecoder<short, IntegerParser<short>>(column, position, field, dialect, default),
            TypeKind.Int => new FixedDecoder<int, IntegerParser<int>>(column, position, field, dialect, default),
            TypeKind.BigInt => new FixedDecoder<long, IntegerParser<long>>(column, position, field, dialect, default),
            TypeKind.Float => new FixedDecoder<float, FloatParser>(column, position, field, dialect, default),
            TypeKind.Double => new FixedDecoder<double, DoubleParser>(column, position, field, dialect, default),
            TypeKind.Date => new FixedDecoder<int, DateParser>(column, position, field, dialect, new DateParser(dialect.Date)),
            TypeKind.Time => new FixedDecoder<long, TimeParser>(column, position, field, dialect, new TimeParser(dialect.Time)),
            _ => new GeneralDecoder(column, position, field, dialect),
        },
    };

    /// <summary>Appends the column's values of a block. Bad ones are noted in the chunk and appended as null.</summary>
    /// <param name="block">The fields.</param>
    /// <param name="builder">The column's builder.</param>
    /// <param name="chunk">Takes what is bad.</param>
    public abstract void Decode(in FieldBlock block, ColumnBuilder builder, CsvChunk chunk);

    /// <summary>Whether an unquoted field is the text that means null.</summary>
    protected bool IsNullText(ReadOnlySpan<byte> text) => text.Length == NullLength && text.SequenceEqual(Dialect.NullText);

    /// <summary>Notes a bad value.</summary>
    protected void Refuse(BadKind kind, in FieldBlock block, int row, int batchRow, CsvChunk chunk)
    {
        var (start, end) = block.Bounds(row, Field);
        chunk.Add(new BadRow(kind, batchRow, Position, start, end));
    }

    /// <summary>A field of a type other than text without quotes and blanks; empty = null.</summary>
    /// <param name="field">The field.</param>
    /// <param name="room">At least as long as the field.</param>
    protected ReadOnlySpan<byte> Plain(ReadOnlySpan<byte> field, Span<byte> room)
    {
        if (field.Length > 0 && (field[0] == Dialect.Quote || Dialect.Escape >= 0))
        {
            return FieldText.Trim(room[..FieldText.Unquote(field, Dialect, room)]);
        }

        var plain = FieldText.Trim(field);
        return IsNullText(plain) ? default : plain;
    }
}

/// <summary>Numbers, dates and times.</summary>
internal sealed class FixedDecoder<T, TParser>(ColumnDef column, int position, int field, CsvDialect dialect, TParser parser) : ColumnDecoder(column, position, field, dialect)
    where T : unmanaged
    where TParser : struct, IValueParser<T>
{
    /// <inheritdoc/>
    public override void Decode(in FieldBlock block, ColumnBuilder builder, CsvChunk chunk)
    {
        var first = builder.Count;
        var values = ((FixedBuilder<T>)builder).AppendMany(block.Rows);
        var (field, nullLength, own) = (Field, NullLength, parser);
        for (var row = 0; row < values.Length; row++)
        {
            var text = block.Field(row, field);
            if (text.Length == nullLength || !own.TryParse(text, out values[row]))
            {
                DecodeSlowly(block, row, text, ref values[row], first, builder, chunk);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void DecodeSlowly(in FieldBlock block, int row, ReadOnlySpan<byte> text, ref T value, int first, ColumnBuilder builder, CsvChunk chunk)
    {
        Span<byte> room = text.Length <= 256 ? stackalloc byte[256] : new byte[text.Length];
        var plain = text.IsEmpty ? text : Plain(text, room);
        if (!plain.IsEmpty && parser.TryParse(plain, out value))
        {
            return;
        }

        value = default;
        builder.SetNull(first + row);
        if (!plain.IsEmpty || !Column.IsNullable)
        {
            Refuse(plain.IsEmpty ? BadKind.Null : BadKind.Value, block, row, first + row, chunk);
        }
    }
}

/// <summary>Texts. An empty field is null, two quotes are an empty text.</summary>
internal sealed class TextDecoder(ColumnDef column, int position, int field, CsvDialect dialect) : ColumnDecoder(column, position, field, dialect)
{
    /// <inheritdoc/>
    public override void Decode(in FieldBlock block, ColumnBuilder builder, CsvChunk chunk)
    {
        var texts = (BytesBuilder)builder;
        var (field, quote, isEscaped) = (Field, Dialect.Quote, Dialect.Escape >= 0);
        for (var row = 0; row < block.Rows; row++)
        {
            var text = block.Field(row, field);
            if (text.Length == 0 || IsNullText(text))
            {
                AppendNull(block, row, builder, chunk);
            }
            else if (text[0] == quote || isEscaped)
            {
                AppendQuoted(text, texts);
            }
            else
            {
                texts.Append(text);
            }
        }
    }

    private void AppendQuoted(ReadOnlySpan<byte> text, BytesBuilder texts)
    {
        if (Dialect.Escape < 0 && text.Length >= 2 && text[^1] == Dialect.Quote && !text[1..^1].Contains((byte)Dialect.Quote))
        {
            texts.Append(text[1..^1]);
            return;
        }

        var to = texts.Reserve(text.Length);
        texts.Commit(FieldText.Unquote(text, Dialect, to));
    }

    private void AppendNull(in FieldBlock block, int row, ColumnBuilder builder, CsvChunk chunk)
    {
        builder.AppendNull();
        if (!Column.IsNullable)
        {
            Refuse(BadKind.Null, block, row, builder.Count - 1, chunk);
        }
    }
}

/// <summary>Everything else, in the text form that all formats share.</summary>
internal sealed class GeneralDecoder(ColumnDef column, int position, int field, CsvDialect dialect) : ColumnDecoder(column, position, field, dialect)
{
    /// <inheritdoc/>
    public override void Decode(in FieldBlock block, ColumnBuilder builder, CsvChunk chunk)
    {
        Span<byte> few = stackalloc byte[512];
        for (var row = 0; row < block.Rows; row++)
        {
            var text = block.Field(row, Field);
            var plain = Plain(text, text.Length <= few.Length ? few : new byte[text.Length]);
            var isEmpty = plain.IsEmpty && !(Column.Type.Kind == TypeKind.Bytes && text.Length > 0 && text[0] == Dialect.Quote);
            if (!isEmpty && ValueText.TryAppend(Column.Type, builder, plain))
            {
                continue;
            }

            builder.AppendNull();
            if (!isEmpty || !Column.IsNullable)
            {
                Refuse(isEmpty ? BadKind.Null : BadKind.Value, block, row, builder.Count - 1, chunk);
            }
        }
    }
}
