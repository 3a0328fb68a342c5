using System.Runtime.CompilerServices;
using Seikan.Core;

namespace Seikan.Formats.Csv.Writing;

/// <summary>Texts of the days written last: a calendar costs more than a look. Days of a decade fit.</summary>
internal sealed class DayTexts
{
    private const int Slots = 4096;
    private const int Width = 16;

    private readonly int[] _days = new int[Slots];
    private readonly byte[] _texts = new byte[Slots * Width];

    /// <summary>No day is known yet.</summary>
    public DayTexts() => Array.Fill(_days, int.MinValue);

    /// <summary>Writes a day.</summary>
    /// <param name="day">Since 1970-01-01.</param>
    /// <param name="to">At least 16 bytes.</param>
    /// <returns>Bytes written.</returns>
    public int Write(int day, Span<byte> to)
    {
        var slot = day & (Slots - 1);
        if (_days[slot] != day)
        {
            var length = TemporalText.FormatDate(day, to);
            if (length != 10)
            {
                return length; // a year of more or fewer than four digits
            }

            to[..10].CopyTo(_texts.AsSpan(slot * Width));
            _days[slot] = day;
            return length;
        }

        Unsafe.WriteUnaligned(ref to[..Width][0], Unsafe.ReadUnaligned<UInt128>(ref _texts[slot * Width]));
        return 10;
    }
}
