using Seikan.Plugins;

namespace Seikan.Connectors.AssertSink;

/// <summary>Fails the job when rows or tables are not as expected; for tests of jobs.</summary>
/// <remarks>Rows are counted per table over all writers and compared when the job ends. The first value that breaks a rule ends the job.</remarks>
[PluginOptions("Assert", PluginKind.Sink)]
internal sealed partial record AssertOptions : SinkOptions
{
    /// <summary>What is expected of the tables that arrive.</summary>
    [Option("rules")]
    [Example("{ row_rules = [ { rule_type = MIN_ROW, rule_value = 1 } ] }")]
    public required RulesOptions Rules { get; init; }
}

/// <summary>What is expected of all tables, or of each one by name.</summary>
internal sealed partial record RulesOptions : TableRules
{
    /// <summary>Tables that must send rows; no other may.</summary>
    [Option("table-names")]
    public IReadOnlyList<string>? TableNames { get; init; }

    /// <summary>Rules of single tables; the rules beside this list are then not used.</summary>
    [Option("tables_configs")]
    [Length(1)]
    public IReadOnlyList<NamedTableRules>? TablesConfigs { get; init; }

    /// <summary>Where the rules stand.</summary>
    [Block]
    public OptionBlock? Block { get; init; }
}

/// <summary>What is expected of one table.</summary>
internal sealed partial record NamedTableRules : TableRules
{
    /// <summary>Table that the rules are for.</summary>
    [Option("table_path")]
    [Example("database.schema.table")]
    public required string TablePath { get; init; }

    /// <summary>Where the rules stand.</summary>
    [Block]
    public OptionBlock? Block { get; init; }
}

/// <summary>Rules of a table.</summary>
internal abstract partial record TableRules
{
    /// <summary>Limits of the number of rows of each table.</summary>
    [Option("row_rules")]
    public IReadOnlyList<RowRule> RowRules { get; init; } = [];

    /// <summary>Rules of single columns, for every row.</summary>
    [Option("field_rules")]
    public IReadOnlyList<FieldRule> FieldRules { get; init; } = [];

    /// <summary>Name, keys and columns of the table.</summary>
    [Option("catalog_table_rule")]
    public CatalogTableRule? CatalogTable { get; init; }
}
