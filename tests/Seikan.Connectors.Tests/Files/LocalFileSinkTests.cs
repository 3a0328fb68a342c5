using Seikan.Connectors.Files.Writing;
using Seikan.Core;
using Seikan.Plugins;
using Seikan.Testing;

namespace Seikan.Connectors.Tests.Files;

public sealed class LocalFileSinkTests : IDisposable
{
    private static readonly TableSchema People = TestMemory.Table("people", [("id", DataType.Int), ("name", DataType.String), ("land", DataType.String)]);

    private readonly FilesFixture _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Files_have_no_final_name_before_the_commit()
    {
        await using var sink = Sink("path = \"ROOT/out\"");
        var (writer, context, committer) = await FilesFixture.OpenAsync(sink, People);

        await writer.WriteAsync(Batch([1, "Ann", "de"]), FilesFixture.Stop);
        Assert.All(_files.Files.Keys, f => Assert.StartsWith("out/.seikan-tmp/", f, StringComparison.Ordinal));
        var item = Assert.Single((await writer.PrepareAsync(1, FilesFixture.Stop)).Items);
        Assert.All(_files.Files.Keys, f => Assert.StartsWith("out/.seikan-tmp/", f, StringComparison.Ordinal));
        Assert.Equal(CommitOutcome.Committed, (await committer.CommitAsync(item, FilesFixture.Stop)).Outcome);
        await writer.DisposeAsync();
        await committer.SweepAsync([], FilesFixture.Stop);

        var (name, text) = Assert.Single(_files.Files);
        Assert.Matches("^out/T_7_[0-9a-f]{8}_0_1_0[.]csv$", name);
        Assert.Equal("1,Ann,de\n", text);
        Assert.Equal(1, item.Rows);
        Assert.Equal(text.Length, context.Bytes);
        Assert.False(Directory.Exists(_files["out/.seikan-tmp"]));
    }

    [Fact]
    public async Task A_commit_may_be_repeated_by_another_process()
    {
        CommitInfo item;
        await using (var sink = Sink("path = \"ROOT/out\""))
        {
            var (writer, _, _) = await FilesFixture.OpenAsync(sink, People);
            await writer.WriteAsync(Batch([1, "Ann", "de"]), FilesFixture.Stop);
            item = Assert.Single((await writer.PrepareAsync(1, FilesFixture.Stop)).Items);
            await writer.DisposeAsync(); // the process ends here: what was prepared stays
        }

        await using var restarted = Sink("path = \"ROOT/out\"");
        var committer = Committer(restarted);
        Assert.Equal(CommitOutcome.Committed, (await committer.CommitAsync(item, FilesFixture.Stop)).Outcome);
        Assert.Equal(CommitOutcome.AlreadyCommitted, (await committer.CommitAsync(item, FilesFixture.Stop)).Outcome);
        Assert.Equal("1,Ann,de\n", _files.Files.Single(f => !f.Key.Contains(".seikan-tmp", StringComparison.Ordinal)).Value);

        File.Delete(Directory.GetFiles(_files["out"]).Single());
        var lost = await committer.CommitAsync(item, FilesFixture.Stop);
        Assert.Equal((CommitOutcome.Lost, "FILE-0009"), (lost.Outcome, lost.Cause!.Code.Id));
    }

    [Fact]
    public async Task What_is_aborted_or_left_goes_and_what_is_kept_stays()
    {
        await using var sink = Sink("path = \"ROOT/out\"");
        var (writer, _, committer) = await FilesFixture.OpenAsync(sink, People);
        await writer.WriteAsync(Batch([1, "Ann", "de"]), FilesFixture.Stop);
        var kept = Assert.Single((await writer.PrepareAsync(1, FilesFixture.Stop)).Items);
        await writer.WriteAsync(Batch([2, "Bob", "de"]), FilesFixture.Stop);
        var aborted = Assert.Single((await writer.PrepareAsync(2, FilesFixture.Stop)).Items);
        await writer.WriteAsync(Batch([3, "Cid", "de"]), FilesFixture.Stop);
        Assert.Equal(3, _files.Files.Count);

        await writer.DisposeAsync();
        Assert.Equal(2, _files.Files.Count);
        await committer.AbortAsync(aborted, FilesFixture.Stop);
        await committer.SweepAsync([kept], FilesFixture.Stop);
        Assert.Equal("1,Ann,de\n", Assert.Single(_files.Files).Value);
        await committer.SweepAsync([], FilesFixture.Stop);
        Assert.Empty(_files.Files);
        Assert.False(Directory.Exists(_files["out/.seikan-tmp"]));
        await committer.AbortAsync(aborted, FilesFixture.Stop);
    }

