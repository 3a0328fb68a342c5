using System.Numerics;
using System.Runtime.CompilerServices;
using Seikan.Core;

namespace Seikan.Formats.Csv.Reading;

/// <summary>Reads values of one type; a struct, so that each decoder is compiled for its own.</summary>
/// <typeparam name="T">The stored value.</typeparam>
internal interface IValueParser<T>
{
    /// <summary>Reads a value without blanks around it.</summary>
    bool TryParse(ReadOnlySpan<byte> text, out T value);
}

/// <summary>Whole numbers of 64 bits and less.</summary>
/// <typeparam name="T">sbyte, short, int or long.</typeparam>
internal readonly struct IntegerParser<T> : IValueParser<T>
    where T : unmanaged, IBinaryInteger<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryParse(ReadOnlySpan<byte> text, out T value)
    {
        var isNumber = NumberText.TryParseInt64(text, out var wide);
        value = T.CreateTruncating(wide);
        return isNumber && long.CreateTruncating(value) == wide;
    }
}

/// <summary>Doubles.</summary>
internal readonly struct DoubleParser : IValueParser<double>
{
    /// <inheritdoc/>
    public bool TryParse(ReadOnlySpan<byte> text, out double value) => NumberText.TryParseDouble(text, out value);
}

/// <summary>Floats.</summary>
internal readonly struct FloatParser : IValueParser<float>
{
    /// <inheritdoc/>
    public bool TryParse(ReadOnlySpan<byte> text, out float value) => NumberText.TryParseSingle(text, out value);
}

/// <summary>Decimals of at most 38 digits.</summary>
/// <param name="precision">Digits.</param>
/// <param name="scale">Digits behind the point.</param>
internal readonly struct DecimalParser(int precision, int scale) : IValueParser<Int128>
{
    /// <inheritdoc/>
    public bool TryParse(ReadOnlySpan<byte> text, out Int128 value) => DecimalText.TryParse(text, precision, scale, out value);
}

/// <summary>Dates.</summary>
/// <param name="pattern">Their pattern; null = the usual shapes.</param>
internal readonly struct DateParser(TemporalPattern? pattern) : IValueParser<int>
{
    /// <inheritdoc/>
    public bool TryParse(ReadOnlySpan<byte> text, out int value) =>
        pattern is null ? TemporalText.TryParseDate(text, out value) : pattern.TryParse(text, out value, out _);
}

/// <summary>Times.</summary>
/// <param name="pattern">Their pattern; null = the usual shapes.</param>
internal readonly struct TimeParser(TemporalPattern? pattern) : IValueParser<long>
{
    /// <inheritdoc/>
    public bool TryParse(ReadOnlySpan<byte> text, out long value) =>
        pattern is null ? TemporalText.TryParseTime(text, out value) : pattern.TryParse(text, out _, out value);
}

/// <summary>Timestamps.</summary>
/// <param name="pattern">Their pattern; null = the usual shapes.</param>
/// <param name="isNanoseconds">Their unit.</param>
internal readonly struct TimestampParser(TemporalPattern? pattern, bool isNanoseconds) : IValueParser<long>
{
    /// <inheritdoc/>
    public bool TryParse(ReadOnlySpan<byte> text, out long value)
    {
        if (pattern is null)
        {
            return TemporalText.TryParseTimestamp(text, isNanoseconds, out value);
        }

        value = 0;
        return pattern.TryParse(text, out var days, out var nanoseconds) && TemporalText.TryJoin(days, nanoseconds, isNanoseconds, out value);
    }
}
