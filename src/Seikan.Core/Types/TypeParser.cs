using System.Collections.Immutable;

namespace Seikan.Core;

/// <summary>
/// Reads types as users write them (types.md 2): names in any case, blanks anywhere, <c>decimal(p,s)</c>, <c>array&lt;T&gt;</c>,
/// <c>map&lt;K,V&gt;</c>, rows as objects or as text <c>{a = int, b = "string"}</c>, nested to any sensible depth; ours beyond upstream:
/// <c>timestamp(9)</c>, <c>float_vector(4)</c>. Problems go to the bag with the exact place.
/// </summary>
public sealed class TypeParser
{
    private const int MaxDepth = 32;

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

        var quote = _at < _text.Length && _text[_at] is '"' or '\'' ? _text[_at++] : '\0';
        SkipBlanks();
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] == '_'))
        {
            _at++;
        }

        var name = _text[start.._at];
        var type = name.ToLowerInvariant() switch
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
        if (type is null || quote == '\0')
        {
            return type;
        }

        return Expect(quote) ? type : null;
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

        if (key.Kind is TypeKind.Array or TypeKind.Map or TypeKind.Row)
        {
            return Fail(TypeErrors.Malformed, $"{key} cannot be the key of a map", start, "use a simple type as key");
        }

        return Expect(',') && ParseType(depth + 1) is { } value && Expect('>') ? new MapType(key, value) : null;
    }

    // {a = int, "b": "map<string,int>"}; fields end with a comma, a line end or the brace.
    private DataType? ParseRowText(int depth)
    {
        var open = _at++;
        var fields = ImmutableArray.CreateBuilder<RowField>();
        while (true)
        {
            while (_at < _text.Length && (char.IsWhiteSpace(_text[_at]) || _text[_at] == ','))
            {
                _at++;
            }

            if (_at >= _text.Length)
            {
                return Fail(TypeErrors.Malformed, $"\"{_text}\": the brace is not closed", open);
            }

            if (_text[_at] == '}')
            {
                _at++;
                return new RowType(fields.DrainToImmutable());
            }

            if (ParseFieldName() is not { } name)
            {
                return null;
            }

            SkipBlanks();
            if (_at < _text.Length && _text[_at] is '=' or ':')
            {
                _at++;
            }
            else if (_at >= _text.Length || _text[_at] != '{')
            {
                return Fail(TypeErrors.Malformed, $"\"{_text}\": \"=\" is expected behind \"{name}\"", _at);
            }

            if (ParseType(depth + 1) is not { } type)
            {
                return null;
            }

            fields.Add(new RowField(name, type));
        }
    }

    private string? ParseFieldName()
    {
        var start = _at;
        if (_text[_at] is '"' or '\'')
        {
            var end = _text.IndexOf(_text[_at], _at + 1);
            if (end < 0)
            {
                Fail(TypeErrors.Malformed, $"\"{_text}\": the quote is not closed", start);
                return null;
            }

            _at = end + 1;
            return _text[(start + 1)..end];
        }

        while (_at < _text.Length && !char.IsWhiteSpace(_text[_at]) && _text[_at] is not ('=' or ':' or '{' or '}' or ',' or '<' or '>'))
        {
            _at++;
        }

        if (_at == start)
        {
            Fail(TypeErrors.Malformed, $"\"{_text}\": a field name is expected, not \"{_text[_at]}\"", start);
            return null;
        }

        return _text[start.._at];
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

    // A place inside the scalar can be shown when its text stands in the document as it is, without escapes.
    private SourceSpan SpanAt(int at, int length)
    {
        var span = _node.Span;
        if (span.Document is null)
        {
            return span;
        }

        var bytes = System.Text.Encoding.UTF8.GetBytes(_text);
        var start = span.Document.Utf8.Span.Slice(span.Start, span.Length).IndexOf(bytes);
        if (start < 0)
        {
            return span;
        }

        var offset = System.Text.Encoding.UTF8.GetByteCount(_text.AsSpan(0, Math.Min(at, _text.Length)));
        return new SourceSpan(span.Document, span.Start + start + offset, at < _text.Length ? length : 1);
    }
}
