namespace Seikan.Core;

/// <summary>When a batch is full, and how large one value may be (design 3).</summary>
/// <param name="Rows">Most rows of a batch.</param>
/// <param name="TargetBytes">Size at which a batch is full.</param>
/// <param name="SmallestBytes">Size below which scarce memory does not press it.</param>
/// <param name="Age">Time from the first row to the latest emission.</param>
/// <param name="ValueBytes">Most bytes of one value (<c>max-value-bytes</c>).</param>
public sealed record BatchLimits(int Rows, long TargetBytes, long SmallestBytes, TimeSpan Age, int ValueBytes)
{
    /// <summary>16,384 rows (expressions slow down above, decisions 2.2), 2 MiB down to 64 KiB, 100 ms, 64 MiB a value.</summary>
    public static BatchLimits Default { get; } = new(16_384, 2 << 20, 64 << 10, TimeSpan.FromMilliseconds(100), 64 << 20);
}
