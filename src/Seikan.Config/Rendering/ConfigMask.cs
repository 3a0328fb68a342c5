using System.Collections.Immutable;
using Seikan.Core;

namespace Seikan.Config;

/// <summary>Replaces secret values, for configs that are shown, logged or sent.</summary>
public static class ConfigMask
{
    /// <summary>What stands for a secret.</summary>
    public const string Mask = "******";

    /// <summary>The same tree with secrets replaced: values under secret keys, JDBC addresses, passwords inside addresses.</summary>
    /// <param name="node">The tree.</param>
    /// <param name="names">Which keys are secret.</param>
    public static ConfigNode Apply(ConfigNode node, SecretNames names) => Apply(node, names, "");

    /// <summary>The tree as HOCON text without secrets.</summary>
    public static string ToHocon(ConfigNode node, SecretNames names) => ConfigText.ToHocon(Apply(node, names));

    /// <summary>The tree as JSON text without secrets.</summary>
    public static string ToJson(ConfigNode node, SecretNames names) => ConfigText.ToJson(Apply(node, names));

    /// <summary>Text with the secrets of addresses replaced: a whole JDBC address, else user-info and secret parameters.</summary>
    public static string ApplyToText(string text, SecretNames names) =>
        text.StartsWith("jdbc:", StringComparison.OrdinalIgnoreCase) ? Mask
        : text.Contains("://", StringComparison.Ordinal) ? AddressMask.Apply(text, names)
        : text;

    private static ConfigNode Apply(ConfigNode node, SecretNames names, string path)
    {
        switch (node)
        {
            case ConfigObject fields:
                var masked = ImmutableArray.CreateBuilder<ConfigField>(fields.Fields.Length);
                foreach (var field in fields.Fields)
                {
                    var inner = path.Length == 0 ? field.Key : $"{path}.{field.Key}";
                    var hide = field.Value is not ConfigScalar { IsNull: true } && (names.IsSecret(inner) || names.IsSecret(field.Key));
                    masked.Add(field with
                    {
                        Value = hide ? new ConfigScalar(Mask, ScalarKind.QuotedText, field.Value.Span) : Apply(field.Value, names, inner),
                    });
                }

                return new ConfigObject(masked.DrainToImmutable(), fields.Span);
            case ConfigList list:
                return new ConfigList([.. list.Items.Select(item => Apply(item, names, ""))], list.Span);
            case ConfigScalar { Kind: ScalarKind.QuotedText or ScalarKind.BareText } scalar:
                var text = ApplyToText(scalar.Text, names);
                return ReferenceEquals(text, scalar.Text) ? scalar : new ConfigScalar(text, ScalarKind.QuotedText, scalar.Span);
            default:
                return node;
        }
    }
}
