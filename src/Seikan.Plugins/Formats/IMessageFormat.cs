using System.Buffers;
using Seikan.Core;

namespace Seikan.Plugins;

/// <summary>Rows in messages; one message may hold several rows, an update pair or none.</summary>
public interface IMessageFormat
{
    /// <summary>Kinds of the rows it reads.</summary>
    ChangelogMode Mode { get; }

    /// <summary>Appends the rows of a message.</summary>
    /// <param name="message">The bytes.</param>
    /// <param name="into">Takes the rows.</param>
    void Decode(ReadOnlySpan<byte> message, ChangeBuffer into);

    /// <summary>Writes a row as a message. Borrows the batch.</summary>
    /// <param name="batch">Holds the row.</param>
    /// <param name="row">Which.</param>
    /// <param name="output">Where the bytes go.</param>
    void Encode(RowBatch batch, int row, IBufferWriter<byte> output);
}
