using System.Text;

namespace Seikan.Cli.Rendering;

/// <summary>Columns of text, as wide as their widest cell; numbers stand right.</summary>
/// <param name="headings">One a column; a heading that starts with <c>&gt;</c> makes its column stand right.</param>
internal sealed class TextTable(params string[] headings)
{
    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row, one cell a heading.</summary>
    public void Add(params string[] cells) => _rows.Add(cells);

    /// <summary>The table; each line starts with <paramref name="indent"/> and ends with a line end.</summary>
    public string Render(string indent = "")
    {
        var titles = headings.Select(h => h.TrimStart('>')).ToArray();
        var widths = titles.Select((title, i) => _rows.Select(r => r[i].Length).Append(title.Length).Max()).ToArray();
        var text = new StringBuilder();
        foreach (var row in _rows.Prepend(titles))
        {
            var line = new StringBuilder(indent);
            for (var i = 0; i < row.Length; i++)
            {
                line.Append(headings[i].StartsWith('>') ? row[i].PadLeft(widths[i]) : row[i].PadRight(widths[i])).Append(i < row.Length - 1 ? "  " : "");
            }

            text.Append(line.ToString().TrimEnd()).Append('\n');
        }

        return text.ToString();
    }
}
