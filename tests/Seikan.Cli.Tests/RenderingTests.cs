using Seikan.Cli.Rendering;
using Seikan.Core;
using Seikan.Engine;

namespace Seikan.Cli.Tests;

/// <summary>What people and machines see at the end of a job.</summary>
public sealed class RenderingTests
{
    private static readonly TableReceipt Line = new("Sink[0]-LocalFile", new TablePath("shop", null, "orders"), 1_000, 900, 100, 0, 0, 2_048);

    [Fact]
    public void The_receipt_has_a_line_for_each_sink_and_table()
    {
        var text = ReceiptText.Render(Result(JobStatus.Finished, Line));

        Assert.Equal(
            """
            FINISHED orders in 2.00 s, 500 rows/s, peak memory 64.0 MiB
              sink               table         read  written  filtered  rejected     bytes
              Sink[0]-LocalFile  shop.orders  1,000      900       100         0  2.00 KiB

            """, text);
    }

    [Fact]
    public void Produced_rows_are_shown_only_where_there_are_any()
    {
        var text = ReceiptText.Render(Result(JobStatus.Finished, Line with { Produced = 7, Written = 907 }));

        Assert.Contains("produced", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_job_says_that_nothing_was_committed()
    {
        var text = ReceiptText.Render(Result(JobStatus.Failed, Line));

        Assert.StartsWith("FAILED orders", text, StringComparison.Ordinal);
        Assert.Contains("not committed", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_is_balanced_when_no_row_is_missing_and_none_came_from_nowhere()
    {
        Assert.True(Line.IsBalanced);
        Assert.False((Line with { Written = 899 }).IsBalanced);
        Assert.True((Line with { Produced = 5, Written = 905 }).IsBalanced);
    }

    [Fact]
    public void Progress_redraws_one_line_on_a_terminal_and_takes_it_away_at_the_end()
    {
        var errors = new StringWriter();
        using (var progress = new ProgressLine("orders", new Terminal(TextWriter.Null, errors, true, true)))
        {
            progress.Show(new JobProgress(1_000, 900, 4_096, 0.25, TimeSpan.FromSeconds(2), "source"));
        }

        var text = errors.ToString();
        Assert.StartsWith("\rorders   25%  1,000 rows read, 900 written  500 rows/s  4.00 KiB  2.00 s  bottleneck: source", text, StringComparison.Ordinal);
        Assert.EndsWith("\r", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_is_plain_lines_when_piped()
    {
        var errors = new StringWriter();
        using (var progress = new ProgressLine("orders", new Terminal(TextWriter.Null, errors, false, false)))
        {
            progress.Show(new JobProgress(10, 10, 100, null, TimeSpan.FromSeconds(1), null));
        }

        Assert.Equal("orders  10 rows read, 10 written  10 rows/s  100 B  1.00 s" + Environment.NewLine, errors.ToString());
    }

    private static JobResult Result(JobStatus status, TableReceipt line) =>
        new(status, new JobReceipt(1, "orders", [line], TimeSpan.FromSeconds(2), 64 << 20) { RowsRead = line.Read }, []);
}
