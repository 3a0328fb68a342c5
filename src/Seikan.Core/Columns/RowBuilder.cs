using System.Collections.Immutable;

namespace Seikan.Core;

/// <summary>Builds a <see cref="RowColumn"/>: append to each field, then <see cref="EndValue"/>.</summary>
public sealed class RowBuilder : ColumnBuilder
{
    internal RowBuilder(BuilderScope scope, ImmutableArray<ColumnBuilder> fields)
        : base(scope) =>
        Fields = fields;

    /// <summary>The fields.</summary>
    public ImmutableArray<ColumnBuilder> Fields { get; }

    /// <inheritdoc/>
    public override long SizeBytes
    {
        get
        {
            var bytes = ValidityBytes;
            foreach (var builder in Fields)
            {
                bytes += builder.SizeBytes;
            }

            return bytes;
        }
    }

    /// <summary>The values appended to the fields are one row.</summary>
    public void EndValue() => Appended();

    internal override void BelongTo(TablePath table, string column)
    {
        base.BelongTo(table, column);
        foreach (var field in Fields)
        {
            field.BelongTo(table, column);
        }
    }

    internal override void Verify()
    {
        foreach (var field in Fields)
        {
            if (field.Count != Count)
            {
                throw new InvalidOperationException($"a field of column \"{Name}\" has {field.Count} values for {Count} rows");
            }

            field.Verify();
        }
    }

    private protected override void AppendValue(Column source, int row)
    {
        var from = (RowColumn)source;
        for (var i = 0; i < Fields.Length; i++)
        {
            Fields[i].AppendFrom(from.Fields[i], row);
        }

        EndValue();
    }

    private protected override void AppendDefault()
    {
        foreach (var field in Fields)
        {
            field.AppendNull();
        }
    }

    private protected override void TruncateValues(int count)
    {
        foreach (var field in Fields)
        {
            field.Truncate(count);
        }
    }

    private protected override void AppendOwn(int row)
    {
        foreach (var field in Fields)
        {
            field.AppendOwnValue(row);
        }

        EndValue();
    }

    private protected override Column BuildColumn(ColumnBuffer validity)
    {
        var fields = ImmutableArray.CreateBuilder<Column>(Fields.Length);
        foreach (var field in Fields)
        {
            fields.Add(field.BuildVerified());
        }

        return new RowColumn(Count, NullCount, validity, fields.MoveToImmutable());
    }

    private protected override void DisposeValues()
    {
        foreach (var field in Fields)
        {
            field.Dispose();
        }
    }
}
