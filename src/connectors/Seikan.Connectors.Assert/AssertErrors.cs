using Seikan.Core;

namespace Seikan.Connectors.AssertSink;

/// <summary>What the Assert sink finds.</summary>
internal static class AssertErrors
{
    /// <summary>Too few or too many rows.</summary>
    public static readonly ErrorCode RowCount = new(
        "ASSERT-0001", "number of rows is not as expected", "A table sent fewer rows than MIN_ROW or more than MAX_ROW.", "compare the job with its row_rules")
    {
        Upstream = "ASSERT-01",
    };

    /// <summary>A value breaks a rule.</summary>
    public static readonly ErrorCode Value = new(
        "ASSERT-0002", "value is not as expected", "A value breaks one of the rules of its field.", "compare the job with its field_rules")
    {
        Upstream = "ASSERT-01",
    };

    /// <summary>The definition of a table differs.</summary>
    public static readonly ErrorCode Table = new(
        "ASSERT-0003", "table is not as expected", "Name, keys or columns of a table differ from catalog_table_rule.", "compare the table with its catalog_table_rule")
    {
        Upstream = "ASSERT-02",
    };

    /// <summary>Other tables sent rows than those expected.</summary>
    public static readonly ErrorCode TableNames = new(
        "ASSERT-0004", "tables are not as expected", "A table of table-names sent no row, or another table sent one.", "compare the job with table-names")
    {
        Upstream = "ASSERT-01",
    };

    /// <summary>A rule names a field or table that does not arrive.</summary>
    public static readonly ErrorCode Unknown = new(
        "ASSERT-0005", "rule is about something unknown", "A rule names a field or a table that does not reach the sink.", "name a field or table that reaches the sink");

    /// <summary>A rule cannot hold for the type of its field.</summary>
    public static readonly ErrorCode Misfit = new(
        "ASSERT-0006", "rule does not fit the field", "A rule compares numbers with a field that is none, or its literal is not of the field's type.", "write a rule that fits the type of the field");

    /// <summary>A rule asks for nothing.</summary>
    public static readonly ErrorCode Empty = new(
        "ASSERT-0007", "rule asks for nothing", "An entry of field_value has neither rule_type nor equals_to.", "give it a rule_type or equals_to");
}
