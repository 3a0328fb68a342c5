using Seikan.Core;

namespace Seikan.Config;

/// <summary>How an include names its text.</summary>
public enum IncludeKind
{
    /// <summary><c>include "name"</c>.</summary>
    Plain,

    /// <summary><c>include file("name")</c>.</summary>
    File,

    /// <summary><c>include classpath("name")</c>: there is no class path, so it means a file.</summary>
    ClassPath,

    /// <summary><c>include url("address")</c>.</summary>
    Url,
}

/// <summary>One include of a text.</summary>
/// <param name="Name">The name as written.</param>
/// <param name="Kind">How it was written.</param>
/// <param name="From">The including text.</param>
/// <param name="Span">Where the name stands.</param>
public sealed record IncludeRequest(string Name, IncludeKind Kind, SourceText From, SourceSpan Span);

/// <summary>The answer to an include: a text, a problem, or neither when there is no such text.</summary>
/// <param name="Text">The text; its name is unique for its content, so that circles are seen.</param>
/// <param name="Problem">Why it cannot be read.</param>
public readonly record struct IncludeResult(SourceText? Text, Diagnostic? Problem);

/// <summary>Finds the texts that a job includes. Thread-safe.</summary>
public interface IIncludeResolver
{
    /// <summary>Finds one text. Never throws for what a user can cause.</summary>
    IncludeResult Resolve(IncludeRequest request);
}
