using System.Buffers;
using System.Text;

namespace Seikan.Config;

/// <summary>Replaces the secrets of addresses inside a text: <c>scheme://user:password@host/path?token=..</c>.</summary>
internal static class AddressMask
{
    private const string Separator = "://";
    private static readonly SearchValues<char> Ends = SearchValues.Create(" \t\r\n\"'<>");

    /// <summary>The text with user-info and secret parameters replaced.</summary>
    public static string Apply(string text, SecretNames names)
    {
        var built = new StringBuilder(text.Length);
        var at = 0;
        while (text.IndexOf(Separator, at, StringComparison.Ordinal) is >= 0 and var found)
        {
            var start = found + Separator.Length;
            var end = EndOf(text, start);
            built.Append(text, at, start - at);
            AppendAddress(built, text.AsSpan(start, end - start), names);
            at = end;
        }

        var result = built.Append(text, at, text.Length - at).ToString();
        return result == text ? text : result;
    }

    private static void AppendAddress(StringBuilder built, ReadOnlySpan<char> address, SecretNames names)
    {
        var host = address.IndexOfAny('/', '?', ';');
        host = host < 0 ? address.Length : host;
        // A password may hold a slash; the last @ before the parameters ends the user-info then.
        var parameters = address.IndexOfAny('?', ';');
        var info = address[..(parameters < 0 ? address.Length : parameters)].LastIndexOf('@');
        if (info >= 0 && (info < host || address[..host].Contains(':')))
        {
            built.Append(ConfigMask.Mask);
            address = address[info..];
        }

        while (address.IndexOfAny('?', '&', ';') is >= 0 and var mark)
        {
            built.Append(address[..(mark + 1)]);
            address = address[(mark + 1)..];
            var next = address.IndexOfAny('&', ';');
            var pair = next < 0 ? address : address[..next];
            var equals = pair.IndexOf('=');
            if (equals > 0 && IsSecretParameter(pair[..equals], names))
            {
                built.Append(pair[..(equals + 1)]).Append(ConfigMask.Mask);
                address = address[pair.Length..];
            }
        }

        built.Append(address);
    }

    private static bool IsSecretParameter(ReadOnlySpan<char> name, SecretNames names) =>
        names.IsSecret(name.ToString())
        || name.Equals("pwd", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("password", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("secret", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("signature", StringComparison.OrdinalIgnoreCase)
        || name.Equals("sig", StringComparison.OrdinalIgnoreCase);

    private static int EndOf(string text, int start)
    {
        var end = text.AsSpan(start).IndexOfAny(Ends);
        return end < 0 ? text.Length : start + end;
    }
}
