namespace Seikan.Core;

/// <summary>
/// Decides when rows must be emitted, cheaply after each row: size and clock are looked at after a buffer grew, and every so many rows: at
/// each while they trickle, at every 256th while they pour, unless the batch is nearly full.
/// </summary>
internal struct DueCheck
{
    private const int MostRowsBetweenLooks = 256;

    // Rows pour when the time between two looks is less than this part of the age.
    private const int SlowestPour = 64;

    private bool _isDue;
    private int _step;
    private TimeSpan _lastAge;

    /// <summary>Whether the rows must be emitted now.</summary>
    /// <param name="rows">Rows so far.</param>
    /// <param name="bytes">Their bytes.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="time">The clock.</param>
    /// <param name="scope">Knows the age of the first row.</param>
    public bool Look(int rows, long bytes, BatchLimits limits, TimeProvider time, BuilderScope scope)
    {
        if (_isDue || rows == 0)
        {
            return _isDue;
        }

        var age = time.GetElapsedTime(scope.FirstRow);
        var rowsToTarget = (limits.TargetBytes - bytes) * rows / Math.Max(bytes, 1);
        var step = age - _lastAge < limits.Age / SlowestPour ? Math.Min(_step * 2, MostRowsBetweenLooks) : 1;
        _step = (int)Math.Clamp(rowsToTarget / 2, 1, Math.Max(step, 1));
        _lastAge = age;
        _isDue = rows >= limits.Rows || bytes >= limits.TargetBytes || age >= limits.Age;
        scope.QuietUntil = _isDue ? 0 : Math.Min(rows + _step - 1, limits.Rows);
        return _isDue;
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

        (_isDue, scope.QuietUntil) = (true, 0);
        return TimeSpan.Zero;
    }
}
