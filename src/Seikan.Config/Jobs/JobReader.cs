using Seikan.Core;

namespace Seikan.Config;

/// <summary>Job text to <see cref="JobSpec"/>.</summary>
public static class JobReader
{
    /// <summary>Reads a job and finds every problem of its text. Never throws for what a user can write.</summary>
    /// <param name="text">The text.</param>
    /// <param name="kind">Its language, see <see cref="JobText.KindOf"/>.</param>
    /// <param name="options">Variables, includes, limits.</param>
    public static JobReadResult Read(SourceText text, JobTextKind kind, JobReadOptions options)
    {
        var context = new ReadContext(options);
        if (kind == JobTextKind.Sql)
        {
            context.Error(ConfigErrors.SqlNotSupported, "SQL job text is not supported yet", new SourceSpan(text, 0, 0));
            return new JobReadResult(null, context.Bag.ToImmutable());
        }

        var root = kind == JobTextKind.Json ? JsonReader.Read(text, context) : HoconReader.Read(text, context, true);
        var job = root is null || context.IsStopped ? null : new JobAssembly(context, text, root).Assemble();
        return new JobReadResult(job, context.Bag.ToImmutable());
    }
}
