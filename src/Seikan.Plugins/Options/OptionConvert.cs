using System.Globalization;
using Seikan.Core;

namespace Seikan.Plugins;

/// <summary>Reads one value.</summary>
/// <typeparam name="T">Its type.</typeparam>
/// <param name="node">As written.</param>
/// <param name="option">The option.</param>
/// <param name="value">What was read.</param>
/// <returns>What was expected instead, such as <c>a whole number</c>; null when it was read.</returns>
public delegate string? OptionConversion<T>(ConfigNode node, OptionDescriptor option, out T value);

/// <summary>The conversions of engine.md C.8: lenient where it is safe, never guessing.</summary>
public static class OptionConvert
{
    private const NumberStyles Whole = NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;
    private const NumberStyles Real = Whole | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Text: any scalar as written.</summary>
    public static string? Text(ConfigNode node, OptionDescriptor option, out string value) => Scalar(node, out value) ? null : "text";

    /// <summary>A value that must not be seen.</summary>
    public static string? Secret(ConfigNode node, OptionDescriptor option, out Secret value)
    {
        var found = Scalar(node, out var text);
        value = new Secret(text);
        return found ? null : "text";
    }

    /// <summary><c>true</c> or <c>false</c> in any case.</summary>
    public static string? Boolean(ConfigNode node, OptionDescriptor option, out bool value)
    {
        value = false;
        return Scalar(node, out var text) && bool.TryParse(text, out value) ? null : "true or false";
    }

    /// <summary>A whole number of 32 bits.</summary>
    public static string? Int32(ConfigNode node, OptionDescriptor option, out int value)
    {
        value = 0;
        return Scalar(node, out var text) && int.TryParse(text, Whole, CultureInfo.InvariantCulture, out value) ? null : WholeExpected(text, int.MinValue, int.MaxValue);
    }

    /// <summary>A whole number of 64 bits.</summary>
    public static string? Int64(ConfigNode node, OptionDescriptor option, out long value)
    {
        value = 0;
        return Scalar(node, out var text) && long.TryParse(text, Whole, CultureInfo.InvariantCulture, out value) ? null : WholeExpected(text, long.MinValue, long.MaxValue);
    }

    /// <summary>A number of single precision.</summary>
    public static string? Single(ConfigNode node, OptionDescriptor option, out float value)
    {
        value = 0;
        return Scalar(node, out var text) && float.TryParse(text, Real, CultureInfo.InvariantCulture, out value) ? null : "a number";
    }

    /// <summary>A number.</summary>
    public static string? Double(ConfigNode node, OptionDescriptor option, out double value)
    {
        value = 0;
        return Scalar(node, out var text) && double.TryParse(text, Real, CultureInfo.InvariantCulture, out value) ? null : "a number";
    }

    /// <summary>An exact number.</summary>
    public static string? Decimal(ConfigNode node, OptionDescriptor option, out decimal value)
    {
        value = 0;
        return Scalar(node, out var text) && decimal.TryParse(text, Real, CultureInfo.InvariantCulture, out value) ? null : "a number";
    }

    /// <summary>A time: a number with a unit, or a bare number in the option's unit.</summary>
    public static string? Duration(ConfigNode node, OptionDescriptor option, out TimeSpan value)
    {
        value = default;
        if (!Scalar(node, out var text) || !SplitUnit(text, out var number, out var unit))
        {
            return "a time such as 500ms or 10s";
        }

        var milliseconds = (unit.Length == 0 ? option.Unit ?? "ms" : unit.ToLowerInvariant()) switch
        {
            "ns" or "nanos" => number / 1e6,
            "us" or "micros" => number / 1e3,
            "ms" or "millis" or "milliseconds" => number,
            "s" or "sec" or "secs" or "second" or "seconds" => number * 1e3,
            "m" or "min" or "mins" or "minute" or "minutes" => number * 60e3,
            "h" or "hour" or "hours" => number * 3600e3,
            "d" or "day" or "days" => number * 86_400e3,
            _ => double.NaN,
        };
        if (!(Math.Abs(milliseconds) <= TimeSpan.MaxValue.TotalMilliseconds / 2))
        {
            return "a time such as 500ms or 10s";
        }

        value = TimeSpan.FromMilliseconds(milliseconds);
        return null;
    }

    /// <summary>A number of bytes: a number with a unit, or a bare number.</summary>
    public static string? Size(ConfigNode node, OptionDescriptor option, out ByteSize value)
    {
        value = default;
        if (!Scalar(node, out var text) || !SplitUnit(text, out var number, out var unit))
        {
            return "a size such as 64mb";
        }

        var factor = (unit.Length == 0 ? option.Unit ?? "b" : unit.ToLowerInvariant()) switch
        {
            "b" or "byte" or "bytes" => 1L,
            "k" or "kb" or "kib" => 1L << 10,
            "m" or "mb" or "mib" => 1L << 20,
            "g" or "gb" or "gib" => 1L << 30,
            "t" or "tb" or "tib" => 1L << 40,
            _ => 0,
        };
        if (factor == 0 || number < 0 || number * factor > long.MaxValue / 2)
        {
            return "a size such as 64mb";
        }

        value = new ByteSize((long)(number * factor));
        return null;
    }

    /// <summary>One of a few words, in any case.</summary>
    /// <typeparam name="T">The enum; its members stand in the order of the option's choices.</typeparam>
    public static string? Choice<T>(ConfigNode node, OptionDescriptor option, out T value)
        where T : struct, Enum
    {
        value = default;
        var choices = option.Type.Kind == OptionTypeKind.List ? option.Type.Element!.Choices : option.Type.Choices;
        if (Scalar(node, out var text))
        {
            for (var i = 0; i < choices.Length; i++)
            {
                if (string.Equals(choices[i].Word, text.Trim(), StringComparison.OrdinalIgnoreCase))
                {
                    value = Enum.GetValues<T>()[i];
                    return null;
                }
            }
        }

        return $"one of {string.Join(", ", choices.Select(c => c.Word))}";
    }

    private static bool Scalar(ConfigNode node, out string text)
    {
        text = node is ConfigScalar { IsNull: false } scalar ? scalar.Text : "";
        return node is ConfigScalar { IsNull: false };
    }

    private static string WholeExpected(string text, long least, long most) =>
        text.Length > 0 && text.AsSpan(text[0] == '-' ? 1 : 0).IndexOfAnyExceptInRange('0', '9') < 0 ? $"a whole number from {least} to {most}" : "a whole number";

    private static bool SplitUnit(string text, out double number, out string unit)
    {
        text = text.Trim();
        var end = text.Length;
        while (end > 0 && char.IsAsciiLetter(text[end - 1]))
        {
            end--;
        }

        unit = text[end..];
        return double.TryParse(text.AsSpan(0, end).TrimEnd(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }
}
