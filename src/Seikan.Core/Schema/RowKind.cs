namespace Seikan.Core;

/// <summary>What a row says about its table; upstream's byte values.</summary>
public enum RowKind : byte
{
    /// <summary>+I: a new row.</summary>
    Insert = 0,

    /// <summary>-U: old image of an update; stands directly before its +U.</summary>
    UpdateBefore = 1,

    /// <summary>+U: new image of an update.</summary>
    UpdateAfter = 2,

    /// <summary>-D: old image of a deleted row.</summary>
    Delete = 3,
}

/// <summary>Which kinds a stream of one table holds; known at plan time. Later values hold more.</summary>
public enum ChangelogMode
{
    /// <summary>+I only.</summary>
    InsertOnly,

    /// <summary>+I, +U and -D, told apart by key.</summary>
    Upsert,

    /// <summary>Upsert and -U before each +U.</summary>
    Full,
}
