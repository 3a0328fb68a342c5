using Seikan.Core;

namespace Seikan.Connectors.AssertSink;

/// <summary>Compares a table with its catalog_table_rule.</summary>
/// <param name="rule">The rule.</param>
/// <param name="table">The table.</param>
/// <param name="problems">Gets every difference.</param>
internal sealed class CatalogTableCheck(CatalogTableRule rule, TableSchema table, DiagnosticBag problems)
{
    private static readonly string[] KeyKinds = ["PRIMARY", "UNIQUE_KEY", "INDEX_KEY", "FOREIGN_KEY", "VECTOR_INDEX_KEY"];

    /// <summary>Compares everything that the rule gives.</summary>
    public void Run()
    {
        CheckIdentifier();
        CheckPrimaryKey();
        CheckConstraintKeys();
        CheckColumns();
    }

    private void CheckIdentifier()
    {
        if (rule.Identifier?.Table is { } name && name != table.Path.ToString())
        {
            Differ($"the table is \"{table.Path}\", expected \"{name}\"", rule.Identifier.Block?.Find("table")?.Value.Span);
        }

        if (rule.Identifier?.CatalogName is not null)
        {
            problems.Add(new Diagnostic(AssertErrors.Table, "\"catalog_name\" is not compared: tables have no catalog name here")
            {
                Severity = Severity.Warning, Span = rule.Identifier.Block?.Find("catalog_name")?.Value.Span ?? default, Fix = "leave it out",
            });
        }
    }

    private void CheckPrimaryKey()
    {
        if (rule.PrimaryKey is not { } expected)
        {
            return;
        }

        if (table.PrimaryKey is not { } key)
        {
            Differ("the table has no primary key");
            return;
        }

        if (expected.Name is { } name && name != key.Name)
        {
            Differ($"the primary key is named \"{key.Name}\", expected \"{name}\"");
        }

        if (expected.Columns is { } columns && !columns.SequenceEqual(key.Columns.Select(c => c.Name)))
        {
            Differ($"the primary key has the columns {List(key.Columns.Select(c => c.Name))}, expected {List(columns)}");
        }
    }

    private void CheckConstraintKeys()
    {
        if (rule.ConstraintKeys is not { } expected)
        {
            return;
        }

        var keys = table.Keys.Where(k => k.Kind != KeyKind.Primary).ToList();
        foreach (var key in keys.Where(k => expected.All(e => e.Name != k.Name)))
        {
            Differ($"the key \"{key.Name}\" is not expected");
        }

        foreach (var wanted in expected)
        {
            if (keys.Find(k => k.Name == wanted.Name) is not { } key)
            {
                Differ($"the table has no key \"{wanted.Name}\"");
                continue;
            }

            if (wanted.Kind is { } kind && kind != key.Kind)
            {
                Differ($"the key \"{key.Name}\" is {KeyKinds[(int)key.Kind]}, expected {KeyKinds[(int)kind]}");
            }

            if (wanted.Columns is { } columns && !(columns.Count == key.Columns.Length && columns.Zip(key.Columns).All(c => Same(c.First, c.Second))))
            {
                Differ(
                    $"the key \"{key.Name}\" has the columns {List(key.Columns.Select(c => $"{c.Name} {OrderOf(c.Order)}"))}, "
                    + $"expected {List(columns.Select(c => $"{c.Name} {OrderOf(c.SortType is null ? null : OrderIn(c))}".TrimEnd()))}");
            }
        }
    }

    private void CheckColumns()
    {
        if (rule.Columns is not { } expected)
        {
            return;
        }

        foreach (var column in table.Columns.Where(c => expected.All(e => e.Name != c.Name)))
        {
            Differ($"the column \"{column.Name}\" is not expected");
        }

        foreach (var wanted in expected)
        {
            var at = wanted.Block?.Find("name")?.Value.Span;
            if (table.IndexOf(wanted.Name) is var index && index < 0)
            {
                Differ($"the table has no column \"{wanted.Name}\"", at);
                continue;
            }

            CheckColumn(wanted, table.Columns[index], at);
        }
    }

    private void CheckColumn(ColumnRule wanted, ColumnDef column, SourceSpan? at)
    {
        if (wanted.Type is { } node && ExpectedType.Parse(node, $"{wanted.Block?.Place} type", problems) is { } type && !type.Matches(column.Type))
        {
            Differ($"the column \"{column.Name}\" is {column.Type}, expected {type}", node.Span);
        }

        Compare("length", wanted.Length, column.Length ?? 0);
        Compare("nullable", wanted.IsNullable, column.IsNullable);
        if (wanted.Default is { } value && value != column.Default)
        {
            Differ($"the column \"{column.Name}\" has the default {Shown(column.Default)}, expected {Shown(value)}", at);
        }

        if (wanted.Comment is { } comment && comment != column.Comment)
        {
            Differ($"the column \"{column.Name}\" has the comment {Shown(column.Comment)}, expected {Shown(comment)}", at);
        }

        void Compare<T>(string what, T? expected, T actual)
            where T : struct, IEquatable<T>
        {
            if (expected is { } some && !some.Equals(actual))
            {
                Differ($"the column \"{column.Name}\" has {what} {Word(actual)}, expected {Word(some)}", at);
            }
        }
    }

    private static string Word<T>(T value)
        where T : struct =>
        value is bool truth ? (truth ? "true" : "false") : value.ToString()!;

    private static string Shown(string? text) => text is null ? "none" : $"\"{text}\"";

    private static bool Same(ConstraintKeyColumnRule wanted, KeyColumn column) =>
        wanted.Name == column.Name && (wanted.SortType is null || OrderIn(wanted) == column.Order);

    private static SortOrder OrderIn(ConstraintKeyColumnRule column) => column.SortType == ConstraintSortType.Desc ? SortOrder.Descending : SortOrder.Ascending;

    private static string OrderOf(SortOrder? order) => order switch { SortOrder.Ascending => "ASC", SortOrder.Descending => "DESC", _ => "" };

    private static string List(IEnumerable<string> names) => $"({string.Join(", ", names)})";

    private void Differ(string difference, SourceSpan? span = null)
    {
        var start = rule.Block is { } block ? block.Node.Span with { Length = Math.Min(1, block.Node.Span.Length) } : default;
        problems.Add(new Diagnostic(AssertErrors.Table, $"table \"{table.Path}\": {difference}") { Span = span ?? start });
    }
}
