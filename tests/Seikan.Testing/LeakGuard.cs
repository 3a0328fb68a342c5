using Seikan.Core;

namespace Seikan.Testing;

/// <summary>
/// Fails when something rented or reserved was not given back until it is disposed. Hold it in a field and dispose it in the test class's own
/// Dispose: the runner then shows the test's failure beside the leak; a <c>using</c> inside the test would hide it.
/// </summary>
/// <param name="pool">The pool to watch.</param>
/// <param name="budget">The budget to watch; null = none.</param>
public sealed class LeakGuard(BufferPool pool, MemoryBudget? budget = null) : IDisposable, IAsyncDisposable
{
    /// <summary>What is held now, in words; null when nothing is.</summary>
    public string? Leak
    {
        get
        {
            var (buffers, bytes, held) = (pool.OutstandingBuffers, pool.OutstandingBytes, budget?.HeldBytes ?? 0);
            return (buffers, held) switch
            {
                (0, 0) => null,
                (_, 0) => $"{buffers} buffers of {bytes} bytes were not given back to the pool",
                (0, _) => $"{held} bytes were not given back to the memory budget",
                _ => $"{buffers} buffers of {bytes} bytes were not given back to the pool, and {held} bytes to the memory budget",
            };
        }
    }

    /// <summary>Fails when something is held.</summary>
    /// <exception cref="CheckFailedException">Says how many buffers and bytes.</exception>
    public void Check()
    {
        if (Leak is { } leak)
        {
            throw new CheckFailedException(leak);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Check();

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Check();
        return ValueTask.CompletedTask;
    }
}
