using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Seikan.Core;

/// <summary>
/// Appends values of one column into buffers of the pool. Used by one thread; one Append (or AppendNull, AppendAbsent) a row.
/// Disposing gives the buffers back, unless they were built into a column.
/// </summary>
public abstract class ColumnBuilder : IDisposable
{
    private byte[]? _validity;

    private protected ColumnBuilder(BuilderScope scope) => Scope = scope;

    /// <summary>Values appended so far.</summary>
    public int Count { get; private protected set; }

    /// <summary>How many of them are null.</summary>
    public int NullCount { get; private protected set; }

    /// <summary>Bytes in use so far, children included.</summary>
    public abstract long SizeBytes { get; }

    /// <summary>Name of the column for errors; the path of the parent for children.</summary>
    internal string Name { get; set; } = "";

    private protected BuilderScope Scope { get; }

    private protected BufferPool Pool => Scope.Pool;

    private protected long ValidityBytes => _validity is null ? 0 : (Count + 7) >> 3;

    /// <summary>Makes the builder for a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="pool">Where buffers come from.</param>
    /// <param name="limits">The limit of a value; default limits when null.</param>
    public static ColumnBuilder Create(DataType type, BufferPool pool, BatchLimits? limits = null) =>
        Create(type, new BuilderScope(pool, (limits ?? BatchLimits.Default).ValueBytes));

    /// <summary>Appends a null.</summary>
    public void AppendNull()
    {
        EnsureValidity(Count + 1);
        AppendDefault();
        ClearBit(_validity!, Count - 1);
        NullCount++;
    }

    /// <summary>
    /// Appends "the source did not send this value", which is not null: <see cref="BatchBuilder.EndUpdate"/> fills it from the before image;
    /// a row that ends otherwise is an error.
    /// </summary>
    public void AppendAbsent()
    {
        AppendNull();
        Scope.Absent.Add((this, Count - 1));
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

    /// <summary>The column; the builder gives its buffers away and must not be used again.</summary>
    public Column Build()
    {
        var validity = _validity is null || NullCount == 0 ? default : ColumnBuffer.Pooled(_validity, Pool);
        if (NullCount == 0 && _validity is not null)
        {
            Pool.Return(_validity);
        }

        _validity = null;
        return BuildColumn(validity);
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
            _ => throw new System.Diagnostics.UnreachableException($"no builder for {type}"),
        },
    };

    /// <summary>Copies one present value. The source has the column kind that this builder makes.</summary>
    private protected abstract void AppendValue(Column source, int row);

    /// <summary>Appends a slot whose value does not matter, without touching validity beyond <see cref="Appended"/>.</summary>
    private protected abstract void AppendDefault();

    /// <summary>Takes the last value away, so that it can be appended again.</summary>
    private protected abstract void RemoveLastValue();

    private protected abstract Column BuildColumn(ColumnBuffer validity);

    private protected abstract void DisposeValues();

    /// <summary>Replaces the newest value, which was absent, by an older one of this builder.</summary>
    internal void ReplaceLastBy(int row)
    {
        if (!IsPresent(row))
        {
            return; // null and null
        }

        RemoveLast();
        AppendOwn(row);
    }

    /// <summary>Takes the last value away, null or not.</summary>
    internal void RemoveLast()
    {
        NullCount -= IsPresent(Count - 1) ? 0 : 1;
        RemoveLastValue();
        Count--;
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

    /// <summary>Appends a copy of a present value of this builder.</summary>
    private protected abstract void AppendOwn(int row);

    private protected bool IsPresent(int row) => _validity is null || (_validity[row >> 3] >> (row & 7) & 1) != 0;

    /// <summary>Counts one present value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected void Appended()
    {
        if (_validity is not null)
        {
            MarkValid(1);
        }

        Count++;
    }

    /// <summary>Counts several present values.</summary>
    private protected void AppendedMany(int rows)
    {
        if (_validity is not null)
        {
            MarkValid(rows);
        }

        Count += rows;
    }

    /// <summary>Turns a value that was appended into a null.</summary>
    /// <param name="row">Which; must be present.</param>
    public void SetNull(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Count);
        EnsureValidity(Count);
        ClearBit(_validity!, row);
        NullCount++;
    }

    private protected byte[] Grow(byte[] buffer, int usedBytes, int neededBytes)
    {
        if (neededBytes < 0 || neededBytes > BufferPool.MaxBytes)
        {
            throw new SeikanException(new Diagnostic(DataErrors.ColumnTooLarge, $"column \"{Name}\" needs more than 1 GiB in one batch"));
        }

        var larger = Pool.Rent(Math.Max(neededBytes, Math.Min(buffer.Length, BufferPool.MaxBytes / 2) * 2));
        buffer.AsSpan(0, usedBytes).CopyTo(larger);
        Pool.Return(buffer);
        Scope.Grew = true;
        return larger;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void MarkValid(int rows)
    {
        EnsureValidity(Count + rows);
        var bits = _validity!;
        for (var row = Count; row < Count + rows; row++)
        {
            bits[row >> 3] |= (byte)(1 << (row & 7));
        }
    }

    // Whole 64-bit words are readable. Bits of rows not yet appended are zero.
    private void EnsureValidity(int rows)
    {
        var bytes = ((rows + 63) >> 6) * 8;
        if (_validity is null)
        {
            _validity = Pool.Rent(Math.Max(bytes, 64));
            _validity.AsSpan().Clear();
            _validity.AsSpan(0, Count >> 3).Fill(0xFF);
            if ((Count & 7) != 0)
            {
                _validity[Count >> 3] = (byte)((1 << (Count & 7)) - 1);
            }
        }
        else if (_validity.Length < bytes)
        {
            var used = _validity.Length;
            _validity = Grow(_validity, used, bytes);
            _validity.AsSpan(used).Clear();
        }
    }

    private static void ClearBit(byte[] bits, int row) => bits[row >> 3] &= (byte)~(1 << (row & 7));

    private protected static ref T At<T>(byte[] buffer, int index)
        where T : unmanaged =>
        ref Unsafe.Add(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(buffer)), index);
}

/// <summary>What the builders of one batch share.</summary>
/// <param name="pool">Where buffers come from.</param>
/// <param name="valueBytes">Most bytes of one value.</param>
internal sealed class BuilderScope(BufferPool pool, int valueBytes)
{
    public BufferPool Pool { get; } = pool;

    public int ValueBytes { get; } = valueBytes;

    /// <summary>Absent values of rows that have not ended.</summary>
    public List<(ColumnBuilder Builder, int Row)> Absent { get; } = [];

    /// <summary>Set when a buffer grew: the moment to look at the size of the batch.</summary>
    public bool Grew { get; set; }
}
