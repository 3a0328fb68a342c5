using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Seikan.Formats.Csv.Reading;

/// <summary>64 bytes, to be compared with single bytes at once.</summary>
internal readonly ref struct ByteBlock
{
    /// <summary>Bytes of a block; buffers are readable that far behind their text.</summary>
    public const int Size = 64;

    private readonly Vector256<byte> _low;
    private readonly Vector256<byte> _high;

    /// <summary>Loads a block.</summary>
    /// <param name="at">The first byte.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ByteBlock(ref byte at) => (_low, _high) = (Vector256.LoadUnsafe(ref at), Vector256.LoadUnsafe(ref at, 32));

    /// <summary>A bit for each byte that equals the wanted one, lowest first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Find(Vector256<byte> wanted) =>
        Vector256.Equals(_low, wanted).ExtractMostSignificantBits() | ((ulong)Vector256.Equals(_high, wanted).ExtractMostSignificantBits() << 32);

    /// <summary>Bit n = whether an odd number of bits is set up to n: from an opening quote to before the closing one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong PrefixXor(ulong bits)
    {
        bits ^= bits << 1;
        bits ^= bits << 2;
        bits ^= bits << 4;
        bits ^= bits << 8;
        bits ^= bits << 16;
        return bits ^ (bits << 32);
    }
}
