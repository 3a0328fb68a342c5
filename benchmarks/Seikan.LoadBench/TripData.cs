using System.Globalization;
using System.Text;

namespace Seikan.LoadBench;

/// <summary>The table of the file benchmarks: 8 columns of mixed types, about 90 bytes a row as CSV; the same rows for the same seed.</summary>
internal static class TripData
{
    /// <summary>The columns as DuckDB spells them.</summary>
    public const string DuckDbColumns =
        "{'id': 'BIGINT', 'account': 'INTEGER', 'amount': 'DECIMAL(12,2)', 'rate': 'DOUBLE', 'city': 'VARCHAR', 'note': 'VARCHAR', 'day': 'DATE', 'at': 'TIMESTAMP'}";

    /// <summary>The columns as a job's schema spells them.</summary>
    public const string JobFields =
        "id = bigint, account = int, amount = \"decimal(12,2)\", rate = double, city = string, note = string, day = date, at = timestamp";

    private static readonly byte[][] Cities =
    [
        .. new[] { "Oslo", "Lisbon", "Porto Alegre", "São Paulo", "Hakodate", "Aomori", "Reykjavík", "New York", "\"Cork, County Cork\"", "Ulaanbaatar", "Lagos" }
            .Select(Encoding.UTF8.GetBytes),
    ];

    private static readonly byte[][] Words =
    [
        .. new[] { "tunnel", "ferry", "strait", "signal", "gauge", "ballast", "sleeper", "junction", "gradient", "culvert", "adit", "shaft" }
            .Select(Encoding.UTF8.GetBytes),
    ];

    /// <summary>Writes the file.</summary>
    /// <param name="path">Where.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="seed">Decides all values.</param>
    public static void Write(string path, long rows, int seed)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        file.Write("id,account,amount,rate,city,note,day,at\n"u8);
        var random = new Random(seed);
        var line = new Line();
        var start = new DateTime(2015, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);
        for (var row = 1L; row <= rows; row++)
        {
            line.Clear();
            line.Add(row);
            line.Add(',');
            if (random.Next(10) != 0)
            {
                line.Add(random.Next(1, 2_000_000)); // a tenth is null
            }

            line.Add(',');
            line.Add(random.Next(-5_000_000, 50_000_000) / 100m, "F2");
            line.Add(',');
            line.Add(random.Next(0, 1_000_000_000) / 1e9);
            line.Add(',');
            line.Add(Cities[random.Next(Cities.Length)]);
            line.Add(',');
            line.Add(Words[random.Next(Words.Length)]);
            line.Add(' ');
            line.Add(Words[random.Next(Words.Length)]);
            line.Add(' ');
            line.Add(random.Next(1000));
            line.Add(',');
            var at = start.AddSeconds(random.Next(0, 350_000_000));
            line.Add(at, "yyyy-MM-dd");
            line.Add(',');
            line.Add(at, "yyyy-MM-dd HH:mm:ss");
            line.Add('\n');
            file.Write(line.Bytes);
        }
    }

    private sealed class Line
    {
        private readonly byte[] _bytes = new byte[1024];
        private int _used;

        public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _used);

        public void Clear() => _used = 0;

        public void Add(char c) => _bytes[_used++] = (byte)c;

        public void Add(byte[] text)
        {
            text.CopyTo(_bytes, _used);
            _used += text.Length;
        }

        public void Add<T>(T value, string? format = null)
            where T : IUtf8SpanFormattable
        {
            value.TryFormat(_bytes.AsSpan(_used), out var written, format, CultureInfo.InvariantCulture);
            _used += written;
        }
    }
}
