namespace Seikan.Formats.Parquet;

/// <summary>
/// What the native writer writes to: counts, keeps what the real stream threw (the native side turns it into text), and swallows bytes once closed,
/// so that an abandoned writer leaves no footer.
/// </summary>
/// <param name="inner">The real stream; not disposed.</param>
internal sealed class CountingStream(Stream inner) : Stream
{
    private bool _isClosed;

    /// <summary>Bytes that reached the real stream.</summary>
    public long Written { get; private set; }

    /// <summary>The first thing that the real stream threw.</summary>
    public Exception? Failure { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => Written;

    /// <inheritdoc/>
    public override long Position
    {
        get => Written;
        set => throw new NotSupportedException();
    }

    /// <summary>From now on nothing reaches the real stream.</summary>
    public void StopWriting() => _isClosed = true;

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_isClosed)
        {
            return;
        }

        try
        {
            inner.Write(buffer);
            Written += buffer.Length;
        }
        catch (Exception error)
        {
            Failure ??= error;
            throw;
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();
}
