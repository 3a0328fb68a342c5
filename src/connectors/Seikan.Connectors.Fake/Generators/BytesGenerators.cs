using System.Runtime.InteropServices;
using Seikan.Core;

namespace Seikan.Connectors.Fake.Generators;

/// <summary>
/// Texts of letters, or bytes: eight from the row's own random number, which makes rows differ, the rest from a place of a random block chosen by
/// that number, at the speed of a copy.
/// </summary>
internal sealed class RandomBytesGenerator : ValueGenerator
{
    private const int BlockBytes = 1 << 16;
    private const int Own = 8;

    private readonly ulong _seed;
    private readonly int _length;
    private readonly bool _isText;
    private readonly byte[] _block;

    public RandomBytesGenerator(ulong seed, int length, bool isText)
    {
        (_seed, _length, _isText) = (seed, length, isText);
        _block = new byte[BlockBytes + length];
        for (var i = 0; i < _block.Length; i += Own)
        {
            Write(RowRandom.At(seed ^ RowRandom.Golden, i), _block.AsSpan(i, Math.Min(Own, _block.Length - i)));
        }
    }

    /// <inheritdoc/>
    public override void Fill(ColumnBuilder builder, long firstRow, int rows)
    {
        var to = ((BytesBuilder)builder).AppendMany(rows, _length);
        var (state, length) = (RowRandom.StateOf(_seed, firstRow), _length);
        var block = _block.AsSpan();
        for (var at = 0; at < to.Length; at += length)
        {
            var random = RowRandom.Mix(state);
            state += RowRandom.Golden;
            if (length >= Own)
            {
                block.Slice((int)(random >> 48), length).CopyTo(to.Slice(at, length));
                MemoryMarshal.Write(to[at..], _isText ? Letters(random) : random);
            }
            else
            {
                Write(random, to.Slice(at, length));
            }
        }
    }

    // Each byte's value is spread over a to z by a multiplication, the even and the odd bytes four at a time.
    private static ulong Letters(ulong random)
    {
        const ulong Even = 0x00FF_00FF_00FF_00FF;
        var low = ((random & Even) * 26 >> 8) & Even;
        var high = ((random >> 8) & Even) * 26 & ~Even;
        return (low | high) + 0x6161_6161_6161_6161;
    }

    private void Write(ulong random, Span<byte> to)
    {
        Span<byte> own = stackalloc byte[Own];
        MemoryMarshal.Write(own, _isText ? Letters(random) : random);
        own[..to.Length].CopyTo(to);
    }
}

/// <summary>Texts of a list.</summary>
/// <param name="seed">The column's seed.</param>
/// <param name="texts">The list.</param>
internal sealed class TemplateTextGenerator(ulong seed, byte[][] texts) : ValueGenerator
{
    /// <inheritdoc/>
    public override void Fill(ColumnBuilder builder, long firstRow, int rows)
    {
        var bytes = (BytesBuilder)builder;
        for (var i = 0; i < rows; i++)
        {
            bytes.Append(texts[(int)RowRandom.Below(RowRandom.At(seed, firstRow + i), (ulong)texts.Length)]);
        }
    }
}

/// <summary>Vectors of singles, halves, brain floats, or bits.</summary>
/// <param name="seed">The column's seed.</param>
/// <param name="type">The type.</param>
/// <param name="minimum">Smallest element.</param>
/// <param name="maximum">Largest element.</param>
internal sealed class VectorGenerator(ulong seed, VectorType type, float minimum, float maximum) : ValueGenerator
{
    /// <inheritdoc/>
    public override void Fill(ColumnBuilder builder, long firstRow, int rows)
    {
        var vectors = (VectorBuilder)builder;
        var value = new byte[type.ByteWidth];
        var width = type.Kind switch { TypeKind.BinaryVector => 1, TypeKind.FloatVector => 4, _ => 2 };
        for (var i = 0; i < rows; i++)
        {
            for (var at = 0; at < value.Length; at += width)
            {
                Write(RowRandom.At(seed, ((firstRow + i) * value.Length) + at), value.AsSpan(at, width));
            }

            vectors.Append(value);
        }
    }

    private void Write(ulong random, Span<byte> to)
    {
        var number = (float)RowRandom.Between(random, minimum, maximum);
        switch (type.Kind)
        {
            case TypeKind.FloatVector:
                MemoryMarshal.Write(to, number);
                break;
            case TypeKind.Float16Vector:
                MemoryMarshal.Write(to, (Half)Math.Clamp(number, (float)Half.MinValue, (float)Half.MaxValue));
                break;
            case TypeKind.BFloat16Vector:
                MemoryMarshal.Write(to, (ushort)(BitConverter.SingleToUInt32Bits(number) >> 16));
                break;
            default:
                to[0] = (byte)random;
                break;
        }
    }
}
