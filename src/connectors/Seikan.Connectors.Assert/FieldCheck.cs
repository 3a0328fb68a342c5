using System.Buffers;
using System.Globalization;
using System.Text;
using Seikan.Core;

namespace Seikan.Connectors.AssertSink;

/// <summary>A field rule made ready for one version of a table. Used by one thread; disposing releases the literals.</summary>
internal sealed class FieldCheck : IDisposable
{
    private readonly FieldRule _rule;
    private readonly int _index;
    private readonly ColumnDef _column;
    private readonly ExpectedType? _type;
    private readonly Column?[] _literals;
    private readonly ArrayBufferWriter<byte> _text = new();

    private FieldCheck(FieldRule rule, int index, ColumnDef column, ExpectedType? type, Column?[] literals) =>
        (_rule, _index, _column, _type, _literals) = (rule, index, column, type, literals);

    /// <summary>Makes a rule ready; null after a problem.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="table">The table.</param>
    /// <param name="pool">Holds the literals.</param>
    /// <param name="problems">Gets what cannot hold for the table.</param>
    public static FieldCheck? Create(FieldRule rule, TableSchema table, BufferPool pool, DiagnosticBag problems)
    {
        var before = problems.ErrorCount;
        var index = table.IndexOf(rule.Name);
        if (index < 0)
        {
            var near = NearestNames.Find(rule.Name, table.Columns.Select(c => c.Name));
            problems.Add(new Diagnostic(AssertErrors.Unknown, $"table \"{table.Path}\" has no field \"{rule.Name}\"")
            {
                Span = SpanOf(rule, "field_name"), Candidates = near,
                Fix = near.IsEmpty ? $"use one of its fields: {string.Join(", ", table.Columns.Select(c => c.Name).Take(20))}" : null,
            });
            return null;
        }

        var column = table.Columns[index];
        var type = rule.Type is { } node ? ExpectedType.Parse(node, $"{rule.Block?.Place} field_type", problems) : null;
        if (type is { IsNull: false } && !type.Matches(column.Type))
        {
            problems.Add(new Diagnostic(AssertErrors.Misfit, $"field \"{rule.Name}\" of table \"{table.Path}\" is {column.Type}, expected {type}")
            {
                Span = rule.Type!.Span, Fix = "let field_type be the type of the field",
            });
        }

        var literals = new Column?[rule.Values.Count];
        for (var i = 0; i < literals.Length; i++)
        {
            literals[i] = Prepare(rule.Values[i], rule, column, pool, problems);
        }

        var check = new FieldCheck(rule, index, column, type, literals);
        if (problems.ErrorCount == before)
        {
            return check;
        }

        check.Dispose();
        return null;
    }

