using System.Collections.Immutable;
using Seikan.Core;

namespace Seikan.Config;

/// <summary>A job as written: variables and references filled, nothing bound to options yet.</summary>
/// <param name="Text">The main document; nodes of included texts name their own.</param>
/// <param name="Env">The <c>env</c> block. The sink of an error handler is a list of objects with <c>plugin_name</c>.</param>
/// <param name="Sources">At least one, in file order.</param>
/// <param name="Transforms">In file order; may be empty.</param>
/// <param name="Sinks">At least one, in file order.</param>
public sealed record JobSpec(
    SourceText Text,
    ConfigObject Env,
    ImmutableArray<PluginBlock> Sources,
    ImmutableArray<PluginBlock> Transforms,
    ImmutableArray<PluginBlock> Sinks);

/// <summary>One plug-in of a job.</summary>
/// <param name="Role">The block it stands in.</param>
/// <param name="Index">Its position in the block, from 0.</param>
/// <param name="Name">The connector's or transform's name as the user wrote it.</param>
/// <param name="NameSpan">Where the name stands.</param>
/// <param name="Options">Everything inside but <c>plugin_name</c>.</param>
public sealed record PluginBlock(PluginRole Role, int Index, string Name, SourceSpan NameSpan, ConfigObject Options)
{
    /// <summary>How problems name the block: <c>source[0] FakeSource</c>.</summary>
    public string Path => $"{JobRoles.KeyOf(Role)}[{Index}] {Name}";
}

/// <summary>What a plug-in does in a job.</summary>
public enum PluginRole
{
    /// <summary>Brings rows in.</summary>
    Source,

    /// <summary>Changes rows.</summary>
    Transform,

    /// <summary>Takes rows out.</summary>
    Sink,
}

/// <summary>The result of reading a job text.</summary>
/// <param name="Job">The job; null when an error leaves nothing to go on with. It may be there beside errors, so that more can be
/// found.</param>
/// <param name="Diagnostics">Every problem, by place.</param>
public sealed record JobReadResult(JobSpec? Job, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>True when the job must not run.</summary>
    public bool HasErrors => Diagnostics.Any(d => d.Severity == Severity.Error);
}
