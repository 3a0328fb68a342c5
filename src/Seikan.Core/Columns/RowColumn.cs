using System.Collections.Immutable;

namespace Seikan.Core;

/// <summary>ROW.</summary>
public sealed class RowColumn : Column
{
    /// <summary>Takes the buffer and the references to the fields over.</summary>
    public RowColumn(int length, int nullCount, ColumnBuffer validity, ImmutableArray<Column> fields)
        : base(length, nullCount, validity)
    {
        foreach (var field in fields)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(field.Length, length, nameof(fields));
            SizeBytes += field.SizeBytes;
        }

        SizeBytes += ValidityBytes;
        Fields = fields;
    }

    /// <summary>The fields, each as long as this column. Borrowed.</summary>
    public ImmutableArray<Column> Fields { get; }

    /// <inheritdoc/>
    public override long SizeBytes { get; }

    internal override bool ValueEquals(int row, Column other, int otherRow)
    {
        var with = (RowColumn)other;
        if (Fields.Length != with.Fields.Length)
        {
            return false;
        }

        for (var i = 0; i < Fields.Length; i++)
        {
            if (!ColumnValues.Equal(Fields[i], row, with.Fields[i], otherRow))
            {
                return false;
            }
        }

        return true;
    }

    private protected override void FreeValues()
    {
        foreach (var field in Fields)
        {
            field.Release();
        }
    }
}
