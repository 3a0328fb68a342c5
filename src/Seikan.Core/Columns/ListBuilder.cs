namespace Seikan.Core;

/// <summary>Builds a <see cref="ListColumn"/>: append to <see cref="Elements"/>, then <see cref="EndList"/>.</summary>
public sealed class ListBuilder : ColumnBuilder
{
    private readonly FixedBuilder<int> _offsets;

    internal ListBuilder(BuilderScope scope, ColumnBuilder elements)
        : base(scope)
    {
        Elements = elements;
        _offsets = new FixedBuilder<int>(scope);
        _offsets.Append(0);
    }

    /// <summary>Takes the elements; for a map a <see cref="RowBuilder"/> of key and value.</summary>
    public ColumnBuilder Elements { get; }

    /// <inheritdoc/>
    public override long SizeBytes => ValidityBytes + _offsets.SizeBytes + Elements.SizeBytes;

    /// <summary>The elements appended since the last list are one value.</summary>
    public void EndList()
    {
        _offsets.Append(Elements.Count);
        Appended();
    }

    internal override void BelongTo(TablePath table, string column)
    {
        base.BelongTo(table, column);
        Elements.BelongTo(table, column);
    }

    internal override void Verify()
    {
        if (Elements.Count != _offsets.Read(Count))
        {
            throw new InvalidOperationException($"elements of column \"{Name}\" were appended after its last list");
        }

        Elements.Verify();
    }

    private protected override void AppendValue(Column source, int row)
    {
        var from = (ListColumn)source;
        var (start, end) = (from.Offsets[row], from.Offsets[row + 1]);
        for (var i = start; i < end; i++)
        {
            Elements.AppendFrom(from.Elements, i);
        }

        EndList();
    }

    private protected override void AppendDefault() => _offsets.Append(Elements.Count);

    private protected override void TruncateValues(int count)
    {
        Elements.Truncate(_offsets.Read(count));
        _offsets.Truncate(count + 1);
    }

    private protected override void AppendOwn(int row)
    {
        var (start, end) = (_offsets.Read(row), _offsets.Read(row + 1));
        for (var i = start; i < end; i++)
        {
            Elements.AppendOwnValue(i);
        }

        EndList();
    }

    private protected override Column BuildColumn(ColumnBuffer validity) => new ListColumn(
        Count, NullCount, validity, ((FixedColumn<int>)_offsets.BuildVerified()).ValuesBuffer, Elements.BuildVerified());

    private protected override void DisposeValues()
    {
        _offsets.Dispose();
        Elements.Dispose();
    }
}
