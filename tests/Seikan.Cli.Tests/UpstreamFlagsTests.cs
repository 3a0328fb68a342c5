namespace Seikan.Cli.Tests;

/// <summary>The flags of upstream's client script.</summary>
public sealed class UpstreamFlagsTests
{
    [Theory]
    [InlineData("--config job.conf -m local", "run --config job.conf -m local")]
    [InlineData("-c job.conf --check", "check -c job.conf")]
    [InlineData("--config=job.conf -i a=1", "run --config=job.conf -i a=1")]
    [InlineData("run job.conf", "run job.conf")]
    [InlineData("--help", "--help")]
    [InlineData("--version", "--version")]
    public void Flags_become_commands(string given, string expected) =>
        Assert.Equal(expected.Split(' '), UpstreamFlags.Translate(given.Split(' ')));
}
