using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Seikan.Core;
using Seikan.Engine;

namespace Seikan.Cli.Rendering;

/// <summary>Results for machines: one JSON object.</summary>
internal static class ReportJson
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What <c>check</c> found.</summary>
    public static string Check(ImmutableArray<Diagnostic> diagnostics) => Write(json =>
    {
        json.WriteBoolean("valid", diagnostics.All(d => d.Severity != Severity.Error));
        WriteDiagnostics(json, diagnostics);
    });

    /// <summary>How <c>run</c> ended; without a receipt when the job did not start.</summary>
    public static string Run(JobResult? result, ImmutableArray<Diagnostic> diagnostics) => Write(json =>
    {
        json.WriteString("status", result is null ? "FAILED" : result.Status.ToString().ToUpperInvariant());
        if (result?.Receipt is { } receipt)
        {
            json.WriteNumber("jobId", receipt.JobId);
            json.WriteString("jobName", receipt.JobName);
            json.WriteNumber("rowsRead", receipt.RowsRead);
            json.WriteNumber("seconds", Math.Round(receipt.Elapsed.TotalSeconds, 3));
            json.WriteNumber("peakMemoryBytes", receipt.PeakMemoryBytes);
            json.WriteNumber("allocatedBytes", GC.GetTotalAllocatedBytes());
            json.WriteStartArray("tables");
            foreach (var line in receipt.Tables)
            {
                WriteLine(json, line);
            }

            json.WriteEndArray();
        }

        WriteDiagnostics(json, diagnostics);
    });

    /// <summary>The plan.</summary>
    public static string Plan(JobPlan plan) => Write(json =>
    {
        json.WriteNumber("jobId", plan.Job.JobId);
        json.WriteString("jobName", plan.Job.JobName);
        json.WriteString("mode", plan.Job.IsStreaming ? "STREAMING" : "BATCH");
        json.WriteNumber("taskGroups", plan.Pipelines.Sum(p => p.TaskGroups));
        json.WriteStartArray("pipelines");
        foreach (var pipeline in plan.Pipelines)
        {
            json.WriteStartObject();
            json.WriteNumber("pipeline", pipeline.Number);
            json.WriteNumber("parallelism", pipeline.Parallelism);
            json.WriteStartArray("vertices");
            WriteNode(json, pipeline.Tree, null);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void WriteLine(Utf8JsonWriter json, TableReceipt line)
    {
        json.WriteStartObject();
        json.WriteString("sink", line.Sink);
        json.WriteString("table", line.Table.ToString());
        json.WriteNumber("read", line.Read);
        json.WriteNumber("written", line.Written);
        json.WriteNumber("filtered", line.Filtered);
        json.WriteNumber("rejected", line.Rejected);
        json.WriteNumber("produced", line.Produced);
        json.WriteNumber("bytes", line.Bytes);
        json.WriteEndObject();
    }

    private static void WriteNode(Utf8JsonWriter json, PlanNode node, string? input)
    {
        json.WriteStartObject();
        json.WriteString("name", node.Vertex.Name);
        json.WriteString("input", input);
        json.WriteStartArray("tables");
        foreach (var table in node.Outputs)
        {
            json.WriteStartObject();
            json.WriteString("path", table.Schema.Path.ToString());
            json.WriteString("changelog", table.Mode.ToString());
            json.WriteStartArray("columns");
            foreach (var column in table.Schema.Columns)
            {
                json.WriteStartObject();
                json.WriteString("name", column.Name);
                json.WriteString("type", column.Type.ToString());
                json.WriteBoolean("nullable", column.IsNullable);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        foreach (var child in node.Children)
        {
            WriteNode(json, child, node.Vertex.Name);
        }
    }

    private static void WriteDiagnostics(Utf8JsonWriter json, ImmutableArray<Diagnostic> diagnostics)
    {
        json.WriteStartArray("diagnostics");
        foreach (var diagnostic in diagnostics)
        {
            json.WriteStartObject();
            json.WriteString("code", diagnostic.Code.Id);
            json.WriteString("severity", diagnostic.Severity.ToString().ToLowerInvariant());
            json.WriteString("message", diagnostic.Message);
            if (diagnostic.Span.Document is { } document)
            {
                var (line, column) = document.Locate(diagnostic.Span.Start);
                json.WriteString("document", document.Name);
                json.WriteNumber("line", line);
                json.WriteNumber("column", column);
            }

            json.WriteString("path", diagnostic.Path);
            json.WriteString("fix", diagnostic.FixText);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Write(Action<Utf8JsonWriter> body)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            json.WriteStartObject();
            body(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
