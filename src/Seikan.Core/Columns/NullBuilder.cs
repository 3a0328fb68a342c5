namespace Seikan.Core;

/// <summary>Builds a <see cref="NullColumn"/>: only AppendNull.</summary>
public sealed class NullBuilder : ColumnBuilder
{
    internal NullBuilder(BuilderScope scope)
        : base(scope)
    {
    }

    /// <inheritdoc/>
    public override long SizeBytes => ValidityBytes;

    private protected override void AppendValue(Column source, int row) => AppendNull();

    private protected override void AppendDefault()
    {
    }

    private protected override void TruncateValues(int count)
    {
    }

    private protected override void AppendOwn(int row) => AppendNull();

    private protected override Column BuildColumn(ColumnBuffer validity) => new NullColumn(Count, validity);

    private protected override void DisposeValues()
    {
    }
}
