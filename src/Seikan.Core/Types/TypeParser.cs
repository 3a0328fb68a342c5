using System.Collections.Immutable;

namespace Seikan.Core;

/// <summary>
/// Reads types as users write them (types.md 2): names in any case, blanks anywhere, <c>decimal(p,s)</c>, <c>array&lt;T&gt;</c>,
/// <c>map&lt;K,V&gt;</c>, rows as objects or as text <c>{a = int, b = "string"}</c>, nested to any sensible depth; ours beyond upstream:
/// <c>timestamp(9)</c>, <c>float_vector(4)</c>. Problems go to the bag with the exact place.
/// </summary>
public sealed partial class TypeParser
{
    private const int MaxDepth = 32;
    private const string EmptyRowFix = "name at least one field: { name = type }";

    private static readonly Dictionary<string, DataType> Simple = new(StringComparer.OrdinalIgnoreCase)
    {
        ["string"] = DataType.String, ["boolean"] = DataType.Boolean, ["tinyint"] = DataType.TinyInt, ["byte"] = DataType.TinyInt,
        ["smallint"] = DataType.SmallInt, ["short"] = DataType.SmallInt, ["int"] = DataType.Int, ["bigint"] = DataType.BigInt, ["long"] = DataType.BigInt,
        ["float"] = DataType.Float, ["double"] = DataType.Double, ["null"] = DataType.Null, ["bytes"] = DataType.Bytes, ["date"] = DataType.Date,
        ["time"] = DataType.Time, ["timestamp"] = DataType.Timestamp, ["timestamp_tz"] = DataType.TimestampTz,
        ["sparse_float_vector"] = DataType.SparseFloatVector,
    };

    private static readonly Dictionary<string, TypeKind> Vectors = new(StringComparer.OrdinalIgnoreCase)
    {
        ["binary_vector"] = TypeKind.BinaryVector, ["float_vector"] = TypeKind.FloatVector,
        ["float16_vector"] = TypeKind.Float16Vector, ["bfloat16_vector"] = TypeKind.BFloat16Vector,
    };

    private readonly string _text;
    private readonly ConfigNode _node;
    private readonly string _place;
    private readonly DiagnosticBag _problems;
    private readonly int? _scale;
    private int _at;

    private TypeParser(string text, ConfigNode node, string place, DiagnosticBag problems, int? scale) =>
        (_text, _node, _place, _problems, _scale) = (text, node, place, problems, scale);

    /// <summary>Names a type may have, for suggestions.</summary>
    public static IEnumerable<string> Names => [.. Simple.Keys, .. Vectors.Keys, "decimal", "array", "map"];

    /// <summary>Reads a type that stands in no job: in a state, a catalog or a request.</summary>
    /// <param name="text">The type, as <see cref="TypeText.Format"/> writes it.</param>
    /// <exception cref="SeikanException">It is no type.</exception>
    public static DataType Parse(string text)
    {
        var problems = new DiagnosticBag();
        var type = Parse(new ConfigScalar(text, ScalarKind.QuotedText, default), "type", problems);
        return type ?? throw new SeikanException(problems.ToImmutable());
    }

    /// <summary>Reads a type from a job.</summary>
    /// <param name="node">Text, or an object whose fields are the fields of a row.</param>
    /// <param name="place">What the type belongs to, for errors: <c>source[0] FakeSource column "id"</c>.</param>
    /// <param name="problems">Gets what is wrong.</param>
    /// <param name="scale">The column's <c>columnScale</c>: fraction digits of a timestamp, dimension of a vector; null when not given.</param>
    /// <returns>The type, or null after an error.</returns>
    public static DataType? Parse(ConfigNode node, string place, DiagnosticBag problems, int? scale = null) => Parse(node, place, problems, scale, 0);

