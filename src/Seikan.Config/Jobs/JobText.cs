using System.Security;
using Seikan.Core;

namespace Seikan.Config;

/// <summary>The languages of job text.</summary>
public enum JobTextKind
{
    /// <summary>HOCON as engine.md C.2 to C.5 has it.</summary>
    Hocon,

    /// <summary>Strict JSON.</summary>
    Json,

    /// <summary>CREATE TABLE and INSERT INTO statements.</summary>
    Sql,
}

/// <summary>Which language a job text is in, and job texts from files.</summary>
public static class JobText
{
    /// <summary>The language by the end of a file name, in any case: <c>.json</c>, <c>.sql</c>, everything else is HOCON.</summary>
    public static JobTextKind KindOf(string fileName) =>
        fileName.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? JobTextKind.Json
        : fileName.EndsWith(".sql", StringComparison.OrdinalIgnoreCase) ? JobTextKind.Sql
        : JobTextKind.Hocon;

    /// <summary>The language by its name as REST takes it, in any case.</summary>
    /// <param name="format">A name; null or empty means JSON.</param>
    /// <param name="problems">Gets an error when the name is unknown.</param>
    public static JobTextKind? KindOfFormat(string? format, DiagnosticBag problems)
    {
        switch (format?.ToLowerInvariant())
        {
            case null or "" or "json":
                return JobTextKind.Json;
            case "hocon":
                return JobTextKind.Hocon;
            case "sql":
                return JobTextKind.Sql;
            default:
                problems.Add(new Diagnostic(ConfigErrors.UnknownFormat, $"format \"{format}\" is not known"));
                return null;
        }
    }

    /// <summary>Reads a whole file, or reports why it cannot be read and returns null.</summary>
    /// <param name="path">The path as the user gave it; it becomes the name of the text.</param>
    /// <param name="problems">Gets the error.</param>
    public static SourceText? Load(string path, DiagnosticBag problems)
    {
        try
        {
            return new SourceText(path, File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            problems.Add(new Diagnostic(
                ConfigErrors.FileMissing, $"file \"{path}\" does not exist (upstream: read file failed, because it not existed)"));
        }
        catch (Exception) when (Directory.Exists(path))
        {
            problems.Add(new Diagnostic(ConfigErrors.FileUnreadable, $"\"{path}\" is a folder"));
        }
        catch (Exception e) when (e is UnauthorizedAccessException or SecurityException)
        {
            problems.Add(new Diagnostic(ConfigErrors.FileUnreadable, $"no permission to read \"{path}\""));
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            problems.Add(new Diagnostic(ConfigErrors.FileUnreadable, $"\"{path}\" cannot be read: {e.Message}"));
        }

        return null;
    }
}
