using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Seikan.Core;

/// <summary>
/// Appends values of one column into buffers of the pool. Used by one thread; one Append (or AppendNull, AppendAbsent) a row.
/// Disposing gives the buffers back, unless they were built into a column.
/// </summary>
public abstract class ColumnBuilder : IDisposable
{
    // Bits of rows not yet appended are zero or left over from a value taken away; every append writes its own.
    private byte[]? _validity;

    private protected ColumnBuilder(BuilderScope scope) => Scope = scope;

    /// <summary>Values appended so far.</summary>
    public int Count { get; private set; }

    /// <summary>How many of them are null.</summary>
    public int NullCount { get; private set; }

    /// <summary>Bytes in use so far, children included.</summary>
    public abstract long SizeBytes { get; }

    /// <summary>Name of the column for errors; children have that of their column.</summary>
    private protected string Name { get; private set; } = "";

    /// <summary>The column as errors name it.</summary>
    internal string PlaceName => $"\"{Name}\"";

    /// <summary>The table for errors; null when none is known.</summary>
    private protected TablePath? Table { get; private set; }

    private protected BuilderScope Scope { get; }

    private protected BufferPool Pool => Scope.Pool;

    private protected long ValidityBytes => NullCount == 0 ? 0 : Column.BitBytes(Count);

    /// <summary>Makes the builder for a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="pool">Where buffers come from.</param>
    /// <param name="limits">The limit of a value; default limits when null.</param>
    public static ColumnBuilder Create(DataType type, BufferPool pool, BatchLimits? limits = null) =>
        Create(type, new BuilderScope(pool, (limits ?? BatchLimits.Default).ValueBytes));

    /// <summary>Appends a null.</summary>
    public void AppendNull()
    {
        AppendDefault();
        var row = Count;
        if (_validity is not { } bits || row >> 3 >= bits.Length)
        {
            bits = GrowValidity(row + 1);
        }

        bits[row >> 3] &= (byte)~(1 << (row & 7));
        Count = row + 1;
        NullCount++;
    }

    /// <summary>
    /// Appends "the source did not send this value", which is not null: <see cref="BatchBuilder.EndUpdate"/> fills it from the before image;
    /// a row that ends otherwise is an error.
    /// </summary>
    public void AppendAbsent()
    {
        AppendNull();
        Scope.AddAbsent(this, Count - 1);
    }

    /// <summary>Appends a value of a column of the same type. Used where rows are copied one by one; kernels copy ranges.</summary>
    /// <param name="source">A column of the same type.</param>
    /// <param name="row">Which value; may be null.</param>
    public void AppendFrom(Column source, int row)
    {
        if (source.IsValid(row))
        {
            AppendValue(source, row);
        }
        else
        {
            AppendNull();
        }
    }

