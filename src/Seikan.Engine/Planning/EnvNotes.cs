using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Engine.Planning;

/// <summary>
/// What is said about settings of <c>env</c> that this engine does not act on yet. Refused is what would change the result of a run (rows that fail,
/// workers to choose, encrypted options, periodic commits of a stream). Accepted with a note is what changes nothing in a batch run without
/// failures: checkpoint and retry settings stand in nearly every job.
/// </summary>
internal static class EnvNotes
{
    /// <summary>Adds notes and errors.</summary>
    /// <param name="node">The block.</param>
    /// <param name="env">What was bound from it; null after an error.</param>
    /// <param name="block">The block as options see it.</param>
    /// <param name="isStreaming">Whether the job is a stream.</param>
    /// <param name="problems">Gets them.</param>
    public static void Add(ConfigObject node, JobEnv? env, OptionBlock block, bool isStreaming, DiagnosticBag problems)
    {
        if (isStreaming && env?.CheckpointInterval is not null)
        {
            block.ErrorAt(OptionErrors.NotSupported, "checkpoints of streaming jobs are not supported yet", IntervalKey(block), "remove checkpoint.interval, or run the job as BATCH");
        }

        if (env?.SaveModeLocation == SaveModeLocation.Client)
        {
            problems.Add(Note(block, ["savemode.execute.location"], "\"savemode.execute.location\" is always CLUSTER here", "remove it"));
        }

        var keys = JobEnv.KeysWithoutEffect(block).Where(k => !isStreaming || !k.EndsWith("checkpoint.interval", StringComparison.Ordinal)).ToList();
        if (keys.Count > 0)
        {
            problems.Add(Note(
                block, keys, $"{string.Join(", ", keys)}: no effect on a run without failures; checkpoints and restarts are not supported yet",
                "nothing needs to be done; a failed run is rolled back and reported"));
        }

        AddForeign(Leaves(node, "").ToList(), block, problems);
    }

    private static void AddForeign(List<ConfigField> fields, OptionBlock block, DiagnosticBag problems)
    {
        var foreign = new List<ConfigField>();
        foreach (var field in fields)
        {
            if (JobEnv.AllOptions.Any(o => Names(o).Any(key => field.Key == key)))
            {
                continue;
            }

            // Keys below an option that is one object: known with it, and refused with it even when written flat.
            if (JobEnv.AllOptions.FirstOrDefault(o => Names(o).Any(key => field.Key.StartsWith(key + ".", StringComparison.Ordinal))) is not { } owner)
            {
                foreign.Add(field);
            }
            else if (owner.NotSupported is { } reason && block.Find(owner) is null)
            {
                block.Error(OptionErrors.NotSupported, $"\"{field.Key}\" is not supported yet", field.KeySpan, reason);
            }
        }

        if (foreign.Count == 0)
        {
            return;
        }

        var near = foreign.Count == 1 ? NearestNames.Find(foreign[0].Key, JobEnv.AllOptions.Select(o => o.Key)) : [];
        problems.Add(new Diagnostic(PlanErrors.NoEffect, $"{string.Join(", ", foreign.Select(f => $"\"{f.Key}\""))}: not a setting of this engine, no effect")
        {
            Severity = near.IsEmpty ? Severity.Note : Severity.Warning, Span = foreign[0].KeySpan, Path = "env", Candidates = near,
        });
    }

    // Nested keys as their dotted names; an object that an option takes whole is one key.
    private static IEnumerable<ConfigField> Leaves(ConfigObject node, string prefix) =>
        node.Fields.SelectMany(f =>
            f.Value is ConfigObject inner && JobEnv.AllOptions.Any(o => Names(o).Any(key => key.StartsWith($"{prefix}{f.Key}.", StringComparison.Ordinal)))
                ? Leaves(inner, $"{prefix}{f.Key}.")
                : [f with { Key = prefix + f.Key }]);

    private static IEnumerable<string> Names(OptionDescriptor option) => option.Aliases.Prepend(option.Key);

    private static string IntervalKey(OptionBlock block) => block.Find("checkpoint.interval") is null ? "execution.checkpoint.interval" : "checkpoint.interval";

    private static Diagnostic Note(OptionBlock block, List<string> keys, string message, string fix) => new(PlanErrors.NoEffect, message)
    {
        Severity = Severity.Note, Span = block.Find(keys[0])!.Value.KeySpan, Path = "env", Fix = fix,
    };
}
