using Seikan.Core;
using Seikan.Formats.Csv;

namespace Seikan.Formats.Tests.Csv;

public sealed class InferenceTests : IDisposable
{
    private readonly CsvFixture _csv = new();

    public void Dispose() => _csv.Dispose();

    [Theory]
    [InlineData("true\nFALSE\n", "boolean")]
    [InlineData("1\n-20\n\n9223372036854775807\n", "bigint")]
    [InlineData("1\n2.5\n", "double")]
    [InlineData(".097\n-1e5\n", "double")]
    [InlineData("0\n0.5\n", "double")]
    [InlineData("00501\n12345\n", "string")]
    [InlineData("+4912345\n", "string")]
    [InlineData("12345678901234567890\n", "string")]
    [InlineData("1\ntrue\n", "string")]
    [InlineData("2024-01-02\n2024/3/4\n", "date")]
    [InlineData("2024-01-02\n2024-01-02 03:04:05\n", "timestamp")]
    [InlineData("2024-01-02T03:04:05.123\n", "timestamp")]
    [InlineData("x\n1\n", "string")]
    [InlineData("NaN\n1\n", "string")]
    [InlineData("\"1\"\n\"2\"\n", "bigint")]
    [InlineData("\"\"\n1\n", "string")]
    [InlineData("\n\n", "string")]
    public async Task Types_are_the_narrowest_that_hold_all_values(string values, string type)
    {
        var columns = await InspectAsync("id,v\n" + string.Concat(values.TrimEnd('\n').Split('\n').Select(v => $"1,{v}\n")), new CsvFormatOptions());

        Assert.Equal([("id", "bigint"), ("v", type)], columns);
    }

    [Fact]
    public async Task A_first_line_of_texts_above_other_types_is_the_header()
    {
        Assert.Equal([("name", "string"), ("age", "bigint")], await InspectAsync("name,age\nAnn,41\n", new CsvFormatOptions()));
        Assert.Equal([("column1", "string"), ("column2", "string")], await InspectAsync("name,city\nAnn,Rome\n", new CsvFormatOptions()));
        Assert.Equal([("name", "string"), ("city", "string")], await InspectAsync("name,city\nAnn,Rome\n", new CsvFormatOptions { UseHeaderLine = true }));
        Assert.Equal([("column1", "string"), ("column2", "string")], await InspectAsync("name,age\nAnn,41\n", new CsvFormatOptions { UseHeaderLine = false }));
        Assert.Equal([("column1", "string"), ("column2", "bigint")], await InspectAsync("Ann,41\nBob,42\n", new CsvFormatOptions()));
    }

    [Fact]
    public async Task Names_of_a_header_become_unique()
    {
        var columns = await InspectAsync(" a ,a,,a_2\n1,2,3,4\n", new CsvFormatOptions { UseHeaderLine = true });

        Assert.Equal(["a", "a_2", "column3", "a_2_2"], columns.Select(c => c.Name));
    }

    [Fact]
    public async Task Patterns_decide_what_is_a_date()
    {
        Assert.Equal("date", (await InspectAsync("1,31.12.2024\n", new CsvFormatOptions { DateFormat = "dd.MM.yyyy" }))[1].Type);
    }

    [Fact]
    public async Task The_text_of_null_does_not_decide_a_type()
    {
        Assert.Equal("bigint", (await InspectAsync("a,1\nb,NULL\n", new CsvFormatOptions { NullFormat = "NULL" }))[1].Type);
    }

    [Fact]
    public async Task The_sample_ends_after_a_mebibyte()
    {
        var text = "id,v\n" + string.Concat(Enumerable.Repeat("1,1\n", 300_000)) + "1,x\n";

        Assert.Equal("bigint", (await InspectAsync(text, new CsvFormatOptions()))[1].Type);
    }

    [Fact]
    public async Task A_file_without_rows_has_no_columns()
    {
        var error = await Assert.ThrowsAsync<SeikanException>(() => InspectAsync("\n", new CsvFormatOptions()));

        Assert.Equal("FMT-0017", error.Diagnostics[0].Code.Id);
        error = await Assert.ThrowsAsync<SeikanException>(() => InspectAsync("", new CsvFormatOptions { UseHeaderLine = true }));
        Assert.Equal("FMT-0010", error.Diagnostics[0].Code.Id);
    }

    private async Task<(string Name, string Type)[]> InspectAsync(string text, CsvFormatOptions options)
    {
        var format = CsvFixture.Format(options, _csv.Context());
        var layout = await format.InspectAsync(new MemoryFile(text), null, long.MaxValue, CsvFixture.Stop);
        return [.. layout.Schema.Select(c => (c.Name, c.Type.ToString()))];
    }
}