    private static DataType? Parse(ConfigNode node, string place, DiagnosticBag problems, int? scale, int depth)
    {
        if (depth > MaxDepth)
        {
            problems.Add(new Diagnostic(TypeErrors.TooDeep, "the type has more than 32 levels") { Span = node.Span, Path = place });
            return null;
        }

        switch (node)
        {
            case ConfigObject row:
                return ParseRow(row, place, problems, depth);
            case ConfigScalar { Kind: ScalarKind.QuotedText or ScalarKind.BareText } text:
                var parser = new TypeParser(text.Text, text, place, problems, scale);
                return parser.ParseWhole(depth);
            case ConfigScalar scalar:
                problems.Add(new Diagnostic(TypeErrors.NotAType, $"\"{scalar.Text}\" is not a type")
                {
                    Span = node.Span, Path = place, Fix = scalar.IsNull ? "quote it: \"null\"" : null,
                });
                return null;
            default:
                problems.Add(new Diagnostic(TypeErrors.NotAType, "a list is not a type") { Span = node.Span, Path = place });
                return null;
        }
    }

    private static RowType? ParseRow(ConfigObject row, string place, DiagnosticBag problems, int depth)
    {
        var fields = ImmutableArray.CreateBuilder<RowField>(row.Fields.Length);
        foreach (var field in row.Fields)
        {
            if (Parse(field.Value, $"{place}.{field.Key}", problems, null, depth + 1) is { } type)
            {
                fields.Add(new RowField(field.Key, type));
            }
        }

        if (row.Fields.IsEmpty)
        {
            problems.Add(new Diagnostic(TypeErrors.Malformed, "the row has no field") { Span = row.Span, Path = place, Fix = EmptyRowFix });
            return null;
        }

        return fields.Count == row.Fields.Length ? new RowType(fields.DrainToImmutable()) : null;
    }

    private DataType? ParseWhole(int depth)
    {
        var type = ParseType(depth);
        SkipBlanks();
        if (type is not null && _at < _text.Length)
        {
            return Fail(TypeErrors.Malformed, $"\"{_text}\": nothing more is expected behind \"{_text[.._at].Trim()}\"", _at);
        }

        return type;
    }

