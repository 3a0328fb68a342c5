using Seikan.Cli.Rendering;

namespace Seikan.Cli.Tests;

/// <summary>Counts, rates, sizes and times as people read them.</summary>
public sealed class FiguresTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(9_999, "9,999")]
    [InlineData(12_345, "12.3 k")]
    [InlineData(999_950, "1000 k")]
    [InlineData(1_710_000, "1.71 M")]
    [InlineData(56_100_000, "56.1 M")]
    [InlineData(2_500_000_000, "2.50 G")]
    public void Large_numbers_are_shortened_to_three_digits(double number, string expected) => Assert.Equal(expected, Figures.Short(number));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1.00 KiB")]
    [InlineData(96_888_422, "92.4 MiB")]
    [InlineData(5_000_000_000_000_000, "4547 TiB")]
    public void Sizes_have_binary_units(long bytes, string expected) => Assert.Equal(expected, Figures.Size(bytes));

    [Theory]
    [InlineData(0.1, "0.10 s")]
    [InlineData(59.99, "59.99 s")]
    [InlineData(62, "1:02")]
    [InlineData(10_862, "3:01:02")]
    public void Times_grow_with_their_length(double seconds, string expected) => Assert.Equal(expected, Figures.Time(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void A_rate_needs_time_to_have_passed() => Assert.Equal("", Figures.Rate(5, TimeSpan.Zero));
}
