using System.Collections.Immutable;
using System.CommandLine;
using Seikan.Cli.Composition;
using Seikan.Core;
using Seikan.Engine;

namespace Seikan.Cli.Commands;

/// <summary>A job of the command line, read and planned.</summary>
/// <param name="Engine">Runs it.</param>
/// <param name="Plan">Null when it cannot run.</param>
/// <param name="Diagnostics">All that was found.</param>
/// <param name="ExitCode">0, or why it cannot run.</param>
internal sealed record PlannedJob(EngineHost Engine, JobPlan? Plan, ImmutableArray<Diagnostic> Diagnostics, int ExitCode)
{
    /// <summary>Reads and plans the job that the arguments name.</summary>
    public static async Task<PlannedJob> CreateAsync(JobArguments arguments, ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        var engine = LocalEngine.Create(terminal, arguments.IsStrict(parsed));
        var read = arguments.Read(parsed);
        if (read.Job is null)
        {
            return new PlannedJob(engine, null, read.Diagnostics, ExitCodes.Usage);
        }

        var result = await engine.PlanAsync(read.Job, new PlanOptions { JobName = arguments.Name(parsed) }, cancellationToken);
        var problems = new DiagnosticBag();
        problems.AddRange(read.Diagnostics);

        // A value that the text already has an error about need not be complained about again by the option that gets it.
        problems.AddRange(result.Diagnostics.Where(d => !d.Span.IsKnown || !read.Diagnostics.Any(r => r.Severity == Severity.Error && r.Span == d.Span)));
        var code = problems.HasErrors ? result.IsEnvironmentError && !read.HasErrors ? ExitCodes.Environment : ExitCodes.Usage : ExitCodes.Ok;
        if (code != ExitCodes.Ok && result.Plan is { } unwanted)
        {
            await unwanted.DisposeAsync();
        }

        return new PlannedJob(engine, code == ExitCodes.Ok ? result.Plan : null, problems.ToImmutable(), code);
    }
}
