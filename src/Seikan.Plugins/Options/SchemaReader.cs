using System.Collections.Immutable;
using Seikan.Core;

namespace Seikan.Plugins;

/// <summary>Reads one <c>schema</c> block.</summary>
/// <param name="place">What it belongs to, for errors.</param>
/// <param name="problems">Gets everything that is wrong.</param>
internal sealed class SchemaReader(string place, DiagnosticBag problems)
{
    private static readonly string[] Keys = ["table", "schema_first", "comment", "fields", "columns", "primaryKey", "constraintKeys", "partition_keys"];
    private static readonly string[] ColumnKeys = ["name", "type", "nullable", "columnLength", "columnScale", "defaultValue", "comment"];
    private readonly string _place = place + " schema";
    private bool _failed;

    /// <summary>Reads it; null after an error.</summary>
    public SchemaSpec? Read(ConfigNode node)
    {
        if (node is not ConfigObject block)
        {
            Error(OptionErrors.WrongType, "\"schema\" is not an object", node.Span, "write schema { fields { name = type } }");
            return null;
        }

        WarnUnknown(block, Keys, _place);
        var columns = ReadColumns(block);
        var keys = ImmutableArray.CreateBuilder<TableKey>();
        if (block.Find("primaryKey") is { } primary)
        {
            AddPrimaryKey(primary.Value, columns, keys);
        }

        foreach (var item in Items(block, "constraintKeys"))
        {
            AddConstraintKey(item, columns, keys);
        }

        var partitions = Items(block, "partition_keys").OfType<ConfigScalar>().Select(s => CheckColumn(s, columns)).ToImmutableArray();
        var table = ReadTable(block);
        return _failed ? null : new SchemaSpec(table, columns)
        {
            Comment = Text(block, "comment"), Keys = keys.ToImmutable(), PartitionKeys = partitions, Span = block.Span,
        };
    }

    private TablePath? ReadTable(ConfigObject block)
    {
        if (block.Find("table")?.Value is not ConfigScalar { IsNull: false } table)
        {
            return null;
        }

        var schemaFirst = Boolean(block, "schema_first", false);
        if (TablePath.Parse(table.Text, schemaFirst) is { } path)
        {
            return path;
        }

        Error(OptionErrors.WrongValue, $"\"{table.Text}\" is not a table path", table.Span, "write table, database.table or database.schema.table");
        return null;
    }

    private ImmutableArray<SchemaColumn> ReadColumns(ConfigObject block)
    {
        var (fields, list) = (block.Find("fields"), block.Find("columns"));
        if (fields is not null && list is not null)
        {
            Error(OptionErrors.Exclusive, "the schema has both \"fields\" and \"columns\"", list.Value.KeySpan, "keep one of them");
            return [];
        }

        var columns = ImmutableArray.CreateBuilder<SchemaColumn>();
        if (fields?.Value is ConfigObject fieldMap)
        {
            foreach (var field in fieldMap.Fields)
            {
                if (Type(field.Value, field.Key, null) is { } type)
                {
                    columns.Add(new SchemaColumn(new ColumnDef(field.Key, type), null));
                }
            }
        }
        else if (list?.Value is ConfigList columnList)
        {
            foreach (var item in columnList.Items)
            {
                AddColumn(item, columns);
            }
        }
        else
        {
            var wrong = fields ?? list;
            Error(
                OptionErrors.Required, wrong is null ? "the schema has neither \"fields\" nor \"columns\"" : $"\"{wrong.Value.Key}\" has the wrong form",
                wrong?.Value.Span ?? block.Span with { Length = 1 }, "write fields { name = type } or columns = [ { name = .., type = .. } ]");
            return [];
        }

        if (columns.Count == 0 && !_failed)
        {
            Error(OptionErrors.Required, "the schema has no column", (fields ?? list)!.Value.Value.Span, "name at least one column");
        }

        return columns.ToImmutable();
    }

    private void AddColumn(ConfigNode node, ImmutableArray<SchemaColumn>.Builder columns)
    {
        if (node is not ConfigObject item)
        {
            Error(OptionErrors.WrongType, "a column is not an object", node.Span, "write { name = id, type = bigint }");
            return;
        }

        WarnUnknown(item, ColumnKeys, _place);
        var name = Text(item, "name");
        if (string.IsNullOrEmpty(name) || item.Find("type") is not { } type)
        {
            Error(OptionErrors.Required, $"a column has no \"{(string.IsNullOrEmpty(name) ? "name" : "type")}\"", item.Span with { Length = 1 }, "write { name = id, type = bigint }");
            return;
        }

        var scale = Integer(item, "columnScale");
        var dataType = Type(type.Value, name, (int?)scale);
        if (columns.FirstOrDefault(c => c.Definition.Name == name) is not null)
        {
            Error(OptionErrors.WrongValue, $"column \"{name}\" stands twice in the schema", item.Find("name")!.Value.Value.Span, "give each column a name of its own");
            return;
        }

        if (dataType is null)
        {
            return;
        }

        var given = item.Find("defaultValue")?.Value;
        var length = Integer(item, "columnLength");
        columns.Add(new SchemaColumn(
            new ColumnDef(name, dataType)
            {
                IsNullable = Boolean(item, "nullable", true),
                Length = length is > 0 ? length : null,
                Default = given is ConfigScalar { IsNull: false } scalar ? scalar.Text : null,
                Comment = Text(item, "comment"),
            },
            given is ConfigScalar { IsNull: true } ? null : given));
    }