    [Fact]
    public async Task Rows_roll_into_files_of_batch_size()
    {
        await _files.WriteAsync("path = \"ROOT/out\", batch_size = 2", People, [1, "a", "x"], [2, "b", "x"], [3, "c", "x"], [4, "d", "x"], [5, "e", "x"]);

        Assert.Equal(["1,a,x\n2,b,x\n", "3,c,x\n4,d,x\n", "5,e,x\n"], _files.Files.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Value));
    }

    [Fact]
    public async Task Rows_roll_into_files_of_max_file_bytes()
    {
        var context = _files.Context("sink[0] LocalFile");
        await using var sink = _files.Sink("path = \"ROOT/out\", max_file_bytes = 1024", context);
        var (writer, _, _) = await FilesFixture.OpenAsync(sink!, People);
        for (var i = 0; i < 3; i++)
        {
            await writer.WriteAsync(_files.Memory.Batch(People, [.. Enumerable.Range(0, 16_000).Select(n => new object?[] { n, new string('x', 60), "y" })]), FilesFixture.Stop);
        }

        var prepared = await writer.PrepareAsync(1, FilesFixture.Stop);
        await writer.DisposeAsync();

        Assert.Equal([16_000L, 16_000L, 16_000L], prepared.Items.Select(i => i.Rows));
    }

    [Fact]
    public async Task One_file_a_writer_when_asked()
    {
        await _files.WriteAsync("path = \"ROOT/out\", batch_size = 1, single_file_mode = true", People, [1, "a", "x"], [2, "b", "x"]);

        var (name, text) = Assert.Single(_files.Files);
        Assert.Matches("^out/T_7_[0-9a-f]{8}_0_1[.]csv$", name);
        Assert.Equal("1,a,x\n2,b,x\n", text);
    }

    [Fact]
    public async Task A_table_without_rows_makes_a_file_when_asked()
    {
        await _files.WriteAsync("path = \"ROOT/out\"", People);
        Assert.Empty(_files.Files);

        await _files.WriteAsync("path = \"ROOT/out\", create_empty_file_when_no_data = true, enable_header_write = true", People);
        Assert.Equal("id,name,land\n", Assert.Single(_files.Files).Value);
    }

    [Fact]
    public async Task Rows_go_into_folders_of_their_partition()
    {
        await _files.WriteAsync("path = \"ROOT/out\", have_partition = true, partition_by = [land, id]", People, [1, "a", "de"], [2, "b", "a/b=c"], [1, "c", "de"], [3, "d", null]);

        Assert.Equal(
            ["out/land=__HIVE_DEFAULT_PARTITION__/id=3 d\n", "out/land=a%2Fb%3Dc/id=2 b\n", "out/land=de/id=1 a\nc\n"],
            _files.Files.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{Path.GetDirectoryName(f.Key)} {f.Value}"));
    }

    [Fact]
    public async Task Partition_folders_follow_the_expression_and_stay_below_the_path()
    {
        await _files.WriteAsync(
            "path = \"ROOT/out\", have_partition = true, partition_by = [land], partition_dir_expression = \"x/${v0}/\", is_partition_field_write_in_file = true", People, [1, "a", ".."], [2, "b", "fr"]);

        Assert.Equal(["out/x/%2E%2E 1,a,..\n", "out/x/fr 2,b,fr\n"], _files.Files.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{Path.GetDirectoryName(f.Key)} {f.Value}"));
    }

    [Fact]
    public async Task Many_partitions_do_not_stay_open()
    {
        await _files.WriteAsync("path = \"ROOT/out\", have_partition = true, partition_by = [id]", People, [.. Enumerable.Range(0, 500).Select(i => new object?[] { i % 250, "a", "x" })]);

        Assert.Equal(250, _files.Files.Count);
        Assert.All(_files.Files.Values, text => Assert.Equal("a,x\na,x\n", text));
    }

    [Fact]
    public async Task Columns_are_chosen_and_ordered()
    {
        await _files.WriteAsync("path = \"ROOT/out\", sink_columns = [land, id], enable_header_write = true", People, [1, "a", "de"]);

        Assert.Equal("land,id\nde,1\n", Assert.Single(_files.Files).Value);
    }

    [Fact]
    public async Task Placeholders_are_filled_in_folders_and_names()
    {
        var table = new TableSchema(new TablePath("db", null, "t"), People.Columns);
        var year = _files.Memory.Time.GetUtcNow().Year;

        await _files.WriteAsync(
            "path = \"ROOT/${database_name}/${schema_name:none}/${table_name}\", custom_filename = true, file_name_expression = \"x_${now}\", filename_time_format = \"yyyy\", filename_extension = txt", table, [1, "a", "de"]);

        Assert.Matches($"^db/none/t/T_7_[0-9a-f]{{8}}_0_1_x_{year}_0[.]txt$", Assert.Single(_files.Files).Key);
    }

    [Fact]
    public async Task Row_kinds_are_dropped()
    {
        await using var sink = Sink("path = \"ROOT/out\"");
        var (writer, _, _) = await FilesFixture.OpenAsync(sink, People);
        await writer.WriteAsync(_files.Memory.Batch(People, [(RowKind.Insert, [1, "a", "x"]), (RowKind.UpdateBefore, [1, "a", "x"]), (RowKind.UpdateAfter, [1, "b", "x"]), (RowKind.Delete, [1, "b", "x"])]), FilesFixture.Stop);

        var item = Assert.Single((await writer.PrepareAsync(1, FilesFixture.Stop)).Items);
        await writer.DisposeAsync();

        Assert.Equal(4, item.Rows);
        Assert.Equal("1,a,x\n1,a,x\n1,b,x\n1,b,x\n", Assert.Single(_files.Files).Value);
    }

    [Fact]
    public async Task A_changed_table_begins_a_new_file()
    {
        await using var sink = Sink("path = \"ROOT/out\"");
        var (writer, _, _) = await FilesFixture.OpenAsync(sink, People);
        var changed = new TableSchema(People.Path, [.. People.Columns, new ColumnDef("more", DataType.Int)]) { Version = 2 };

        await writer.WriteAsync(Batch([1, "a", "x"]), FilesFixture.Stop);
        await writer.WriteAsync(_files.Memory.Batch(changed, [2, "b", "y", 3]), FilesFixture.Stop);
        var prepared = await writer.PrepareAsync(1, FilesFixture.Stop);
        await writer.DisposeAsync();

        Assert.Equal(2, prepared.Items.Length);
        Assert.Equal(["1,a,x\n", "2,b,y,3\n"], _files.Files.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Value));
    }

    [Fact]
    public async Task Save_modes_decide_about_the_folder()
    {
        _files.Write("out/old.csv", "old\n");
        _files.Write("out/.seikan-tmp/other-job", "unfinished");

        Assert.Contains("FILE-0008", await RefusedAsync("path = \"ROOT/out\", data_save_mode = ERROR_WHEN_DATA_EXISTS"), StringComparison.Ordinal);
        Assert.Contains("FILE-0008", await RefusedAsync("path = \"ROOT/no\", schema_save_mode = ERROR_WHEN_SCHEMA_NOT_EXIST"), StringComparison.Ordinal);
        Assert.Contains("FILE-0006", await RefusedAsync("path = \"ROOT/out/old.csv\""), StringComparison.Ordinal);
        await _files.WriteAsync("path = \"ROOT/out\"", People, [1, "a", "x"]);
        Assert.Equal(3, _files.Files.Count);
        await _files.WriteAsync("path = \"ROOT/out\", data_save_mode = DROP_DATA", People, [2, "b", "x"]);
        Assert.Equal(["2,b,x\n", "unfinished"], _files.Files.Values.Order());
        await _files.WriteAsync("path = \"ROOT/out\", schema_save_mode = RECREATE_SCHEMA", People, [3, "c", "x"]);
        Assert.Equal("3,c,x\n", Assert.Single(_files.Files).Value);
    }

    [Theory]
    [InlineData("path = \"ROOT/out\", is_enable_transaction = false", "OPT-0008")]
    [InlineData("path = \"ROOT/out\", file_format_type = json", "OPT-0008")]
    [InlineData("path = \"ROOT/out\", compress_codec = lzo", "OPT-0008")]
    [InlineData("path = \"ROOT/out\", data_save_mode = CUSTOM_PROCESSING", "OPT-0005")]
    [InlineData("path = \"ROOT/out\", filename_time_format = \"QQQ\"", "FILE-0011")]
    [InlineData("path = \"ROOT/out\", xml_root_tag = x", "OPT-0008")]
    [InlineData("path = \"ROOT/out\", have_partition = true", "OPT-")]
    public void What_is_wrong_is_said(string options, string code)
    {
        var context = _files.Context("sink[0] LocalFile");

        _files.Sink(options, context);

        Assert.StartsWith(code, Assert.Single(PluginText.Errors(context)), StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_columns_are_named()
    {
        var problems = Sink("path = \"ROOT/out\", have_partition = true, partition_by = [lnd], sink_columns = [id, nam]").CheckTables([People]);

        Assert.Equal(["nam", "lnd"], problems.Select(p => p.Message.Split('"')[3]));
        Assert.All(problems, p => Assert.Equal("OPT-0011", p.Code.Id));
    }

    [Fact]
    public async Task A_temporary_folder_on_another_device_is_refused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Directory.Exists("/dev/shm"), "needs a second file system");
        var other = $"/dev/shm/seikan-test-{Guid.NewGuid():N}";

        var problem = Assert.Single(await Sink($"path = \"ROOT/${{table_name}}\", tmp_path = \"{other}\"").ProbeAsync(FilesFixture.Stop));

        Assert.Equal("FILE-0007", problem.Code.Id);
        Assert.False(Directory.Exists(other));
    }

    [Fact]
    public async Task It_conforms()
    {
        var folder = 0;
        await new SinkConformance
        {
            Make = context =>
            {
                FilesFixture.AddFormats((TestPluginContext)context);
                folder++;
                return _files.Sink($"path = \"ROOT/{folder}\"", (TestPluginContext)context)!;
            },
            MakeBatch = static (memory, rows) => memory.Batch(People, [.. Enumerable.Range(0, rows).Select(i => new object?[] { i, $"n{i}", "de" })]),
            CountRowsAsync = () => Task.FromResult((long)Directory.GetFiles(_files[$"{folder}"]).Sum(f => File.ReadLines(f).Count())),
        }.CheckAsync(FilesFixture.Stop);
    }

    private LocalFileSink Sink(string options)
    {
        var context = _files.Context("sink[0] LocalFile");
        var sink = _files.Sink(options, context);
        context.Diagnostics.ThrowIfErrors();
        return sink!;
    }

    private async Task<string> RefusedAsync(string options) =>
        (await Assert.ThrowsAsync<SeikanException>(async () => await Sink(options).PrepareTablesAsync([People], FilesFixture.Stop))).Message;

    private static ICommitter Committer(LocalFileSink sink) => ((Delivery.TwoPhase)sink.Delivery).Committer(new CommitterContext(7, 1, 0, 2));

    private RowBatch Batch(params object?[][] rows) => _files.Memory.Batch(People, rows);
}
