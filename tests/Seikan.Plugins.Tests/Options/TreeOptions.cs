namespace Seikan.Plugins.Tests.Options;

/// <summary>Grows branches.</summary>
[PluginOptions("Tree", PluginKind.Transform)]
internal sealed partial record TreeOptions : TransformOptions
{
    /// <summary>The branches.</summary>
    [Option("branches")]
    public IReadOnlyList<BranchOptions> Branches { get; init; } = [];
}

/// <summary>A branch, with branches.</summary>
internal sealed partial record BranchOptions
{
    /// <summary>How long it is.</summary>
    [Option("length")]
    public int Length { get; init; }

    /// <summary>The branches of a branch.</summary>
    [Option("branches")]
    public IReadOnlyList<BranchOptions> Branches { get; init; } = [];
}

/// <summary>What a registry makes of it.</summary>
internal sealed class Tree : IPlugin<Tree, TreeOptions>
{
    public static Tree Create(TreeOptions options, IPluginContext context) => new();
}
