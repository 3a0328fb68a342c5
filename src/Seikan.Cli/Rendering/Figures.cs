using System.Globalization;

namespace Seikan.Cli.Rendering;

/// <summary>Counts, rates, sizes and times as people read them.</summary>
internal static class Figures
{
    private static readonly string[] SizeUnits = ["B", "KiB", "MiB", "GiB", "TiB"];

    /// <summary><c>1,234,567</c>.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary><c>1.71 M</c>, <c>12.3 k</c>, <c>841</c>.</summary>
    public static string Short(double number) => number switch
    {
        >= 1e9 => Digits(number / 1e9) + " G",
        >= 1e6 => Digits(number / 1e6) + " M",
        >= 1e4 => Digits(number / 1e3) + " k",
        _ => Math.Round(number).ToString("N0", CultureInfo.InvariantCulture),
    };

    /// <summary>Rows a second; empty while too little time passed to say.</summary>
    public static string Rate(long rows, TimeSpan elapsed) => elapsed.TotalSeconds > 0 ? Short(rows / elapsed.TotalSeconds) + " rows/s" : "";

    /// <summary><c>512 B</c>, <c>92.4 MiB</c>.</summary>
    public static string Size(long bytes)
    {
        var (size, unit) = ((double)bytes, 0);
        while (size >= 1024 && unit < SizeUnits.Length - 1)
        {
            (size, unit) = (size / 1024, unit + 1);
        }

        return unit == 0 ? $"{bytes} B" : $"{Digits(size)} {SizeUnits[unit]}";
    }

    /// <summary><c>0.42 s</c>, <c>1:02</c>, <c>3:01:02</c>.</summary>
    public static string Time(TimeSpan time) => time.TotalMinutes < 1
        ? time.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture) + " s"
        : time.ToString(time.TotalHours < 1 ? @"m\:ss" : @"h\:mm\:ss", CultureInfo.InvariantCulture);

    private static string Digits(double number) =>
        number.ToString(number >= 100 ? "0" : number >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);
}
