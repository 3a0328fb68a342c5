namespace Seikan.Core;

/// <summary>Builds an <see cref="OffsetTimestampColumn"/>.</summary>
public sealed class OffsetTimestampBuilder : ColumnBuilder
{
    private readonly FixedBuilder<long> _utc;
    private readonly FixedBuilder<short> _offsets;

    internal OffsetTimestampBuilder(BuilderScope scope)
        : base(scope)
    {
        _utc = new FixedBuilder<long>(scope);
        _offsets = new FixedBuilder<short>(scope);
    }

    /// <inheritdoc/>
    public override long SizeBytes => ValidityBytes + (Count * 10L);

    /// <summary>Appends a value.</summary>
    /// <param name="utcMicroseconds">Microseconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="offsetMinutes">Minutes east of UTC, -1,080 to 1,080.</param>
    public void Append(long utcMicroseconds, short offsetMinutes)
    {
        _utc.Append(utcMicroseconds);
        _offsets.Append(offsetMinutes);
        Appended();
    }

    private protected override void AppendValue(Column source, int row)
    {
        var from = (OffsetTimestampColumn)source;
        Append(from.Utc[row], from.OffsetMinutes[row]);
    }

    private protected override void AppendDefault()
    {
        _utc.Append(0);
        _offsets.Append(0);
    }

    private protected override void TruncateValues(int count)
    {
        _utc.Truncate(count);
        _offsets.Truncate(count);
    }

    private protected override void AppendOwn(int row) => Append(_utc.Read(row), _offsets.Read(row));

    private protected override Column BuildColumn(ColumnBuffer validity) => new OffsetTimestampColumn(
        Count, NullCount, validity, ((FixedColumn<long>)_utc.BuildVerified()).ValuesBuffer, ((FixedColumn<short>)_offsets.BuildVerified()).ValuesBuffer);

    private protected override void DisposeValues()
    {
        _utc.Dispose();
        _offsets.Dispose();
    }
}
