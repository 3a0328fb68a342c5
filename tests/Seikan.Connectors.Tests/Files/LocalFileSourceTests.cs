using Seikan.Core;
using Seikan.Testing;

namespace Seikan.Connectors.Tests.Files;

public sealed class LocalFileSourceTests : IDisposable
{
    private readonly FilesFixture _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_folder_is_read_in_the_order_of_paths_without_hidden_and_empty_files()
    {
        _files.Write("in/b/2.csv", "3\n");
        _files.Write("in/a/1.csv", "1\n2\n");
        _files.Write("in/.hidden.csv", "x\n");
        _files.Write("in/.seikan-tmp/x.csv", "x\n");
        _files.Write("in/_SUCCESS", "x");
        _files.Write("in/empty.csv", "");

        var (rows, _, splits) = await _files.ReadAsync("path = \"ROOT/in\", file_format_type = csv, schema { fields { id = int } }");

        Assert.Equal(["+I 1", "+I 2", "+I 3"], rows);
        Assert.Equal(2, splits.Count);
    }

    [Fact]
    public async Task Folders_named_k_equals_v_become_text_columns_at_the_end()
    {
        _files.Write("in/day=1/land=de/a.csv", "1\n");
        _files.Write("in/day=2/land=fr/a.csv", "2\n");

        var (rows, tables, _) = await _files.ReadAsync("path = \"ROOT/in\", file_format_type = csv, schema { table = db.t, fields { id = int } }");

        Assert.Equal(["id", "day", "land"], tables[0].Columns.Select(c => c.Name));
        Assert.Equal(["day", "land"], tables[0].PartitionKeys);
        Assert.Equal("db.t", tables[0].Path.ToString());
        Assert.Equal(["+I 1, \"1\", \"de\"", "+I 2, \"2\", \"fr\""], rows);
        (rows, tables, _) = await _files.ReadAsync("path = \"ROOT/in\", file_format_type = csv, parse_partition_from_path = false, read_partitions = [\"day=2\"], schema { fields { id = int } }");
        Assert.Equal(["+I 2"], rows);
        Assert.Single(tables[0].Columns);
        (rows, _, _) = await _files.ReadAsync("path = \"ROOT/in/day=1\", file_format_type = csv, schema { fields { id = int } }");
        Assert.Equal(["+I 1, \"1\", \"de\""], rows);
    }

