using System.Collections.Immutable;

namespace Seikan.Core;

/// <summary>One column of a table.</summary>
/// <param name="Name">Its name, as the source spells it.</param>
/// <param name="Type">Its type.</param>
public sealed record ColumnDef(string Name, DataType Type)
{
    /// <summary>Whether nulls may occur.</summary>
    /// <value>Default true.</value>
    public bool IsNullable { get; init; } = true;

    /// <summary>Most bytes of a text or byte value; null when unlimited or unknown.</summary>
    public long? Length { get; init; }

    /// <summary>Default value as text; null when none.</summary>
    public string? Default { get; init; }

    /// <summary>A remark; null when none.</summary>
    public string? Comment { get; init; }

    /// <summary>The type as the source system spells it; null when unknown.</summary>
    public string? SourceType { get; init; }

    /// <summary>The type asked for at the sink, as its system spells it; null when not asked for.</summary>
    public string? SinkType { get; init; }

    /// <summary>Tags, carried from source to sink: a step gives an output the union of the tags of the inputs it was made of.</summary>
    public ImmutableSortedSet<string> Tags { get; init; } = ImmutableSortedSet<string>.Empty;

    /// <inheritdoc/>
    public bool Equals(ColumnDef? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Name == other.Name && Type == other.Type && IsNullable == other.IsNullable && Length == other.Length
            && Default == other.Default && Comment == other.Comment && SourceType == other.SourceType && SinkType == other.SinkType
            && Tags.SequenceEqual(other.Tags));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Type, IsNullable, Length, Default);
}