    private void AddPrimaryKey(ConfigNode node, ImmutableArray<SchemaColumn> columns, ImmutableArray<TableKey>.Builder keys)
    {
        if (node is not ConfigObject key)
        {
            Error(OptionErrors.WrongType, "\"primaryKey\" is not an object", node.Span, "write primaryKey { name = pk, columnNames = [id] }");
            return;
        }

        WarnUnknown(key, ["name", "columnNames", "columns"], _place);
        var names = Items(key, key.Find("columnNames") is null ? "columns" : "columnNames").OfType<ConfigScalar>().ToList();
        if (names.Count == 0)
        {
            Error(OptionErrors.Required, "the primary key has no \"columnNames\"", key.Span with { Length = 1 }, "write columnNames = [id]");
            return;
        }

        keys.Add(new TableKey(Text(key, "name"), KeyKind.Primary, [.. names.Select(n => new KeyColumn(CheckColumn(n, columns)))]));
    }

    private void AddConstraintKey(ConfigNode node, ImmutableArray<SchemaColumn> columns, ImmutableArray<TableKey>.Builder keys)
    {
        if (node is not ConfigObject key)
        {
            Error(OptionErrors.WrongType, "a constraint key is not an object", node.Span, "write { constraintName = k, constraintType = UNIQUE_KEY, constraintColumns = [..] }");
            return;
        }

        WarnUnknown(key, ["constraintName", "constraintType", "constraintColumns"], _place);
        var typeNode = key.Find("constraintType")?.Value as ConfigScalar;
        KeyKind? kind = (typeNode?.Text.ToUpperInvariant() ?? "KEY") switch
        {
            "KEY" or "INDEX_KEY" => KeyKind.Index,
            "UNIQUE_KEY" => KeyKind.Unique,
            "FOREIGN_KEY" => KeyKind.Foreign,
            "VECTOR_INDEX_KEY" => KeyKind.VectorIndex,
            _ => null,
        };
        if (kind is null)
        {
            Error(OptionErrors.WrongValue, $"\"{typeNode!.Text}\" is not a kind of key", typeNode.Span, "use INDEX_KEY, UNIQUE_KEY, FOREIGN_KEY or VECTOR_INDEX_KEY");
            return;
        }

        var parts = ImmutableArray.CreateBuilder<KeyColumn>();
        foreach (var item in Items(key, "constraintColumns"))
        {
            if (item is not ConfigObject column || column.Find("columnName")?.Value is not ConfigScalar name)
            {
                Error(OptionErrors.WrongType, "a key column has no \"columnName\"", item.Span, "write { columnName = id, sortType = ASC }");
                continue;
            }

            var order = Text(column, "sortType")?.ToUpperInvariant() == "DESC" ? SortOrder.Descending : SortOrder.Ascending;
            parts.Add(new KeyColumn(CheckColumn(name, columns), order)
            {
                VectorIndex = kind == KeyKind.VectorIndex ? new VectorIndex(Text(column, "indexName"), Text(column, "indexType"), Text(column, "metricType")) : null,
            });
        }

        keys.Add(new TableKey(Text(key, "constraintName"), kind.Value, parts.ToImmutable()));
    }

    private string CheckColumn(ConfigScalar name, ImmutableArray<SchemaColumn> columns)
    {
        if (columns.All(c => c.Definition.Name != name.Text) && !_failed)
        {
            problems.Add(new Diagnostic(OptionErrors.UnknownColumn, $"the schema has no column \"{name.Text}\"")
            {
                Span = name.Span, Path = _place, Candidates = NearestNames.Find(name.Text, columns.Select(c => c.Definition.Name)),
            });
            _failed = true;
        }

        return name.Text;
    }

    private DataType? Type(ConfigNode node, string column, int? scale)
    {
        var type = TypeParser.Parse(node, $"{place} column \"{column}\"", problems, scale);
        _failed |= type is null;
        return type;
    }

    private static string? Text(ConfigObject block, string key) => block.Find(key)?.Value is ConfigScalar { IsNull: false } scalar ? scalar.Text : null;

    private bool Boolean(ConfigObject block, string key, bool fallback)
    {
        if (block.Find(key)?.Value is not ConfigScalar { IsNull: false } scalar)
        {
            return fallback;
        }

        if (bool.TryParse(scalar.Text, out var value))
        {
            return value;
        }

        Error(OptionErrors.WrongType, $"\"{key}\" is \"{scalar.Text}\", not true or false", scalar.Span, "write true or false");
        return fallback;
    }

    private long? Integer(ConfigObject block, string key)
    {
        if (block.Find(key)?.Value is not ConfigScalar { IsNull: false } scalar)
        {
            return null;
        }

        if (long.TryParse(scalar.Text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= int.MaxValue)
        {
            return value;
        }

        Error(OptionErrors.WrongType, $"\"{key}\" is \"{scalar.Text}\", not a whole number", scalar.Span, "write a whole number");
        return null;
    }

    private static ImmutableArray<ConfigNode> Items(ConfigObject block, string key) => block.Find(key)?.Value switch
    {
        ConfigList list => list.Items,
        ConfigScalar { IsNull: false } scalar => [scalar],
        _ => [],
    };

    private void WarnUnknown(ConfigObject block, string[] known, string where)
    {
        foreach (var field in block.Fields)
        {
            if (!known.Contains(field.Key))
            {
                problems.Add(new Diagnostic(OptionErrors.Unknown, $"unknown option \"{field.Key}\"")
                {
                    Severity = Severity.Warning, Span = field.KeySpan, Path = where, Candidates = NearestNames.Find(field.Key, known),
                });
            }
        }
    }

    private void Error(ErrorCode code, string message, SourceSpan span, string fix)
    {
        problems.Add(new Diagnostic(code, message) { Span = span, Path = _place, Fix = fix });
        _failed = true;
    }
}
