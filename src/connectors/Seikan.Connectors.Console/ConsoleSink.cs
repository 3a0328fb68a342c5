using System.Collections.Immutable;
using System.Text;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Connectors.ConsoleSink;

/// <summary>Prints rows and schema changes. Lines of several tasks never mix: each batch is written at once.</summary>
internal sealed class ConsoleSink : ISink, IFollowsSchema, IFollowsTables, IPlugin<ConsoleSink, ConsoleOptions>
{
    private readonly Lock _gate = new(); // guards _output
    private readonly TextWriter _output;

    private ConsoleSink(ConsoleOptions options, IPluginContext context)
    {
        _output = context.Output;
        Delivery = new Delivery.AtLeastOnce(writer => new ConsoleWriter(options, writer, context.Time, this));
    }

    /// <inheritdoc/>
    public int BlockingThreads => 0;

    /// <inheritdoc/>
    public bool AllowsLanes => true;

    /// <inheritdoc/>
    public Delivery Delivery { get; }

    /// <inheritdoc/>
    public static ConsoleSink Create(ConsoleOptions options, IPluginContext context) => new(options, context);

    /// <inheritdoc/>
    public ChangelogMode Accepts(TableSchema table) => ChangelogMode.Full;

    /// <inheritdoc/>
    public ImmutableArray<Diagnostic> CheckTables(ImmutableArray<TableSchema> tables) => [];

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Diagnostic>> ProbeAsync(CancellationToken cancellationToken) => new([]);

    /// <inheritdoc/>
    public ValueTask PrepareTablesAsync(ImmutableArray<TableSchema> tables, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        foreach (var table in tables)
        {
            var of = tables.Length > 1 ? $" of {table.Path}" : "";
            text.Append("output rowType").Append(of).Append(": ").Append(RowTypeText.Format(table)).Append('\n');
        }

        Print(text.ToString());
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask ApplyAsync(SchemaChange change, CancellationToken cancellationToken)
    {
        Print($"changed rowType before: {RowTypeText.Format(change.Before)}\nchanged rowType after: {RowTypeText.Format(change.After)}\n");
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask ApplyAsync(TableEvent tableEvent, CancellationToken cancellationToken)
    {
        Print(tableEvent.Kind switch
        {
            TableEventKind.Truncated => $"table {tableEvent.Table} was truncated\n",
            TableEventKind.Dropped => $"table {tableEvent.Table} was dropped\n",
            _ => $"table {tableEvent.Table} was renamed to {tableEvent.NewPath}\n",
        });
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask FinishAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Writes whole lines. Thread-safe.</summary>
    /// <param name="lines">Each with its line end.</param>
    internal void Print(ReadOnlySpan<char> lines)
    {
        lock (_gate)
        {
            _output.Write(lines);
        }
    }

    /// <summary>Hands over what is buffered. Thread-safe.</summary>
    internal void Flush()
    {
        lock (_gate)
        {
            _output.Flush();
        }
    }
}
