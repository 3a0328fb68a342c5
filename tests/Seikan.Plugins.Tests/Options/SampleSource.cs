namespace Seikan.Plugins.Tests.Options;

/// <summary>What a registry makes of the sample options.</summary>
internal sealed class SampleSource(SampleSourceOptions options) : IPlugin<SampleSource, SampleSourceOptions>
{
    public SampleSourceOptions Options { get; } = options;

    public static SampleSource Create(SampleSourceOptions options, IPluginContext context) => new(options);
}
