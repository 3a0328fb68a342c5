namespace Seikan.Benchmarks;

/// <summary>The rows of decisions 2.1: bigint, int (10 % null), double, text of 4 to 28 bytes, nullable bigint. Made once, so that only appending is measured.</summary>
internal sealed class ColumnRows
{
    /// <summary>Rows until they repeat.</summary>
    public const int Count = 16_384;

    public ColumnRows()
    {
        var random = new Random(42);
        for (var row = 0; row < Count; row++)
        {
            Ids[row] = row;
            HasNumber[row] = random.Next(10) != 0;
            Numbers[row] = random.Next();
            Amounts[row] = random.NextDouble();
            var length = random.Next(4, 29);
            TextEnds[row + 1] = TextEnds[row] + length;
            Texts.AsSpan(TextEnds[row], length).Fill((byte)('a' + (row % 26)));
            HasParent[row] = random.Next(10) != 0;
        }
    }

    public long[] Ids { get; } = new long[Count];

    public bool[] HasNumber { get; } = new bool[Count];

    public int[] Numbers { get; } = new int[Count];

    public double[] Amounts { get; } = new double[Count];

    /// <summary>All texts, one behind the other, as they stand in what a decoder reads.</summary>
    public byte[] Texts { get; } = new byte[Count * 28];

    public int[] TextEnds { get; } = new int[Count + 1];

    public ReadOnlySpan<byte> Text(int row) => Texts.AsSpan(TextEnds[row], TextEnds[row + 1] - TextEnds[row]);

    public bool[] HasParent { get; } = new bool[Count];
}
