using System.Buffers;
using System.Text;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Connectors.ConsoleSink;

/// <summary>
/// Prints the rows of one task in upstream's line shape: <c>subtaskIndex=0  rowIndex=1:  SeaTunnelRow#tableId=t SeaTunnelRow#kind=INSERT : a, b</c>.
/// </summary>
internal sealed class ConsoleWriter(ConsoleOptions options, IWriterContext writer, TimeProvider time, ConsoleSink sink) : ISinkWriter
{
    // Larger texts are cut between rows, so that a batch of wide rows does not need as much memory again.
    private const int TargetBytes = 256 * 1024;

    private readonly ArrayBufferWriter<byte> _lines = new();
    private readonly byte[] _task = Encoding.UTF8.GetBytes($"subtaskIndex={writer.Task}  rowIndex=");
    private char[] _text = [];
    private TablePath? _table;
    private byte[] _tableText = [];
    private long _rows;

    /// <inheritdoc/>
    public async ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        using (batch)
        {
            for (var row = 0; row < batch.RowCount; row++)
            {
                if (options.PrintData)
                {
                    AddLine(batch, row);
                }

                if (options.PrintDelay > TimeSpan.Zero)
                {
                    Print(batch.Schema.Path);
                    sink.Flush();
                    await Task.Delay(options.PrintDelay, time, cancellationToken);
                }
                else if (_lines.WrittenCount >= TargetBytes)
                {
                    Print(batch.Schema.Path);
                }
            }

            Print(batch.Schema.Path);
        }
    }

    /// <inheritdoc/>
    public ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        sink.Flush();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void AddLine(RowBatch batch, int row)
    {
        if (!ReferenceEquals(_table, batch.Schema.Path))
        {
            _table = batch.Schema.Path;
            _tableText = Encoding.UTF8.GetBytes(":  SeaTunnelRow#tableId=" + _table + " SeaTunnelRow#kind=");
        }

        _lines.Write(_task);
        _lines.Advance(ValueText.FormatInteger(++_rows, _lines.GetSpan(32)));
        _lines.Write(_tableText);
        _lines.Write(batch.IsInsertOnly ? "INSERT"u8 : NameOf(batch.Kinds[row]));
        _lines.Write(" : "u8);
        for (var column = 0; column < batch.Schema.Columns.Length; column++)
        {
            if (column > 0)
            {
                _lines.Write(", "u8);
            }

            if (batch[column].IsValid(row))
            {
                ValueText.Write(batch.Schema.Columns[column].Type, batch[column], row, _lines);
            }
            else
            {
                _lines.Write("null"u8);
            }
        }

        _lines.Write("\n"u8);
    }

    private void Print(TablePath table)
    {
        if (_lines.WrittenCount == 0)
        {
            return;
        }

        var bytes = _lines.WrittenSpan;
        if (_text.Length < bytes.Length)
        {
            _text = new char[Math.Max(bytes.Length, 4096)];
        }

        sink.Print(_text.AsSpan(0, Encoding.UTF8.GetChars(bytes, _text)));
        writer.BytesWritten(table, bytes.Length);
        _lines.ResetWrittenCount();
    }

    private static ReadOnlySpan<byte> NameOf(RowKind kind) => kind switch
    {
        RowKind.Insert => "INSERT"u8,
        RowKind.UpdateBefore => "UPDATE_BEFORE"u8,
        RowKind.UpdateAfter => "UPDATE_AFTER"u8,
        _ => "DELETE"u8,
    };
}
