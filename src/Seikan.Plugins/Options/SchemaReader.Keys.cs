using System.Collections.Immutable;
using Seikan.Core;

namespace Seikan.Plugins;

/// <summary>The keys of a <c>schema</c> block.</summary>
internal sealed partial class SchemaReader
{
    private const string PrimaryForm = "write primaryKey { name = pk, columnNames = [id] }";
    private const string ConstraintForm = "write { constraintName = k, constraintType = UNIQUE_KEY, constraintColumns = [ { columnName = id } ] }";

    private static readonly string[] PrimaryKeys = ["name", "columnNames", "columns"];
    private static readonly string[] ConstraintKeys = ["constraintName", "constraintType", "constraintColumns"];
    private static readonly string[] KeyColumnKeys = ["columnName", "sortType"];
    private static readonly string[] IndexColumnKeys = ["columnName", "sortType", "indexName", "indexType", "metricType"];
    private static readonly string[] KeyWords = ["INDEX_KEY", "UNIQUE_KEY", "FOREIGN_KEY", "VECTOR_INDEX_KEY", "KEY"];
    private static readonly string[] SortWords = ["ASC", "DESC"];
    private static readonly string[] MetricWords = ["L2", "IP", "COSINE", "HAMMING", "JACCARD"];
    private static readonly string[] IndexWords =
    [
        "FLAT", "IVF_FLAT", "IVF_SQ8", "IVF_PQ", "HNSW", "DISKANN", "AUTOINDEX", "SCANN", "GPU_IVF_FLAT", "GPU_IVF_PQ", "GPU_BRUTE_FORCE", "GPU_CAGRA",
        "BIN_FLAT", "BIN_IVF_FLAT", "TRIE", "STL_SORT", "INVERTED", "SPARSE_INVERTED_INDEX", "SPARSE_WAND",
    ];

    private void AddPrimaryKey(ConfigNode node, ImmutableArray<TableKey>.Builder keys)
    {
        if (node is not ConfigObject key)
        {
            Error(OptionErrors.WrongType, "\"primaryKey\" is not an object", node.Span, PrimaryForm);
            return;
        }

        WarnUnknown(key, PrimaryKeys);
        if (Given(key, "columnNames") is not null && Given(key, "columns") is { } other)
        {
            Error(OptionErrors.Exclusive, "the primary key has both \"columnNames\" and \"columns\"", other.KeySpan, "keep \"columnNames\"");
        }

        var names = ColumnNames(key, Given(key, "columnNames") is null ? "columns" : "columnNames");
        if (names.IsEmpty)
        {
            Error(OptionErrors.Required, "the primary key has no \"columnNames\"", Start(key), PrimaryForm);
            return;
        }

        keys.Add(new TableKey(Text(key, "name"), KeyKind.Primary, [.. names.Select(n => new KeyColumn(n))]));
    }

    private void AddConstraintKey(ConfigNode node, ImmutableArray<TableKey>.Builder keys)
    {
        if (node is not ConfigObject key)
        {
            Error(OptionErrors.WrongType, "a constraint key is not an object", node.Span, ConstraintForm);
            return;
        }

        WarnUnknown(key, ConstraintKeys);
        var kind = Word(key, "constraintType", KeyWords) switch
        {
            "UNIQUE_KEY" => KeyKind.Unique,
            "FOREIGN_KEY" => KeyKind.Foreign,
            "VECTOR_INDEX_KEY" => KeyKind.VectorIndex,
            _ => KeyKind.Index,
        };
        var columns = ImmutableArray.CreateBuilder<KeyColumn>();
        var items = Items(key, "constraintColumns");
        foreach (var item in items)
        {
            AddKeyColumn(item, kind, columns);
        }

        if (items.IsEmpty)
        {
            Error(OptionErrors.Required, "a constraint key has no \"constraintColumns\"", Start(key), ConstraintForm);
        }

        keys.Add(new TableKey(Text(key, "constraintName"), kind, columns.ToImmutable()));
    }

    private void AddKeyColumn(ConfigNode node, KeyKind kind, ImmutableArray<KeyColumn>.Builder columns)
    {
        if (node is not ConfigObject column || Given(column, "columnName")?.Value is not ConfigScalar name)
        {
            Error(OptionErrors.Required, "a key column has no \"columnName\"", node.Span, "write { columnName = id, sortType = ASC }");
            return;
        }

        WarnUnknown(column, kind == KeyKind.VectorIndex ? IndexColumnKeys : KeyColumnKeys);
        CheckColumn(name);
        if (columns.Any(c => c.Name == name.Text))
        {
            Error(OptionErrors.WrongValue, $"column \"{name.Text}\" stands twice in the key", name.Span, "name each column once");
        }

        columns.Add(new KeyColumn(name.Text, Word(column, "sortType", SortWords) == "DESC" ? SortOrder.Descending : SortOrder.Ascending)
        {
            VectorIndex = kind != KeyKind.VectorIndex ? null : new VectorIndex(
                Text(column, "indexName"), Word(column, "indexType", IndexWords), Word(column, "metricType", MetricWords)),
        });
    }

    // Each name once, and of a column of this schema.
    private ImmutableArray<string> ColumnNames(ConfigObject block, string key)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        foreach (var item in Items(block, key))
        {
            if (item is not ConfigScalar { IsNull: false } name)
            {
                Error(OptionErrors.WrongType, $"\"{key}\" has something that is not the name of a column", item.Span, $"write {key} = [id]");
                continue;
            }

            CheckColumn(name);
            if (names.Contains(name.Text))
            {
                Error(OptionErrors.WrongValue, $"column \"{name.Text}\" stands twice in \"{key}\"", name.Span, "name each column once");
            }

            names.Add(name.Text);
        }

        return names.ToImmutable();
    }

    private void CheckColumn(ConfigScalar name)
    {
        // Without a single column the schema itself was wrong, and said so.
        if (_names.Count > 0 && !_names.Contains(name.Text))
        {
            problems.Add(new Diagnostic(OptionErrors.UnknownColumn, $"the schema has no column \"{name.Text}\"")
            {
                Span = name.Span, Path = _place, Candidates = NearestNames.Find(name.Text, _names),
            });
            _failed = true;
        }
    }
}
