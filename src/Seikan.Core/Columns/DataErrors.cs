namespace Seikan.Core;

/// <summary>What can be wrong with rows, whatever their source.</summary>
public static class DataErrors
{
    /// <summary>A column of one batch passed 1 GiB.</summary>
    public static readonly ErrorCode ColumnTooLarge = new(
        "DAT-0001", "column of a batch is too large", "The values of one column in one batch take more than 1 GiB.",
        "lower the rows of a batch, or split the values");

    /// <summary>A value passed the limit.</summary>
    public static readonly ErrorCode ValueTooLarge = new(
        "DAT-0002", "value is too large", "One value has more bytes than max-value-bytes allows.",
        "raise max-value-bytes, or leave the column out");

    /// <summary>A value was not sent and there is no image to take it from.</summary>
    public static readonly ErrorCode ValueAbsent = new(
        "DAT-0003", "value was not sent", "The source sent a change without all columns, and without the row as it was before.",
        "let the source log whole rows (PostgreSQL: REPLICA IDENTITY FULL; MySQL: binlog_row_image = FULL)");
}