    [Fact]
    public async Task Names_and_times_filter_files()
    {
        _files.Write("in/a1.csv", "1\n");
        _files.Write("in/a2.csv", "2\n");
        _files.Write("in/b1.txt", "3\n");
        File.SetLastWriteTimeUtc(_files["in/a1.csv"], new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        File.SetLastWriteTimeUtc(_files["in/a2.csv"], new DateTime(2026, 1, 2, 0, 0, 0, DateTimeKind.Utc));
        const string Start = "path = \"ROOT/in\", file_format_type = csv, schema { fields { id = int } }, ";

        Assert.Equal(["+I 1", "+I 2"], (await _files.ReadAsync(Start + "file_filter_pattern = \"a\\\\d[.]csv\"")).Rows);
        Assert.Equal(["+I 2"], (await _files.ReadAsync(Start + "file_filter_pattern = \"ROOT/in/.*2.*\"")).Rows);
        Assert.Equal(["+I 3"], (await _files.ReadAsync(Start + "filename_extension = txt")).Rows);
        Assert.Equal(["+I 2"], (await _files.ReadAsync(Start + "file_filter_modified_start = \"2026-01-02 00:00:00\", filename_extension = csv")).Rows);
        Assert.Equal(["+I 1"], (await _files.ReadAsync(Start + "file_filter_modified_end = \"2026-01-02 00:00:00\"")).Rows);
    }

    [Fact]
    public async Task Columns_are_inferred_projected_and_ordered()
    {
        _files.Write("people.csv", "name,age,born\nAnn,41,1984-02-29\n");

        var (rows, tables, _) = await _files.ReadAsync("path = \"ROOT/people.csv\", file_format_type = csv, plugin_output = \"db.people\", read_columns = [born, name]");

        Assert.Equal("db.people", tables[0].Path.ToString());
        Assert.Equal(["born date", "name string"], tables[0].Columns.Select(c => $"{c.Name} {c.Type}"));
        Assert.Equal(["+I 1984-02-29, \"Ann\""], rows);
    }

    [Fact]
    public async Task A_header_may_have_more_columns_than_the_schema_in_another_order_in_each_file()
    {
        _files.Write("in/1.csv", "name,x,age\nAnn,1,41\n");
        _files.Write("in/2.csv", "age,name\n42,Bob\n");

        var (rows, tables, _) = await _files.ReadAsync("path = \"ROOT/in\", file_format_type = csv, csv_use_header_line = true, schema { fields { age = int, name = string } }");

        Assert.Equal(["age", "name"], tables[0].Columns.Select(c => c.Name));
        Assert.Equal(["+I 41, \"Ann\"", "+I 42, \"Bob\""], rows);
    }

    [Fact]
    public async Task Several_tables_are_read_by_one_source()
    {
        _files.Write("a.csv", "1\n");
        _files.Write("b.csv", "x,2\n");

        var (rows, tables, _) = await _files.ReadAsync(
            "tables_configs = [ { path = \"ROOT/a.csv\", file_format_type = csv, schema { table = a, fields { id = int } } }, { path = \"ROOT/b.csv\", file_format_type = csv, schema { table = b, fields { n = string, v = int } } } ]");

        Assert.Equal(["a", "b"], tables.Select(t => t.Path.ToString()));
        Assert.Equal(["+I 1", "+I \"x\", 2"], rows);
    }

    [Fact]
    public async Task Large_files_are_cut_at_rows_when_several_readers_read()
    {
        _files.Write("large.csv", string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i},\"a\n,\"\"{i}\"\"\"\n")));
        const string Options = "path = \"ROOT/large.csv\", file_format_type = csv, file_split_size = 8192, schema { fields { id = int, t = string } }";

        var (whole, _, one) = await _files.ReadAsync(Options);
        var (rows, _, several) = await _files.ReadAsync(Options, readers: 2);

        Assert.Single(one);
        Assert.True(several.Count > 5, $"{several.Count} parts");
        Assert.Equal(5000, whole.Count);
        Assert.Equal(whole, rows);
        Assert.Single((await _files.ReadAsync(Options + ", enable_file_split = false", readers: 2)).Splits);
        Assert.Equal(several, (await _files.ReadAsync(Options + ", enable_file_split = true")).Splits);
    }

    [Fact]
    public async Task An_empty_folder_is_an_error_unless_the_job_says_otherwise()
    {
        Directory.CreateDirectory(_files["in"]);

        Assert.StartsWith("FILE-0002", await _files.FailAsync("path = \"ROOT/in\", file_format_type = csv"), StringComparison.Ordinal);
        var (rows, tables, _) = await _files.ReadAsync("path = \"ROOT/in\", file_format_type = csv, fail_on_empty_folder = false, schema { fields { id = int } }");
        Assert.Empty(rows);
        Assert.Single(tables);
        Assert.StartsWith("FILE-0002", await _files.FailAsync("path = \"ROOT/in\", file_format_type = csv, fail_on_empty_folder = false"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("path = \"ROOT/no\", file_format_type = csv", "FILE-0001", "\"ROOT/no\" does not exist")]
    [InlineData("path = \"ROOT/people.csv\", file_format_type = csv, read_columns = [agee]", "OPT-0011", "the files have no column \"agee\"")]
    [InlineData("path = \"ROOT/people.csv\", file_format_type = orc", "OPT-0008", "file_format_type \"orc\" is not supported yet")]
    [InlineData("path = \"ROOT/people.csv\", file_format_type = csv, compress_codec = lzo", "OPT-0008", "compress_codec \"lzo\" is not supported yet")]
    [InlineData("path = \"ROOT/people.csv\", file_format_type = csv, sheet_name = x", "OPT-0008", "sheet_name")]
    [InlineData("path = \"ROOT/people.csv\", file_format_type = csv, archive_compress_codec = zip", "OPT-0005", "archive_compress_codec")]
    [InlineData("path = \"ROOT/people.csv\", file_format_type = csv, sync_mode = update", "OPT-0005", "sync_mode")]
    [InlineData("path = \"ROOT/people.csv\", file_format_type = csv, file_filter_pattern = \"(\"", "OPT-0005", "file_filter_pattern")]
    [InlineData("path = \"ROOT/people.csv\", file_format_type = csv, file_filter_modified_end = soon", "OPT-0003", "\"soon\"")]
    [InlineData("path = \"ROOT/people.csv\"", "OPT-0001", "file_format_type")]
    [InlineData("file_format_type = csv", "OPT-", "path")]
    public async Task What_is_wrong_is_said(string options, string code, string part)
    {
        _files.Write("people.csv", "name,age\nAnn,41\n");

        var error = await _files.FailAsync(options);

        Assert.StartsWith(code, error, StringComparison.Ordinal);
        Assert.Contains(part, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_name_must_not_be_a_column_too()
    {
        _files.Write("in/id=1/a.csv", "1\n");

        Assert.Contains("\"id\" is a column of the files and of the folder names", await _files.FailAsync("path = \"ROOT/in\", file_format_type = csv, schema { fields { id = int } }"), StringComparison.Ordinal);
    }

    [Fact]
    public void Options_of_a_sink_are_told_to_have_no_effect()
    {
        _files.Write("a.csv", "1\n");
        var context = _files.Context();

        _files.Source("path = \"ROOT/a.csv\", file_format_type = csv, enable_header_write = true", context);

        var warning = Assert.Single(context.Diagnostics.ToImmutable());
        Assert.Equal(("FILE-0010", Severity.Warning), (warning.Code.Id, warning.Severity));
    }

    [Fact]
    public async Task It_conforms()
    {
        for (var file = 0; file < 3; file++)
        {
            _files.Write($"in/part={file}/a.csv", "id,t\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{i},\"text\n{i}\"\n")));
        }

        await new SourceConformance
        {
            Make = context =>
            {
                FilesFixture.AddFormats((TestPluginContext)context);
                return _files.Source("path = \"ROOT/in\", file_format_type = csv, csv_use_header_line = true, enable_file_split = true, file_split_size = 100000", (TestPluginContext)context)!;
            },
            Rows = 60_000,
        }.CheckAsync(FilesFixture.Stop);
    }

}
