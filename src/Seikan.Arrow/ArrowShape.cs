namespace Seikan.Arrow;

/// <summary>Which Arrow types stand for types that have more than one fitting form.</summary>
public enum ArrowShape
{
    /// <summary>As the column layout says (types.md 10): float vectors are fixed-size lists.</summary>
    Canonical,

    /// <summary>As Parquet can hold it: float vectors are lists, since fixed-size lists with nulls cannot be written.</summary>
    Parquet,
}