    /// <summary>Turns a value that was appended into a null; a null stays one.</summary>
    /// <param name="row">Which.</param>
    public void SetNull(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Count, nameof(row));
        if (IsPresent(row))
        {
            var bits = _validity ?? GrowValidity(Count);
            bits[row >> 3] &= (byte)~(1 << (row & 7));
            NullCount++;
        }
    }

    /// <summary>Takes back the values behind some, and what was appended to children since.</summary>
    /// <param name="count">Values that stay, at most <see cref="Count"/>.</param>
    public void Truncate(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)Count, nameof(count));
        for (var row = count; row < Count; row++)
        {
            NullCount -= IsPresent(row) ? 0 : 1;
        }

        Count = count;
        TruncateValues(count);
    }

    /// <summary>The column; the builder gives its buffers away and must not be used again.</summary>
    /// <exception cref="InvalidOperationException">The fields of a row have not one value each: a bug of the caller.</exception>
    public Column Build()
    {
        Verify();
        return BuildVerified();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_validity is not null)
        {
            Pool.Return(_validity);
            _validity = null;
        }

        DisposeValues();
        GC.SuppressFinalize(this);
    }

    internal static ColumnBuilder Create(DataType type, BuilderScope scope) => type switch
    {
        DecimalType { IsWide: false } => new FixedBuilder<Int128>(scope),
        DecimalType => new FixedBuilder<Int256>(scope),
        TimestampType => new FixedBuilder<long>(scope),
        ArrayType array => new ListBuilder(scope, Create(array.Element, scope)),
        MapType map => new ListBuilder(scope, new RowBuilder(scope, [Create(map.Key, scope), Create(map.Value, scope)])),
        RowType row => new RowBuilder(scope, [.. row.Fields.Select(f => Create(f.Type, scope))]),
        VectorType vector => new VectorBuilder(scope, vector.ByteWidth),
        _ => type.Kind switch
        {
            TypeKind.Null => new NullBuilder(scope),
            TypeKind.Boolean => new BitBuilder(scope),
            TypeKind.TinyInt => new FixedBuilder<sbyte>(scope),
            TypeKind.SmallInt => new FixedBuilder<short>(scope),
            TypeKind.Int or TypeKind.Date => new FixedBuilder<int>(scope),
            TypeKind.BigInt or TypeKind.Time => new FixedBuilder<long>(scope),
            TypeKind.Float => new FixedBuilder<float>(scope),
            TypeKind.Double => new FixedBuilder<double>(scope),
            TypeKind.String or TypeKind.Bytes => new BytesBuilder(scope),
            TypeKind.TimestampTz => new OffsetTimestampBuilder(scope),
            TypeKind.SparseFloatVector =>
                new ListBuilder(scope, new RowBuilder(scope, [new FixedBuilder<int>(scope), new FixedBuilder<float>(scope)])),
            _ => throw new UnreachableException($"no builder for {type}"),
        },
    };

    /// <summary>Replaces the newest value, which was absent, by an older one of this builder.</summary>
    internal void ReplaceLastBy(int row)
    {
        if (IsPresent(row))
        {
            Truncate(Count - 1);
            AppendOwn(row);
        }
    }


    /// <summary>Appends a copy of a value of this builder, null or not.</summary>
    internal void AppendOwnValue(int row)
    {
        if (IsPresent(row))
        {
            AppendOwn(row);
        }
        else
        {
            AppendNull();
        }
    }

    /// <summary>Says what the values belong to, for errors.</summary>
    /// <param name="table">The table.</param>
    /// <param name="column">Its column.</param>
    internal virtual void BelongTo(TablePath table, string column) => (Table, Name) = (table, column);

    /// <summary>An error about a value, with its table.</summary>
    private protected SeikanException Refusal(ErrorCode code, string message) =>
        new(new Diagnostic(code, message) { Path = Table is null ? null : $"table \"{Table}\"" });

    /// <summary>Refuses children that have not the values they should; nothing was given away yet.</summary>
    internal virtual void Verify()
    {
    }

    /// <summary>The column of a builder that was verified.</summary>
    internal Column BuildVerified()
    {
        var validity = _validity;
        _validity = null;
        if (validity is not null && NullCount == 0)
        {
            Pool.Return(validity);
            validity = null;
        }

        return BuildColumn(validity is null ? default : ColumnBuffer.Pooled(validity, Pool));
    }

    /// <summary>Copies one present value. The source has the column kind that this builder makes.</summary>
    private protected abstract void AppendValue(Column source, int row);

    /// <summary>Writes a slot whose value does not matter; the caller counts it.</summary>
    private protected abstract void AppendDefault();

    /// <summary>Takes the values behind some away, with what was appended of a nested value that has not ended; the caller counts.</summary>
    private protected abstract void TruncateValues(int count);

    /// <summary>Appends a copy of a present value of this builder.</summary>
    private protected abstract void AppendOwn(int row);

    private protected abstract Column BuildColumn(ColumnBuffer validity);

    private protected abstract void DisposeValues();

    private protected bool IsPresent(int row) => _validity is null || (_validity[row >> 3] >> (row & 7) & 1) != 0;

    /// <summary>Counts one present value.</summary>
    private protected void Appended() => Appended(Count);

    /// <summary>Counts one present value.</summary>
    /// <param name="row">Its row, which is <see cref="Count"/>: given by those who have it in a register.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected void Appended(int row)
    {
        Count = row + 1;
        if (_validity is { } bits)
        {
            MarkPresent(bits, row);
        }
    }

    /// <summary>Counts several present values.</summary>
    private protected void AppendedMany(int rows)
    {
        if (_validity is not null)
        {
            var bits = (Count + rows + 7) >> 3 > _validity.Length ? GrowValidity(Count + rows) : _validity;
            SetBits(bits, Count, rows);
        }

        Count += rows;
    }

    /// <summary>A larger buffer with the same beginning; the old one goes back.</summary>
    /// <exception cref="SeikanException">DAT-0001: more than 1 GiB is needed.</exception>
    private protected byte[] Grow(byte[] buffer, int usedBytes, long neededBytes)
    {
        ObjectDisposedException.ThrowIf(buffer.Length == 0, this);
        if (neededBytes > BufferPool.MaxBytes)
        {
            throw Refusal(DataErrors.ColumnTooLarge, $"column \"{Name}\" needs more than 1 GiB in one batch");
        }

        var larger = Pool.Rent((int)Math.Max(neededBytes, Math.Min(buffer.Length, BufferPool.MaxBytes / 2) * 2));
        buffer.AsSpan(0, usedBytes).CopyTo(larger);
        Pool.Return(buffer);
        Scope.QuietUntil = 0;
        return larger;
    }

    private protected static ref T At<T>(byte[] buffer, int index)
        where T : unmanaged =>
        ref Unsafe.Add(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(buffer)), index);

    // A new bitmap says that all values so far are present, the one being appended too; its whole 64-bit words are readable.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private byte[] GrowValidity(int rows)
    {
        var bytes = Column.BitBytes(rows);
        if (_validity is null)
        {
            _validity = Pool.Rent(Math.Max(bytes, Scope.StartBytes / 16));
            _validity.AsSpan().Clear();
            SetBits(_validity, 0, rows);
        }
        else if (_validity.Length < bytes)
        {
            var used = _validity.Length;
            _validity = Grow(_validity, used, bytes);
            _validity.AsSpan(used).Clear();
        }

        return _validity;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void MarkPresent(byte[] bits, int row)
    {
        if (row >> 3 >= bits.Length)
        {
            bits = GrowValidity(row + 1);
        }

        At<byte>(bits, row >> 3) |= (byte)(1 << (row & 7));
    }

    private static void SetBits(byte[] bits, int start, int count)
    {
        var end = start + count;
        for (; start < end && (start & 7) != 0; start++)
        {
            bits[start >> 3] |= (byte)(1 << (start & 7));
        }

        if (start < end)
        {
            bits.AsSpan(start >> 3, (end - start) >> 3).Fill(0xFF);
            if ((end & 7) != 0)
            {
                bits[end >> 3] |= (byte)((1 << (end & 7)) - 1);
            }
        }
    }
}
