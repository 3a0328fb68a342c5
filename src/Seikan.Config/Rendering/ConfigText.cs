using System.Text;
using Seikan.Core;

namespace Seikan.Config;

/// <summary>Writes config trees as text that reads back as the same tree.</summary>
public static class ConfigText
{
    private const int IndentWidth = 2;

    /// <summary>The tree as HOCON; the fields of an outermost object stand without braces.</summary>
    public static string ToHocon(ConfigNode node)
    {
        var text = new StringBuilder();
        if (node is ConfigObject fields)
        {
            AppendFields(text, fields, 0);
        }
        else
        {
            AppendHocon(text, node, 0);
        }

        return text.ToString();
    }

    /// <summary>The tree as indented JSON.</summary>
    public static string ToJson(ConfigNode node)
    {
        var text = new StringBuilder();
        AppendJson(text, node, 0, true);
        return text.ToString();
    }

    /// <summary>The tree as JSON without blanks.</summary>
    public static string ToCompactJson(ConfigNode node)
    {
        var text = new StringBuilder();
        AppendJson(text, node, 0, false);
        return text.ToString();
    }

    private static void AppendFields(StringBuilder text, ConfigObject fields, int depth)
    {
        foreach (var field in fields.Fields)
        {
            text.Append(' ', depth * IndentWidth);
            AppendKey(text, field.Key);
            text.Append(field.Value is ConfigObject ? " " : " = ");
            AppendHocon(text, field.Value, depth);
            text.Append('\n');
        }
    }

    private static void AppendHocon(StringBuilder text, ConfigNode node, int depth)
    {
        switch (node)
        {
            case ConfigObject { Fields.IsEmpty: true }:
                text.Append("{}");
                break;
            case ConfigObject fields:
                text.Append("{\n");
                AppendFields(text, fields, depth + 1);
                text.Append(' ', depth * IndentWidth).Append('}');
                break;
            case ConfigList list:
                text.Append('[');
                for (var i = 0; i < list.Items.Length; i++)
                {
                    text.Append(i == 0 ? "" : ", ");
                    AppendHocon(text, list.Items[i], depth);
                }

                text.Append(']');
                break;
            case ConfigScalar { Kind: ScalarKind.QuotedText or ScalarKind.BareText } scalar:
                AppendHoconText(text, scalar);
                break;
            case ConfigScalar scalar:
                text.Append(scalar.Text);
                break;
        }
    }

    private static void AppendHoconText(StringBuilder text, ConfigScalar scalar)
    {
        if (scalar.Kind == ScalarKind.BareText && IsPlain(scalar.Text))
        {
            text.Append(scalar.Text);
            return;
        }

        // A reference that was kept as text must not take its default when it is read again.
        if (!scalar.Text.Contains(':', StringComparison.Ordinal))
        {
            AppendQuoted(text, scalar.Text);
            return;
        }

        var parts = scalar.Text.Split("${");
        for (var i = 0; i < parts.Length; i++)
        {
            AppendQuoted(text, (i == 0 ? "" : "{") + parts[i] + (i == parts.Length - 1 ? "" : "$"));
        }
    }

    private static void AppendKey(StringBuilder text, string key)
    {
        if (IsPlain(key) && key != "include" && !key.Contains("->", StringComparison.Ordinal))
        {
            text.Append(key);
        }
        else
        {
            AppendQuoted(text, key);
        }
    }

    private static bool IsPlain(string text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '.' or '-'))
            {
                return false;
            }
        }

        return text.Length > 0;
    }

    private static void AppendJson(StringBuilder text, ConfigNode node, int depth, bool isIndented)
    {
        switch (node)
        {
            case ConfigObject fields:
                text.Append('{');
                for (var i = 0; i < fields.Fields.Length; i++)
                {
                    StartItem(text, i, depth + 1, isIndented);
                    AppendQuoted(text, fields.Fields[i].Key);
                    text.Append(isIndented ? ": " : ":");
                    AppendJson(text, fields.Fields[i].Value, depth + 1, isIndented);
                }

                EndItems(text, fields.Fields.Length, depth, isIndented).Append('}');
                break;
            case ConfigList list:
                text.Append('[');
                for (var i = 0; i < list.Items.Length; i++)
                {
                    StartItem(text, i, depth + 1, isIndented);
                    AppendJson(text, list.Items[i], depth + 1, isIndented);
                }

                EndItems(text, list.Items.Length, depth, isIndented).Append(']');
                break;
            case ConfigScalar { Kind: ScalarKind.QuotedText or ScalarKind.BareText } scalar:
                AppendQuoted(text, scalar.Text);
                break;
            case ConfigScalar scalar:
                text.Append(scalar.Text);
                break;
        }
    }

    private static void StartItem(StringBuilder text, int index, int depth, bool isIndented)
    {
        text.Append(index == 0 ? "" : ",");
        if (isIndented)
        {
            text.Append('\n').Append(' ', depth * IndentWidth);
        }
    }

    private static StringBuilder EndItems(StringBuilder text, int count, int depth, bool isIndented) =>
        isIndented && count > 0 ? text.Append('\n').Append(' ', depth * IndentWidth) : text;

    private static void AppendQuoted(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            switch (c)
            {
                case '"' or '\\':
                    text.Append('\\').Append(c);
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case '\r':
                    text.Append("\\r");
                    break;
                case '\t':
                    text.Append("\\t");
                    break;
                case < ' ' or '\u007f':
                    text.Append("\\u").Append(((int)c).ToString("x4"));
                    break;
                default:
                    text.Append(c);
                    break;
            }
        }

        text.Append('"');
    }
}
