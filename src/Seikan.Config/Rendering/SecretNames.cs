using System.Collections.Immutable;

namespace Seikan.Config;

/// <summary>
/// Key names whose values are never shown (engine.md C.10). Dots, dashes and underscores are the same, case does not count. A name of one
/// word is the whole last key, or its last word when it is a password, token or secret; a longer name is the end of the key path.
/// </summary>
public sealed class SecretNames
{
    private readonly ImmutableHashSet<string> _names;

    private SecretNames(ImmutableHashSet<string> names) => _names = names;

    /// <summary>The names that are secret in every job.</summary>
    public static SecretNames Default { get; } = new(
    [
        "password", "username", "auth", "token", "access_key", "secret_key", "client_secret", "security_token", "connection_string",
        "consumer_key", "consumer_secret", "sasl_jaas_config", "community",
    ]);

    /// <summary>These names and others, such as those of options declared sensitive.</summary>
    public SecretNames With(IEnumerable<string> names) => new(_names.Union(names.Select(Normalise)));

    /// <summary>True when the value under a key path is secret.</summary>
    /// <param name="path">Keys from the outside, in any spelling, joined by dots.</param>
    public bool IsSecret(string path)
    {
        var text = Normalise(path);
        foreach (var name in _names)
        {
            if (text.Length == name.Length ? text == name : EndsWithName(text, name))
            {
                return true;
            }
        }

        return false;
    }

    // "user.auth" is secret as "auth" of an object; "enable_auth" is a switch. A password is one however it is called.
    private static bool EndsWithName(string text, string name) =>
        text.Length > name.Length && text.EndsWith(name, StringComparison.Ordinal) && text[^(name.Length + 1)] == '_'
        && (name.Contains('_', StringComparison.Ordinal) || name is "password" or "token");

    private static string Normalise(string name) => string.Create(name.Length, name, static (to, from) =>
    {
        for (var i = 0; i < from.Length; i++)
        {
            to[i] = from[i] is '.' or '-' ? '_' : char.ToLowerInvariant(from[i]);
        }
    });
}
