using System.Collections.Immutable;

namespace Seikan.Core;

/// <summary>Finds known names near to an unknown one ("did you mean").</summary>
public static class NearestNames
{
    /// <summary>The fix that offers names: <c>did you mean "a" or "b"?</c></summary>
    /// <param name="names">At least one, nearest first.</param>
    public static string Question(IEnumerable<string> names) => $"did you mean {string.Join(" or ", names.Select(n => $"\"{n}\""))}?";

    /// <summary>Names within a third of the length of <paramref name="unknown"/> in edits, nearest first.</summary>
    /// <param name="unknown">What the user wrote.</param>
    /// <param name="known">What exists.</param>
    /// <param name="most">At most this many, 5 by default.</param>
    public static ImmutableArray<string> Find(string unknown, IEnumerable<string> known, int most = 5)
    {
        var limit = Math.Max(1, Math.Min(4, (unknown.Length + 2) / 3));
        var wanted = Normalise(unknown);
        return
        [
            .. known.Distinct(StringComparer.Ordinal)
                .Select(name => (Name: name, Distance: Distance(wanted, Normalise(name))))
                .Where(x => x.Distance <= limit)
                .OrderBy(x => x.Distance).ThenBy(x => x.Name, StringComparer.Ordinal)
                .Take(most).Select(x => x.Name),
        ];
    }

    // Case and the joints of words are the commonest slips and count for nothing.
    private static string Normalise(string name) =>
        name.Length > 256 ? name : name.ToLowerInvariant().Replace("-", "_", StringComparison.Ordinal).Replace(".", "_", StringComparison.Ordinal);

    /// <summary>Edits between two texts: insert, delete, replace, swap of neighbours (optimal string alignment).</summary>
    private static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 8 || a.Length > 256 || b.Length > 256)
        {
            return int.MaxValue;
        }

        var rows = new int[3, b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            rows[0, j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            var (now, last, before) = (i % 3, (i - 1) % 3, (i + 1) % 3);
            rows[now, 0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replace = rows[last, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                var best = Math.Min(replace, Math.Min(rows[last, j], rows[now, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    best = Math.Min(best, rows[before, j - 2] + 1);
                }

                rows[now, j] = best;
            }
        }

        return rows[a.Length % 3, b.Length];
    }
}
