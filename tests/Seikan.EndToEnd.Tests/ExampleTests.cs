namespace Seikan.EndToEnd.Tests;

/// <summary>Every job below <c>examples/</c> runs as it stands, from the root of the checkout.</summary>
[Collection(ProductGroup.Name)]
public sealed class ExampleTests
{
    /// <summary>The example jobs.</summary>
    public static TheoryData<string> Examples =>
        [.. Directory.EnumerateFiles(Path.Combine(Product.Root, "examples")).Where(f => Path.GetExtension(f) is ".conf" or ".json").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task An_example_runs_as_it_stands(string example)
    {
        var outcome = await Product.RunAsync(Product.Root, ["run", "--strict", $"examples/{example}"]);

        Assert.True(outcome.ExitCode == 0, outcome.All);
        Assert.Contains("FINISHED", outcome.Output, StringComparison.Ordinal);
        Assert.Empty(outcome.Errors);
    }

    [Fact]
    public async Task The_first_example_writes_every_airport()
    {
        await Product.RunAsync(Product.Root, ["run", "examples/airports.conf"]);

        var judged = DuckDb.Differences(
            $"SELECT * FROM read_csv('{Product.Root}/examples/data/airports.csv', header = true)", $"SELECT * FROM read_parquet('{Product.Root}/artifacts/examples/airports/*.parquet')");

        Assert.Equal(0, judged);
    }
}
