using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Seikan.Generators;

/// <summary>The compile-time rules of options records.</summary>
internal static class OptionRules
{
    public static readonly DiagnosticDescriptor NoSummary = Rule("SKN0001", "Option \"{0}\" has no summary", "Documentation and the command show the summary of each option");

    public static readonly DiagnosticDescriptor DuplicateKey = Rule("SKN0002", "Key \"{0}\" is declared twice, also by \"{1}\"", "A key or alias means one option");

    public static readonly DiagnosticDescriptor LooksSecret = Rule("SKN0003", "Key \"{0}\" looks secret; mark the property [Sensitive] or make it a Secret", "Secrets are masked");

    public static readonly DiagnosticDescriptor DefaultOutOfRange = Rule("SKN0004", "Default {1} of \"{0}\" is outside its range", "A default obeys the limits of its option");

    public static readonly DiagnosticDescriptor NoUnit = Rule("SKN0005", "Number \"{0}\" needs a unit: a TimeSpan or ByteSize, [Unit], or a suffix such as _ms", "Times and sizes say their unit");

    public static readonly DiagnosticDescriptor MemberWithoutSummary = Rule("SKN0006", "Member \"{0}\" of an option's enum has no summary", "Documentation explains each word of a choice");

    public static readonly DiagnosticDescriptor NotSealedPartial = Rule("SKN0007", "Options record \"{0}\" must be {1}", "The generator writes the other part of each options record");

    public static readonly DiagnosticDescriptor UnknownType = Rule("SKN0008", "Option \"{0}\" has type \"{1}\", which cannot be bound; OptionAttribute lists those that can", "Options have one of a few types");

    public static readonly ImmutableArray<DiagnosticDescriptor> All = ImmutableArray.Create(
        NoSummary, DuplicateKey, LooksSecret, DefaultOutOfRange, NoUnit, MemberWithoutSummary, NotSealedPartial, UnknownType);

    private static DiagnosticDescriptor Rule(string id, string message, string title) => new(id, title, message, "Options", DiagnosticSeverity.Warning, isEnabledByDefault: true);
}
