using System.Collections.Immutable;
using Seikan.Core;

namespace Seikan.Plugins;

/// <summary>A file as the runtime shows it, decompressed or not.</summary>
public interface IFile
{
    /// <summary>Path as users know it.</summary>
    string Path { get; }

    /// <summary>Bytes; null when only reading tells (compressed).</summary>
    long? Length { get; }

    /// <summary>Reads bytes at an offset; 0 = end. Thread-safe.</summary>
    /// <param name="offset">From the start.</param>
    /// <param name="into">Where they go.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    ValueTask<int> ReadAsync(long offset, Memory<byte> into, CancellationToken cancellationToken);

    /// <summary>The file's path on this machine when it is a plain local file, for readers that can do better with it; else null.</summary>
    string? LocalPath { get; }
}

/// <summary>A part of a file. Bytes or row groups: the format's own unit.</summary>
/// <param name="Start">First unit.</param>
/// <param name="End">One past the last.</param>
/// <param name="Rows">Rows inside; null = unknown.</param>
public readonly record struct FileRange(long Start, long End, long? Rows)
{
    /// <summary>Bytes the range takes in the file, for progress; null = unknown.</summary>
    public long? Bytes { get; init; }
}

/// <summary>What a file holds and how it may be cut.</summary>
/// <param name="Schema">Columns as read (before projection). The path is the caller's to set.</param>
/// <param name="Ranges">In file order, together the whole file.</param>
public sealed record FileLayout(ImmutableArray<ColumnDef> Schema, ImmutableArray<FileRange> Ranges);

/// <summary>A batch and the place behind it.</summary>
/// <param name="Batch">The rows; the caller owns it.</param>
/// <param name="NextPosition">Where decoding goes on; rises. The format's own unit (byte or row).</param>
public readonly record struct DecodedBatch(RowBatch Batch, long NextPosition);

/// <summary>What a format is asked to decode.</summary>
/// <param name="File">The file.</param>
/// <param name="Range">The part.</param>
/// <param name="From">Position to go on from; null = start of the range.</param>
/// <param name="FileColumns">The file's columns, declared or inspected, in file order.</param>
/// <param name="Table">The wanted rows: a subset of the file's columns by name, in any order; columns beyond the file's are not the format's.</param>
public sealed record DecodeRequest(IFile File, FileRange Range, long? From, ImmutableArray<ColumnDef> FileColumns, TableSchema Table)
{
    /// <summary>Whether the user declared the file's columns; else they were found by <see cref="IFileFormat.InspectAsync"/>, perhaps in another file.</summary>
    public bool AreColumnsDeclared { get; init; }
}

/// <summary>csv, parquet ...: bytes to batches and back, for any byte-moving connector. Knows no connector and no store.</summary>
public interface IFileFormat
{
    /// <summary>Suffix of files, with the dot.</summary>
    string Extension { get; }

    /// <summary>True when the columns come from the file or from a sample, so that a schema need not be declared.</summary>
    bool KnowsSchema { get; }

    /// <summary>Finds columns and ranges.</summary>
    /// <param name="file">The file.</param>
    /// <param name="declared">Columns the user declared; null = find them.</param>
    /// <param name="targetBytes">About how large a range should be; <see cref="long.MaxValue"/> = one range.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <exception cref="SeikanException">The file is not of this format, or contradicts the declared columns.</exception>
    ValueTask<FileLayout> InspectAsync(IFile file, ImmutableArray<ColumnDef>? declared, long targetBytes, CancellationToken cancellationToken);

    /// <summary>Decodes a range.</summary>
    /// <param name="request">What to decode.</param>
    /// <param name="reader">Parallel decoding.</param>
    /// <param name="context">Memory and row errors.</param>
    /// <param name="cancellationToken">Ends the decoding.</param>
    IAsyncEnumerable<DecodedBatch> DecodeAsync(DecodeRequest request, IReaderContext reader, IPluginContext context, CancellationToken cancellationToken);

    /// <summary>Types this format cannot write, as diagnostics without a place.</summary>
    /// <param name="schema">The rows to be written.</param>
    ImmutableArray<Diagnostic> CheckWrite(TableSchema schema);

    /// <summary>Opens an encoder.</summary>
    /// <param name="output">Where bytes go; the caller disposes it after the encoder.</param>
    /// <param name="schema">The rows to be written.</param>
    /// <param name="context">Memory accounting.</param>
    IFileEncoder CreateEncoder(Stream output, TableSchema schema, IPluginContext context);
}

/// <summary>Writes batches into one file. One call at a time.</summary>
public interface IFileEncoder : IAsyncDisposable
{
    /// <summary>Bytes that reached the stream so far.</summary>
    long BytesWritten { get; }

    /// <summary>Writes a batch. Borrows it.</summary>
    /// <param name="batch">Rows of the encoder's schema.</param>
    /// <param name="cancellationToken">Ends the write.</param>
    ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken);

    /// <summary>Writes what is left and the footer. Disposing without it leaves an unfinished file.</summary>
    /// <param name="cancellationToken">Ends the write.</param>
    ValueTask FinishAsync(CancellationToken cancellationToken);
}
