using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Seikan.Core;

namespace Seikan.Config;

/// <summary>Refuses texts that are not UTF-8, with the place of the first bad byte.</summary>
internal static class Utf8Check
{
    /// <summary>True when the text is UTF-8; otherwise the problem is reported.</summary>
    public static bool Accepts(SourceText text, ReadContext context)
    {
        var bytes = text.Utf8.Span;
        if (Utf8.IsValid(bytes))
        {
            return true;
        }

        context.IsStructureBroken = true;
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            context.Error(ConfigErrors.NotUtf8, "the text is UTF-16, not UTF-8", new SourceSpan(text, 0, 2));
            return false;
        }

        var at = 0;
        while (at < bytes.Length && Rune.DecodeFromUtf8(bytes[at..], out _, out var used) == OperationStatus.Done)
        {
            at += used;
        }

        context.Error(ConfigErrors.NotUtf8, $"byte 0x{bytes[at]:X2} is not part of a UTF-8 text", new SourceSpan(text, at, 1));
        return false;
    }
}
