using System.Runtime.CompilerServices;

namespace Seikan.Core;

/// <summary>
/// Decides when rows must be emitted, cheaply after each row: size and clock are looked at after a buffer grew, when asked twice without a new
/// row, and every so many rows: each one while they trickle, every 64 while they pour.
/// </summary>
internal struct DueCheck
{
    private const int MostRowsBetweenLooks = 64;

    private bool _isDue;
    private int _seen;
    private int _nextLook;
    private int _step;
    private TimeSpan _lastAge;

    /// <summary>Whether nothing can have changed that matters.</summary>
    /// <param name="rows">Rows so far.</param>
    /// <param name="scope">Tells about buffers that grew.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsQuiet(int rows, BuilderScope scope)
    {
        if (rows >= _nextLook || rows == _seen || scope.Grew)
        {
            return false;
        }

        _seen = rows;
        return true;
    }

    /// <summary>Whether the rows must be emitted now.</summary>
    /// <param name="rows">Rows so far.</param>
    /// <param name="bytes">Their bytes.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="time">The clock.</param>
    /// <param name="scope">Knows the age of the first row.</param>
    public bool Look(int rows, long bytes, BatchLimits limits, TimeProvider time, BuilderScope scope)
    {
        (_seen, scope.Grew) = (rows, false);
        if (_isDue || rows == 0)
        {
            return _isDue;
        }

        var age = time.GetElapsedTime(scope.FirstRow);
        _step = age - _lastAge < limits.Age / MostRowsBetweenLooks ? Math.Clamp(_step * 2, 1, MostRowsBetweenLooks) : 1;
        _lastAge = age;
        _nextLook = Math.Min(rows + _step, limits.Rows);
        return _isDue = rows >= limits.Rows || bytes >= limits.TargetBytes || age >= limits.Age;
    }

    /// <summary>Time until the first row is too old; at zero the rows are due.</summary>
    /// <param name="limits">The limits.</param>
    /// <param name="time">The clock.</param>
    /// <param name="scope">Knows the age of the first row.</param>
    public TimeSpan TimeLeft(BatchLimits limits, TimeProvider time, BuilderScope scope)
    {
        var left = limits.Age - time.GetElapsedTime(scope.FirstRow);
        if (left > TimeSpan.Zero)
        {
            return left;
        }

        (_isDue, _nextLook) = (true, 0);
        return TimeSpan.Zero;
    }
}
