#if DEBUG
using System.Collections.Concurrent;

namespace Seikan.Core;

/// <content>What only debug builds check.</content>
public sealed partial class BufferPool
{
    private const byte Poison = 0xDB;

    private readonly ConcurrentDictionary<byte[], byte> _rented = new(ReferenceEqualityComparer.Instance);

    static partial void CheckUnwritten(byte[] buffer)
    {
        if (buffer.AsSpan().ContainsAnyExcept(Poison))
        {
            throw new InvalidOperationException("an array of the pool was written to after its return");
        }
    }

    partial void NoteRented(byte[] buffer) => _rented[buffer] = 0;

    partial void NoteReturned(byte[] buffer)
    {
        if (!_rented.TryRemove(buffer, out _))
        {
            throw new InvalidOperationException("an array was returned to the pool twice, or never rented from it");
        }

        buffer.AsSpan().Fill(Poison);
    }
}
#endif
