using System.Text;
using Seikan.Engine;

namespace Seikan.Cli.Rendering;

/// <summary>The receipt for people.</summary>
internal static class ReceiptText
{
    /// <summary>How the job ended, and a line for each sink and table.</summary>
    public static string Render(JobResult result)
    {
        var receipt = result.Receipt;
        var text = new StringBuilder($"{result.Status.ToString().ToUpperInvariant()} {receipt.JobName} in {Figures.Time(receipt.Elapsed)}");
        text.Append(receipt.RowsRead > 0 ? $", {Figures.Rate(receipt.RowsRead, receipt.Elapsed)}" : "").Append($", peak memory {Figures.Size(receipt.PeakMemoryBytes)}\n");
        if (receipt.Tables.IsEmpty || (result.Status != JobStatus.Finished && receipt.RowsRead == 0))
        {
            return text.ToString();
        }

        var hasProduced = receipt.Tables.Any(t => t.Produced > 0);
        var table = hasProduced
            ? new TextTable("sink", "table", ">read", ">produced", ">written", ">filtered", ">rejected", ">bytes")
            : new TextTable("sink", "table", ">read", ">written", ">filtered", ">rejected", ">bytes");
        foreach (var line in receipt.Tables)
        {
            table.Add(
            [
                line.Sink, line.Table.ToString(), Figures.Count(line.Read), .. hasProduced ? (string[])[Figures.Count(line.Produced)] : [],
                Figures.Count(line.Written), Figures.Count(line.Filtered), Figures.Count(line.Rejected), Figures.Size(line.Bytes),
            ]);
        }

        text.Append(table.Render("  "));
        return result.Status == JobStatus.Finished ? text.ToString() : text.Append("  not committed: what the job wrote was rolled back where the sink can\n").ToString();
    }
}
