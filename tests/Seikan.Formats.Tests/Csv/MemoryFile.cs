using System.Text;
using Seikan.Plugins;

namespace Seikan.Formats.Tests.Csv;

/// <summary>A file in memory.</summary>
internal sealed class MemoryFile(byte[] bytes, string path = "people.csv") : IFile
{
    public MemoryFile(string text, string path = "people.csv")
        : this(Encoding.UTF8.GetBytes(text), path)
    {
    }

    public string Path => path;

    public long? Length => bytes.Length;

    public string? LocalPath => null;

    /// <summary>Most bytes a read gives.</summary>
    public int MaxRead { get; init; } = int.MaxValue;

    public ValueTask<int> ReadAsync(long offset, Memory<byte> into, CancellationToken cancellationToken)
    {
        var count = (int)Math.Clamp(bytes.Length - offset, 0, Math.Min(into.Length, MaxRead));
        bytes.AsMemory((int)Math.Min(offset, bytes.Length), count).CopyTo(into);
        return new ValueTask<int>(count);
    }
}