    /// <summary>Checks a batch of the table.</summary>
    /// <param name="batch">The rows. Borrowed.</param>
    /// <param name="firstRow">Rows of the table before it in this writer.</param>
    /// <param name="place">The writer, for errors.</param>
    /// <exception cref="SeikanException">ASSERT-0002: a value breaks a rule.</exception>
    public void Check(RowBatch batch, long firstRow, string place)
    {
        var column = batch[_index];
        for (var row = 0; row < batch.RowCount; row++)
        {
            if (_type is not null && _type.IsNull == column.IsValid(row))
            {
                Fail($"field_type = {_type}", batch, row, firstRow, place);
            }

            for (var i = 0; i < _literals.Length; i++)
            {
                var rule = _rule.Values[i];
                if (rule.Type is { } kind && !Holds(kind, rule.Value, column, row))
                {
                    Fail(rule.Value is { } limit ? string.Create(CultureInfo.InvariantCulture, $"{NameOf(kind)} = {limit}") : NameOf(kind), batch, row, firstRow, place);
                }

                if (_literals[i] is { } literal && column.IsValid(row) && !ValueEquality.Equal(_column.Type, literal, 0, column, row))
                {
                    Fail($"equals_to = {Text(literal, 0)}", batch, row, firstRow, place);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        for (var i = 0; i < _literals.Length; i++)
        {
            _literals[i]?.Release();
            _literals[i] = null;
        }
    }

    private static Column? Prepare(ValueRule rule, FieldRule field, ColumnDef column, BufferPool pool, DiagnosticBag problems)
    {
        if (rule.Type is null && rule.EqualsTo is null)
        {
            problems.Add(new Diagnostic(AssertErrors.Empty, $"a value rule of field \"{field.Name}\" has neither \"rule_type\" nor \"equals_to\"")
            {
                Span = SpanOf(rule),
            });
        }

        if (rule.Type is ValueRuleType.Min or ValueRuleType.Max && !Numbers.IsNumber(column.Type))
        {
            problems.Add(new Diagnostic(
                AssertErrors.Misfit, $"{NameOf(rule.Type.Value)} compares numbers, but field \"{field.Name}\" is {column.Type}") { Span = SpanOf(rule) });
        }

        if (rule.EqualsTo is not { } literal)
        {
            return null;
        }

        using var builder = ColumnBuilder.Create(column.Type, pool);
        if (ConfigValues.TryAppend(column.Type, builder, literal))
        {
            return builder.Build();
        }

        var shown = literal is ConfigScalar scalar ? $"\"{scalar.Text}\"" : "the literal";
        problems.Add(new Diagnostic(AssertErrors.Misfit, $"{shown} in \"equals_to\" of field \"{field.Name}\" is not of type {column.Type}") { Span = literal.Span });
        return null;
    }

    private bool Holds(ValueRuleType type, double? limit, Column column, int row) => type switch
    {
        ValueRuleType.NotNull => column.IsValid(row),
        ValueRuleType.Null => !column.IsValid(row),
        ValueRuleType.Min => column.IsValid(row) && Numbers.Read(_column.Type, column, row) >= limit,
        ValueRuleType.Max => column.IsValid(row) && Numbers.Read(_column.Type, column, row) <= limit,
        ValueRuleType.MinLength => LengthOf(column, row) >= limit,
        _ => LengthOf(column, row) <= limit,
    };

    // UTF-16 units, as upstream counts.
    private int LengthOf(Column column, int row)
    {
        _text.ResetWrittenCount();
        ValueText.Write(_column.Type, column, row, _text);
        return Encoding.UTF8.GetCharCount(_text.WrittenSpan);
    }

    private string Text(Column column, int row)
    {
        if (!column.IsValid(row))
        {
            return "null";
        }

        _text.ResetWrittenCount();
        ValueText.Write(_column.Type, column, row, _text);
        var text = Encoding.UTF8.GetString(_text.WrittenSpan[..Math.Min(_text.WrittenCount, 1024)]);
        return _text.WrittenCount > 1024 ? $"\"{text}...\"" : $"\"{text}\"";
    }

    private void Fail(string rule, RowBatch batch, int row, long firstRow, string place) => throw new SeikanException(new Diagnostic(
        AssertErrors.Value,
        $"field \"{_rule.Name}\" is {Text(batch[_index], row)}, which breaks {rule} (table \"{batch.Schema.Path}\", row {firstRow + row + 1} of {place})")
    {
        Span = SpanOf(_rule, "field_name"),
    });

    private static string NameOf(ValueRuleType type) => type switch
    {
        ValueRuleType.NotNull => "NOT_NULL",
        ValueRuleType.Null => "NULL",
        ValueRuleType.Min => "MIN",
        ValueRuleType.Max => "MAX",
        ValueRuleType.MinLength => "MIN_LENGTH",
        _ => "MAX_LENGTH",
    };

    private static SourceSpan SpanOf(FieldRule rule, string key) => rule.Block?.Find(key)?.Value.Span ?? default;

    private static SourceSpan SpanOf(ValueRule rule) => rule.Block is { } block ? block.Node.Span with { Length = Math.Min(1, block.Node.Span.Length) } : default;
}
