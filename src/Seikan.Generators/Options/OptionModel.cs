using System.Collections.Generic;
using System.Linq;

namespace Seikan.Generators;

/// <summary>What the generator knows of one options record. Values only, so that an unchanged record is not written again.</summary>
internal sealed record RecordModel(string Namespace, string Name, string Accessibility, bool IsAbstract, string? BaseName, string Summary, string Remarks)
{
    public string? Identifier { get; init; }

    public string Aliases { get; init; } = "";

    public string Kind { get; init; } = "";

    public EquatableList<OptionModel> Options { get; init; } = EquatableList<OptionModel>.Empty;

    public EquatableList<string> Rules { get; init; } = EquatableList<string>.Empty;

    public string? BlockProperty { get; init; }

    public string FullName => Namespace + "." + Name;
}

/// <summary>One option: the text of its descriptor and of the read that fills its property.</summary>
internal sealed record OptionModel(string Property, string Descriptor, string Read);

/// <summary>A list that is equal when its elements are.</summary>
internal sealed class EquatableList<T> : System.IEquatable<EquatableList<T>>
{
    public static readonly EquatableList<T> Empty = new(new List<T>());

    public EquatableList(IReadOnlyList<T> items) => Items = items;

    public IReadOnlyList<T> Items { get; }

    public bool Equals(EquatableList<T>? other) => other is not null && Items.SequenceEqual(other.Items);

    public override bool Equals(object? obj) => Equals(obj as EquatableList<T>);

    public override int GetHashCode() => Items.Aggregate(17, (hash, item) => (hash * 31) + (item?.GetHashCode() ?? 0));
}
