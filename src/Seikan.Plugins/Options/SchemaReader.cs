using System.Collections.Immutable;
using Seikan.Core;

namespace Seikan.Plugins;

/// <summary>Reads one <c>schema</c> block: its columns.</summary>
/// <param name="place">What it belongs to, for errors.</param>
/// <param name="problems">Gets everything that is wrong.</param>
internal sealed partial class SchemaReader(string place, DiagnosticBag problems)
{
    private const string ColumnForm = "write { name = id, type = bigint }";

    private static readonly string[] BlockKeys =
        ["table", "schema_first", "comment", "fields", "columns", "primaryKey", "constraintKeys", "partition_keys"];

    private static readonly string[] ColumnKeys = ["name", "type", "nullable", "columnLength", "columnScale", "defaultValue", "comment"];

    private readonly string _place = place + " schema";

    // Every name that was written, also of a column whose type is wrong, so that one mistake gives one error.
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private bool _failed;

    /// <summary>Elements of vectors that give no dimension; null = that is an error.</summary>
    public int? VectorDimension { get; init; }

    /// <summary>Bits of binary vectors that give no dimension; null = that is an error.</summary>
    public int? BinaryVectorDimension { get; init; }

    /// <summary>Reads it; null after an error.</summary>
    public SchemaSpec? Read(ConfigNode node)
    {
        if (node is not ConfigObject block)
        {
            Error(OptionErrors.WrongType, "\"schema\" is not an object", node.Span, "write schema { fields { name = type } }");
            return null;
        }

        WarnUnknown(block, BlockKeys);
        var columns = ReadColumns(block);
        var keys = ImmutableArray.CreateBuilder<TableKey>();
        if (block.Find("primaryKey") is { Value: not ConfigScalar { IsNull: true } } primary)
        {
            AddPrimaryKey(primary.Value, keys);
        }

        foreach (var item in Items(block, "constraintKeys"))
        {
            AddConstraintKey(item, keys);
        }

        var partitions = ColumnNames(block, "partition_keys");
        var table = ReadTable(block);
        var comment = Text(block, "comment");
        return _failed ? null : new SchemaSpec(table, columns)
        {
            Comment = comment, Keys = keys.ToImmutable(), PartitionKeys = partitions, Span = block.Span,
        };
    }

    private TablePath? ReadTable(ConfigObject block)
    {
        var schemaFirst = Boolean(block, "schema_first", false);
        if (Text(block, "table") is not { } text)
        {
            return null;
        }

        var path = TablePath.Parse(text, schemaFirst);
        if (path is null)
        {
            Error(
                OptionErrors.WrongValue, $"\"{text}\" is not a table path", block.Find("table")!.Value.Value.Span,
                "write table, database.table or database.schema.table");
        }

        return path;
    }

    private ImmutableArray<SchemaColumn> ReadColumns(ConfigObject block)
    {
        var (fields, list) = (Given(block, "fields"), Given(block, "columns"));
        if (fields is not null && list is not null)
        {
            Error(OptionErrors.Exclusive, "the schema has both \"fields\" and \"columns\"", list.Value.KeySpan, "keep one of them");
        }

        var columns = ImmutableArray.CreateBuilder<SchemaColumn>();
        switch ((fields ?? list)?.Value)
        {
            case ConfigObject map when fields is not null:
                foreach (var field in map.Fields)
                {
                    AddColumn(field.Key, field.KeySpan, Type(field.Value, field.Key, null) is { } type ? new ColumnDef(field.Key, type) : null, null, columns);
                }

                break;
            case ConfigList items when fields is null:
                foreach (var item in items.Items)
                {
                    ReadColumn(item, columns);
                }

                break;
            case null:
                Error(OptionErrors.Required, "the schema has neither \"fields\" nor \"columns\"", Start(block), "write fields { name = type } or columns = [ { name = .., type = .. } ]");
                return [];
            case var other:
                var wrong = fields is null ? "\"columns\" is not a list" : "\"fields\" is not an object";
                Error(OptionErrors.WrongType, wrong, other.Span, fields is null ? "write columns = [ { name = id, type = bigint } ]" : "write fields { name = type }");
                return [];
        }

        if (columns.Count == 0 && !_failed)
        {
            Error(OptionErrors.Required, "the schema has no column", (fields ?? list)!.Value.Value.Span, "name at least one column");
        }

        return columns.ToImmutable();
    }

    private void ReadColumn(ConfigNode node, ImmutableArray<SchemaColumn>.Builder columns)
    {
        if (node is not ConfigObject item)
        {
            Error(OptionErrors.WrongType, "a column is not an object", node.Span, ColumnForm);
            return;
        }

        WarnUnknown(item, ColumnKeys);
        var name = Text(item, "name");
        if (string.IsNullOrWhiteSpace(name))
        {
            Error(OptionErrors.Required, "a column has no \"name\"", Start(item), ColumnForm);
            return;
        }

        var scale = Integer(item, "columnScale", int.MaxValue);
        var length = Integer(item, "columnLength", long.MaxValue);
        var (isNullable, comment) = (Boolean(item, "nullable", true), Text(item, "comment"));
        var given = Given(item, "defaultValue")?.Value;
        DataType? type = null;
        if (Given(item, "type", nullCounts: true) is { } typeField)
        {
            // A wrong scale was reported; a vector without one would be a second error about it.
            var isScaleWrong = scale is null && Given(item, "columnScale") is not null;
            type = isScaleWrong ? null : Type(typeField.Value, name, (int?)scale);
        }
        else
        {
            Error(OptionErrors.Required, $"column \"{name}\" has no \"type\"", Start(item), ColumnForm);
        }

        var column = type is null ? null : new ColumnDef(name, type)
        {
            IsNullable = isNullable,
            Length = length is > 0 ? length : null,
            Default = given is ConfigScalar scalar ? scalar.Text : null,
            Comment = comment,
        };
        AddColumn(name, item.Find("name")!.Value.Value.Span, column, given, columns);
    }

    private void AddColumn(string name, SourceSpan span, ColumnDef? column, ConfigNode? given, ImmutableArray<SchemaColumn>.Builder columns)
    {
        if (!_names.Add(name))
        {
            Error(OptionErrors.WrongValue, $"column \"{name}\" stands twice in the schema", span, "give each column a name of its own");
        }
        else if (column is not null)
        {
            columns.Add(new SchemaColumn(column, given));
        }
    }

    private DataType? Type(ConfigNode node, string column, int? scale)
    {
        var type = TypeParser.Parse(node, $"{place} column \"{column}\"", problems, scale ?? DimensionOf(node));
        _failed |= type is null;
        return type;
    }

    private int? DimensionOf(ConfigNode type) => (type as ConfigScalar)?.Text.Trim().ToLowerInvariant() switch
    {
        "binary_vector" => BinaryVectorDimension,
        "float_vector" or "float16_vector" or "bfloat16_vector" => VectorDimension,
        _ => null,
    };
}
