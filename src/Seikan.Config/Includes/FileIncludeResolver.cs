using Seikan.Core;

namespace Seikan.Config;

/// <summary>Includes from the file system, relative to the folder of the including file. Addresses are refused.</summary>
public sealed class FileIncludeResolver : IIncludeResolver
{
    /// <inheritdoc/>
    /// <remarks>A name without a file of exactly that name is tried with <c>.conf</c> and then <c>.json</c> at its end.</remarks>
    public IncludeResult Resolve(IncludeRequest request)
    {
        if (request.Kind == IncludeKind.Url)
        {
            var refused = new Diagnostic(ConfigErrors.IncludeRefused, $"include of the address \"{request.Name}\" is not allowed")
            {
                Span = request.Span,
                Fix = "fetch the text into a file and include that",
            };
            return new IncludeResult(null, refused);
        }

        if (request.Name.Contains('\0', StringComparison.Ordinal))
        {
            return default;
        }

        var folder = Path.GetDirectoryName(request.From.Name);
        var path = string.IsNullOrEmpty(folder) ? request.Name : Path.Join(folder, request.Name);
        if (Path.IsPathRooted(request.Name))
        {
            path = request.Name;
        }

        foreach (var ending in (ReadOnlySpan<string>)["", ".conf", ".json"])
        {
            if (File.Exists(path + ending))
            {
                // Two spellings of one path must look the same, or a circle is seen late.
                var problems = new DiagnosticBag();
                var text = JobText.Load(Normalise(path + ending), problems);
                return text is null
                    ? new IncludeResult(null, problems.ToImmutable()[0] with { Span = request.Span })
                    : new IncludeResult(text, null);
            }
        }

        return default;
    }

    private static string Normalise(string path)
    {
        var full = Path.GetFullPath(path);
        return Path.IsPathRooted(path) ? full : Path.GetRelativePath(".", full);
    }
}
