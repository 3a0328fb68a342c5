namespace Seikan.Core;

/// <summary>TIMESTAMP_TZ: UTC time and offset of each value.</summary>
public sealed class OffsetTimestampColumn : Column
{
    private readonly ColumnBuffer _utc;
    private readonly ColumnBuffer _offsets;

    /// <summary>Takes the buffers over.</summary>
    public OffsetTimestampColumn(int length, int nullCount, ColumnBuffer validity, ColumnBuffer utc, ColumnBuffer offsetMinutes)
        : base(length, nullCount, validity)
    {
        utc.Require((long)length * sizeof(long), "times");
        offsetMinutes.Require((long)length * sizeof(short), "offsets");
        (_utc, _offsets) = (utc, offsetMinutes);
    }

    /// <summary>Microseconds since 1970-01-01T00:00:00Z.</summary>
    public ReadOnlySpan<long> Utc
    {
        get
        {
            CheckAlive();
            return _utc.As<long>(Length);
        }
    }

    /// <summary>Minutes east of UTC.</summary>
    public ReadOnlySpan<short> OffsetMinutes
    {
        get
        {
            CheckAlive();
            return _offsets.As<short>(Length);
        }
    }

    /// <summary>The buffer of the times.</summary>
    public ColumnBuffer UtcBuffer => _utc;

    /// <summary>The buffer of the offsets.</summary>
    public ColumnBuffer OffsetMinutesBuffer => _offsets;

    /// <inheritdoc/>
    public override long SizeBytes => ValidityBytes + (Length * 10L);

    internal override bool ValueEquals(int row, Column other, int otherRow)
    {
        var with = (OffsetTimestampColumn)other;
        return Utc[row] == with.Utc[otherRow] && OffsetMinutes[row] == with.OffsetMinutes[otherRow];
    }

    private protected override void FreeValues()
    {
        _utc.Free();
        _offsets.Free();
    }
}