    private DataType? ParseType(int depth)
    {
        if (depth > MaxDepth)
        {
            return Fail(TypeErrors.TooDeep, "the type has more than 32 levels", _at);
        }

        SkipBlanks();
        if (_at < _text.Length && _text[_at] == '{')
        {
            return ParseRowText(depth);
        }

        if (_at < _text.Length && _text[_at] is '"' or '\'')
        {
            var quote = _text[_at++];
            return ParseType(depth + 1) is { } quoted && Expect(quote) ? quoted : null;
        }

        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] == '_'))
        {
            _at++;
        }

        var name = _text[start.._at];
        return name.ToLowerInvariant() switch
        {
            "" => Fail(TypeErrors.Malformed, _at < _text.Length ? $"\"{_text}\": a type is expected, not \"{_text[_at]}\"" : $"\"{_text}\": the type breaks off", _at),
            "decimal" => ParseDecimal(start),
            "array" => ParseArray(depth),
            "map" => ParseMap(depth),
            "timestamp" => ParseTimestamp(start),
            var simple when Simple.TryGetValue(simple, out var known) => known,
            var vector when Vectors.TryGetValue(vector, out var kind) => ParseVector(kind, start),
            _ => Unknown(name, start),
        };
    }

    private DataType? Unknown(string name, int start)
    {
        _problems.Add(new Diagnostic(TypeErrors.Unknown, $"unknown type \"{name}\"")
        {
            Span = SpanAt(start, name.Length), Path = _place,
            Candidates = string.Equals(name, "integer", StringComparison.OrdinalIgnoreCase) ? ["int"] : NearestNames.Find(name.ToLowerInvariant(), Names),
        });
        return null;
    }

    private DataType? ParseDecimal(int start)
    {
        if (!Peek('('))
        {
            return Fail(TypeErrors.Malformed, "\"decimal\" has no precision and scale", start, "write decimal(precision, scale), such as decimal(10, 2)");
        }

        _at++;
        if (ParseNumber() is not { } precision)
        {
            return null;
        }

        if (Peek(')'))
        {
            return Fail(TypeErrors.Malformed, $"\"decimal({precision})\" has no scale", start, $"write decimal({precision}, 0)");
        }

        if (!Expect(',') || ParseNumber() is not { } scale || !Expect(')'))
        {
            return null;
        }

        return precision is < 1 or > DecimalType.MaxPrecision || scale > precision
            ? Fail(TypeErrors.OutOfRange, $"decimal({precision}, {scale}) cannot be stored", start)
            : new DecimalType(precision, scale);
    }

    private DataType? ParseTimestamp(int start)
    {
        var scale = _scale;
        if (Peek('('))
        {
            _at++;
            scale = ParseNumber();
            if (scale is null || !Expect(')'))
            {
                return null;
            }
        }

        return scale switch
        {
            null => DataType.Timestamp,
            >= 0 and <= 9 => new TimestampType(scale.Value),
            _ => Fail(TypeErrors.OutOfRange, $"a timestamp cannot have {scale} fraction digits", start),
        };
    }

    private DataType? ParseVector(TypeKind kind, int start)
    {
        var dimension = _scale;
        if (Peek('('))
        {
            _at++;
            dimension = ParseNumber();
            if (dimension is null || !Expect(')'))
            {
                return null;
            }
        }

        if (dimension is null)
        {
            return Fail(TypeErrors.OutOfRange, "the vector has no dimension", start, "give the column a columnScale, or write float_vector(4)");
        }

        return dimension is < 1 or > 1_000_000 || (kind == TypeKind.BinaryVector && dimension % 8 != 0)
            ? Fail(TypeErrors.OutOfRange, $"a vector cannot have the dimension {dimension}", start, "use 1 to 1,000,000; a multiple of 8 for binary_vector")
            : new VectorType(kind, dimension.Value);
    }

    private ArrayType? ParseArray(int depth) =>
        Expect('<') && ParseType(depth + 1) is { } element && Expect('>') ? new ArrayType(element) : null;

    private DataType? ParseMap(int depth)
    {
        if (!Expect('<'))
        {
            return null;
        }

        SkipBlanks();
        var start = _at;
        if (ParseType(depth + 1) is not { } key)
        {
            return null;
        }

        if (key is ArrayType or MapType or RowType or VectorType or { Kind: TypeKind.SparseFloatVector })
        {
            return Fail(TypeErrors.Malformed, $"{key} cannot be the key of a map", start, "use a simple type as key");
        }

        return Expect(',') && ParseType(depth + 1) is { } value && Expect('>') ? new MapType(key, value) : null;
    }

    private int? ParseNumber()
    {
        SkipBlanks();
        var start = _at;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
        {
            _at++;
        }

        if (_at > start && _at - start <= 9)
        {
            return int.Parse(_text.AsSpan(start, _at - start), System.Globalization.CultureInfo.InvariantCulture);
        }

        Fail(TypeErrors.Malformed, $"\"{_text}\": a whole number is expected", start);
        return null;
    }

    private bool Peek(char wanted)
    {
        SkipBlanks();
        return _at < _text.Length && _text[_at] == wanted;
    }

    private bool Expect(char wanted)
    {
        if (Peek(wanted))
        {
            _at++;
            return true;
        }

        Fail(TypeErrors.Malformed, $"\"{_text}\": \"{wanted}\" is expected" + (_at < _text.Length ? $", not \"{_text[_at]}\"" : " at the end"), _at);
        return false;
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }
    }

    private DataType? Fail(ErrorCode code, string message, int at, string? fix = null)
    {
        _problems.Add(new Diagnostic(code, message) { Span = SpanAt(at, 1), Path = _place, Fix = fix });
        return null;
    }
}
