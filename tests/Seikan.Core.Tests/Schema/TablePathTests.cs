namespace Seikan.Core.Tests.Schema;

public sealed class TablePathTests
{
    [Theory]
    [InlineData("t", false, null, null, "t")]
    [InlineData("t", true, null, null, "t")]
    [InlineData("a.t", false, "a", null, "t")]
    [InlineData("a.t", true, null, "a", "t")]
    [InlineData("a.b.t", false, "a", "b", "t")]
    [InlineData("a.b.t", true, "a", "b", "t")]
    [InlineData("日本.表", false, "日本", null, "表")]
    public void Parts_take_their_places(string text, bool schemaFirst, string? database, string? schema, string table)
    {
        var path = TablePath.Parse(text, schemaFirst);
        Assert.Equal(new TablePath(database, schema, table), path);
        Assert.Equal(text, path!.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(".")]
    [InlineData("a.")]
    [InlineData(".t")]
    [InlineData("a..t")]
    [InlineData("a. .t")]
    [InlineData("a.b.c.t")]
    public void Empty_parts_and_more_than_three_are_no_path(string text) => Assert.Null(TablePath.Parse(text));

    [Fact]
    public void Without_any_name_the_path_is_default() => Assert.Equal("default.default.default", TablePath.Default.ToString());
}
