namespace Seikan.Core;

/// <summary>An unsigned 256-bit number while it is put together from digits or taken apart into them.</summary>
internal struct WideMagnitude
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    /// <summary>Takes the bits of a value that is not negative (or the smallest, whose bits are its magnitude).</summary>
    public WideMagnitude(Int256 value)
    {
        (_a, _b) = ((ulong)value.Lower, (ulong)(value.Lower >> 64));
        var upper = unchecked((UInt128)value.Upper);
        (_c, _d) = ((ulong)upper, (ulong)(upper >> 64));
    }

    /// <summary>This times a factor, plus a term; false when that passes 256 bits.</summary>
    public bool TryMultiplyAdd(ulong factor, ulong term)
    {
        _a = Step(_a, factor, ref term);
        _b = Step(_b, factor, ref term);
        _c = Step(_c, factor, ref term);
        _d = Step(_d, factor, ref term);
        return term == 0;
    }

    /// <summary>The number with a sign; false when it does not fit.</summary>
    public readonly bool TryToInt256(bool isNegative, out Int256 value)
    {
        value = new Int256(new UInt128(_b, _a), unchecked((Int128)new UInt128(_d, _c)));
        if (!isNegative)
        {
            return !value.IsNegative;
        }

        value = -value;
        return value.Upper <= 0; // zero, or below; a magnitude above 2^255 turns positive
    }

    /// <summary>Writes the decimal digits without leading zeros, at least one.</summary>
    /// <param name="to">At least 78 bytes.</param>
    /// <returns>Digits written.</returns>
    public readonly int WriteDigits(Span<byte> to)
    {
        Span<uint> limbs = [(uint)_a, (uint)(_a >> 32), (uint)_b, (uint)(_b >> 32), (uint)_c, (uint)(_c >> 32), (uint)_d, (uint)(_d >> 32)];
        Span<byte> digits = stackalloc byte[81];
        var (start, top) = (digits.Length, 7);
        while (true)
        {
            for (; top >= 0 && limbs[top] == 0; top--)
            {
            }

            if (top < 0)
            {
                break;
            }

            // Nine digits a round; dividing by a constant is a multiplication.
            var rest = 0UL;
            for (var i = top; i >= 0; i--)
            {
                rest = (rest << 32) | limbs[i];
                var quotient = rest / 1_000_000_000;
                limbs[i] = (uint)quotient;
                rest -= quotient * 1_000_000_000;
            }

            for (var i = 0; i < 9; i++)
            {
                digits[--start] = (byte)('0' + (rest % 10));
                rest /= 10;
            }
        }

        digits = digits[start..].TrimStart((byte)'0');
        if (digits.IsEmpty)
        {
            to[0] = (byte)'0';
            return 1;
        }

        digits.CopyTo(to);
        return digits.Length;
    }

    private static ulong Step(ulong limb, ulong factor, ref ulong carry)
    {
        var high = Math.BigMul(limb, factor, out var low);
        low += carry;
        carry = high + (low < carry ? 1UL : 0);
        return low;
    }
}
