using System.Text;
using Seikan.Core;
using Seikan.Engine;

namespace Seikan.Cli.Rendering;

/// <summary>A plan for people: a tree a pipeline, with the columns behind each plug-in.</summary>
internal static class PlanText
{
    /// <summary>The plan.</summary>
    public static string Render(JobPlan plan)
    {
        var text = new StringBuilder();
        text.Append($"job {plan.Job.JobName}, {(plan.Job.IsStreaming ? "streaming" : "batch")}, {plan.Pipelines.Length} pipeline{(plan.Pipelines.Length == 1 ? "" : "s")}, ");
        text.Append($"{plan.Pipelines.Sum(p => p.TaskGroups)} slots, time zone {plan.Job.TimeZone.Id}\n");
        foreach (var pipeline in plan.Pipelines)
        {
            text.Append($"\npipeline {pipeline.Number}, parallelism {pipeline.Parallelism}\n");
            Append(text, pipeline.Tree, "  ");
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, PlanNode node, string indent)
    {
        text.Append(indent).Append(node.Vertex.Name).Append('\n');
        foreach (var table in node.Outputs)
        {
            text.Append(indent).Append("  table ").Append(table.Schema.Path).Append(table.Mode == ChangelogMode.InsertOnly ? "" : $" ({table.Mode})").Append('\n');
            if (node.Children.IsEmpty && node.Vertex.Role == Config.PluginRole.Sink)
            {
                continue; // the columns stand where the rows come from
            }

            var columns = new TextTable("column", "type", "");
            foreach (var column in table.Schema.Columns)
            {
                columns.Add(column.Name, column.Type.ToString(), column.IsNullable ? "" : "not null");
            }

            text.Append(columns.Render(indent + "    "));
        }

        foreach (var child in node.Children)
        {
            Append(text, child, indent + "    ");
        }
    }
}
