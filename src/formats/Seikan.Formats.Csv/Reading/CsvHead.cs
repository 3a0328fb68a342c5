using System.Collections.Immutable;
using System.Text;
using Seikan.Core;

namespace Seikan.Formats.Csv.Reading;

/// <summary>The start of a file: its grammar, its first rows as a sample, and where the data starts behind skipped rows and a header.</summary>
internal sealed class CsvHead
{
    /// <summary>Most bytes of a row.</summary>
    public const int MaxRowBytes = 64 << 20;

    private const int SmallSample = 64 << 10;
    private readonly byte[] _text;
    private readonly int _length;

    private CsvHead(string path, CsvGrammar grammar, byte[] text, int length, bool isWhole) =>
        (Path, Grammar, _text, _length, IsWhole) = (path, grammar, text, length, isWhole);

    /// <summary>The file as users know it.</summary>
    public string Path { get; }

    /// <summary>How to read it.</summary>
    public CsvGrammar Grammar { get; }

    /// <summary>Whether the sample is the whole file.</summary>
    public bool IsWhole { get; }

    /// <summary>The sample, from the start of the file.</summary>
    public ReadOnlySpan<byte> Text => _text.AsSpan(0, _length);

    /// <summary>Offset behind the skipped rows.</summary>
    public int DataStart { get; private init; }

    /// <summary>Offset of the first row behind the skipped ones that is not blank: the header, if there is one.</summary>
    public int FirstRow { get; private init; }

    /// <summary>Offset behind that row.</summary>
    public int SecondRow { get; private init; }

    /// <summary>Line of the first row, from 1.</summary>
    public long FirstLine { get; private init; }

    /// <summary>Fields of the first row as texts, null where empty; null when the file has no row.</summary>
    public ImmutableArray<string?>? FirstFields { get; private init; }

    /// <summary>The fields as column names: each there and each once.</summary>
    public ImmutableArray<string> Names => NamesOf(FirstFields ?? []);

    /// <summary>Reads the start of a file.</summary>
    /// <param name="path">The file as users know it.</param>
    /// <param name="input">Its bytes.</param>
    /// <param name="dialect">How it is written.</param>
    /// <param name="sampleBytes">Bytes wanted, more are read only for long rows.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="SeikanException">FMT-0004, FMT-0006, FMT-0007, FMT-0008: the start cannot be read.</exception>
    public static async ValueTask<CsvHead> ReadAsync(string path, CsvInput input, CsvDialect dialect, int sampleBytes, CancellationToken cancellationToken)
    {
        for (var size = Math.Max(sampleBytes, SmallSample); ; size *= 4)
        {
            var text = new byte[Math.Min(size, MaxRowBytes)];
            var length = await input.FillAsync(0, text, cancellationToken);
            var isWhole = text.Length - length >= 16;
            if (Parse(path, dialect, text, length, isWhole) is { } head)
            {
                return head;
            }

            if (text.Length == MaxRowBytes)
            {
                throw new SeikanException(new Diagnostic(CsvErrors.RowTooLarge, "the rows at the start of the file are longer than 64 MiB") { Path = $"{path}:1" });
            }
        }
    }

    /// <summary>The texts of fields without quotes; empty unquoted ones are null.</summary>
    public static string? TextOf(ReadOnlySpan<byte> field, CsvDialect dialect)
    {
        if (field.IsEmpty)
        {
            return null;
        }

        Span<byte> plain = field.Length <= 1024 ? stackalloc byte[field.Length] : new byte[field.Length];
        return Encoding.UTF8.GetString(plain[..FieldText.Unquote(field, dialect, plain)]);
    }

    private static CsvHead? Parse(string path, CsvDialect dialect, byte[] text, int length, bool isWhole)
    {
        var span = text.AsSpan(0, length);
        if (span.IndexOf((byte)0) is var zero && zero >= 0 && zero < SmallSample)
        {
            throw new SeikanException(new Diagnostic(CsvErrors.Binary, $"the file is not text: byte {zero} is zero") { Path = path });
        }

        var grammar = CsvGrammar.Of(dialect, span);
        var start = span.StartsWith(Encoding.UTF8.Preamble) ? 3 : 0;
        var rows = new RowScanner(span, start, isWhole, grammar);
        for (var skip = dialect.Options.SkipHeaderRowNumber; skip > 0; skip--)
        {
            if (rows.Read(null) is RowStatus.NeedMore)
            {
                return null;
            }
        }

        var dataStart = rows.Position;
        var fields = new FieldList();
        var status = rows.Read(fields);
        while (status == RowStatus.Blank)
        {
            status = rows.Read(fields);
        }

        if (status == RowStatus.NeedMore)
        {
            return null;
        }

        var at = rows.RowStart;
        var line = 1 + span[..at].Count(grammar.LineEnd);
        if (status == RowStatus.End)
        {
            return new CsvHead(path, grammar, text, length, isWhole) { DataStart = dataStart, FirstRow = dataStart, SecondRow = dataStart, FirstLine = 1 };
        }

        var row = span[at..rows.RowTextEnd];
        if (!RowText.IsText(row))
        {
            throw new SeikanException(RowText.InvalidText(row, line) with { Path = $"{path}:{line}" });
        }

        var texts = ImmutableArray.CreateBuilder<string?>(fields.Count);
        for (var i = 0; i < fields.Count; i++)
        {
            var (from, to) = fields[i];
            texts.Add(TextOf(span[from..to], dialect));
        }

        return new CsvHead(path, grammar, text, length, isWhole)
        {
            DataStart = dataStart,
            FirstRow = at,
            SecondRow = rows.Position,
            FirstLine = line,
            FirstFields = texts.ToImmutable(),
        };
    }

    private static ImmutableArray<string> NamesOf(ImmutableArray<string?> fields)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        var names = ImmutableArray.CreateBuilder<string>(fields.Length);
        for (var i = 0; i < fields.Length; i++)
        {
            var name = fields[i]?.Trim() is { Length: > 0 } given ? given : $"column{i + 1}";
            var unique = name;
            for (var n = 2; !used.Add(unique); n++)
            {
                unique = $"{name}_{n}";
            }

            names.Add(unique);
        }

        return names.MoveToImmutable();
    }
}
