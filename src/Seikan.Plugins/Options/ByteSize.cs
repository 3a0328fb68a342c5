namespace Seikan.Plugins;

/// <summary>A number of bytes: <c>64mb</c>, <c>1 GiB</c> or a bare number. All units are powers of 1,024.</summary>
/// <param name="Bytes">The number.</param>
public readonly record struct ByteSize(long Bytes)
{
    /// <inheritdoc/>
    public override string ToString() => Bytes switch
    {
        >= 1L << 30 when Bytes % (1L << 30) == 0 => $"{Bytes >> 30}gb",
        >= 1L << 20 when Bytes % (1L << 20) == 0 => $"{Bytes >> 20}mb",
        >= 1L << 10 when Bytes % (1L << 10) == 0 => $"{Bytes >> 10}kb",
        _ => $"{Bytes}",
    };
}
