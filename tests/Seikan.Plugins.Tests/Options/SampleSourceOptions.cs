using Seikan.Core;

namespace Seikan.Plugins.Tests.Options;

/// <summary>Reads a <c>sample</c>, with one option of every shape.</summary>
/// <remarks>Only for tests.</remarks>
[PluginOptions("Sample", PluginKind.Source, Aliases = ["Specimen"])]
[AtMostOneOf(nameof(Left), nameof(Right))]
[ExactlyOneOf(nameof(Name), nameof(Names))]
[AllOrNone(nameof(User), nameof(Password))]
internal sealed partial record SampleSourceOptions : SourceOptions
{
    /// <summary>A name.</summary>
    [Option("name")]
    [Alias("title", "old.name")]
    [Length(2, 5)]
    [Pattern("[a-z]+", "small letters")]
    public string? Name { get; init; }

    /// <summary>Several names.</summary>
    [Option("names")]
    [Length(1, 3)]
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>Whether it is on.</summary>
    [Option("on")]
    public bool On { get; init; } = true;

    /// <summary>How many rows.</summary>
    [Option("row.num")]
    [Range(1, 100)]
    public int RowNum { get; init; } = 5;

    /// <summary>A large number.</summary>
    [Option("large")]
    public long? Large { get; init; }

    /// <summary>A share.</summary>
    [Option("share")]
    [Range(0, 1)]
    public double Share { get; init; } = 0.5;

    /// <summary>A small share.</summary>
    [Option("small")]
    public float Small { get; init; }

    /// <summary>An exact price.</summary>
    [Option("price")]
    public decimal? Price { get; init; }

    /// <summary>How it starts.</summary>
    [Option("start_mode")]
    public SampleMode Mode { get; init; } = SampleMode.FirstRow;

    /// <summary>Where each part starts.</summary>
    [Option("start_mode.offsets")]
    [RequiredWhen(nameof(Mode), SampleMode.Specific)]
    public IReadOnlyDictionary<string, string>? Offsets { get; init; }

    /// <summary>Needed when it is off.</summary>
    [Option("first")]
    [RequiredWhen(nameof(On), false)]
    public int? First { get; init; }

    /// <summary>How long to wait.</summary>
    [Option("wait")]
    [Unit("s")]
    [Range(0, 60_000)]
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How large a file gets.</summary>
    [Option("size")]
    public ByteSize Size { get; init; } = new(64L << 20);

    /// <summary>Who logs in.</summary>
    [Option("user")]
    public string? User { get; init; }

    /// <summary>What proves it.</summary>
    [Option("password")]
    [Sensitive]
    public Secret? Password { get; init; }

    /// <summary>Secret ports.</summary>
    [Option("pins")]
    [Sensitive]
    public IReadOnlyList<int>? Pins { get; init; }

    /// <summary>Numbers.</summary>
    [Option("numbers")]
    [Range(0, 9)]
    public IReadOnlyList<int> Numbers { get; init; } = [];

    /// <summary>Modes.</summary>
    [Option("modes")]
    public IReadOnlyList<SampleMode> Modes { get; init; } = [SampleMode.Specific];

    /// <summary>One side.</summary>
    [Option("left")]
    public int? Left { get; init; }

    /// <summary>The other side.</summary>
    [Option("right")]
    public int? Right { get; init; }

    /// <summary>A table.</summary>
    [Option("table")]
    public SampleTableOptions? Table { get; init; }

    /// <summary>Tables.</summary>
    [Option("tables_configs")]
    public IReadOnlyList<SampleTableOptions> Tables { get; init; } = [];

    /// <summary>Columns.</summary>
    [Option("schema")]
    public SchemaSpec? Schema { get; init; }

    /// <summary>Anything.</summary>
    [Option("any")]
    public ConfigNode? Any { get; init; }

    /// <summary>Many things.</summary>
    [Option("anys")]
    public IReadOnlyList<ConfigNode>? Anys { get; init; }

    /// <summary>Known upstream only.</summary>
    [Option("later")]
    [NotSupportedYet("leave it out")]
    public string? Later { get; init; }

    /// <summary>Out of use.</summary>
    [Option("gone")]
    [Deprecated("use name")]
    public string? Gone { get; init; }

    /// <summary>Name of the format.</summary>
    [Option("format")]
    [NamesPlugin(PluginKind.Format)]
    [Group("Content")]
    [Example("csv")]
    public string? Format { get; init; }

    /// <summary>The block.</summary>
    [Block]
    public OptionBlock? Block { get; init; }
}

/// <summary>Ways to start.</summary>
internal enum SampleMode
{
    /// <summary>With the first row.</summary>
    FirstRow,

    /// <summary>With the last row.</summary>
    [Word("tail")]
    LastRow,

    /// <summary>Where the offsets say.</summary>
    Specific,
}
