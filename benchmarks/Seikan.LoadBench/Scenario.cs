namespace Seikan.LoadBench;

/// <summary>One whole-job benchmark: our command, the peer's where there is one, and what came out.</summary>
/// <param name="Name">Name on the command line and in the results.</param>
/// <param name="Rows">Rows moved.</param>
/// <param name="Job">The job text; null for commands without a job.</param>
/// <param name="PeerTask">Task of <see cref="Peer"/>; null = no peer.</param>
/// <param name="From">File read; null = none.</param>
/// <param name="To">File the peer writes; null = none.</param>
internal sealed record Scenario(string Name, long Rows, string Job, string? PeerTask, string? From, string? To)
{
    /// <summary>Rows of a row group, ours and the peer's.</summary>
    public const int RowGroupRows = 122_880;

    /// <summary>Arguments of our command before the job file.</summary>
    public string[] Command { get; init; } = ["run"];

    /// <summary>All scenarios.</summary>
    /// <param name="folder">Where data and results of the runs lie.</param>
    /// <param name="rows">Rows of the file scenarios.</param>
    public static IEnumerable<Scenario> All(string folder, long rows)
    {
        var csv = Path.Combine(folder, $"trips-{rows}.csv");
        var parquet = Path.Combine(folder, $"trips-{rows}.parquet");
        yield return new Scenario(
            "csv-to-parquet", rows,
            $$"""
            env { job.name = "csv-to-parquet" }
            source { LocalFile { path = "{{csv}}", file_format_type = csv, csv_use_header_line = true, schema { fields { {{TripData.JobFields}} } } } }
            sink { LocalFile { path = "{{folder}}/out-parquet", file_format_type = parquet, compress_codec = snappy, parquet_row_group_rows = {{RowGroupRows}}, batch_size = 100000000 } }
            """,
            "csv-to-parquet", csv, Path.Combine(folder, "peer.parquet"));
        yield return new Scenario(
            "parquet-to-csv", rows,
            $$"""
            env { job.name = "parquet-to-csv" }
            source { LocalFile { path = "{{parquet}}", file_format_type = parquet } }
            sink { LocalFile { path = "{{folder}}/out-csv", file_format_type = csv, enable_header_write = true, batch_size = 100000000 } }
            """,
            "parquet-to-csv", parquet, Path.Combine(folder, "peer.csv"));
        yield return new Scenario("fake-to-blackhole", 40_000_000, FakeJob(40_000_000, 2), null, null, null);
        yield return new Scenario("hundred-million", 100_000_000, FakeJob(100_000_000, 2), null, null, null);
        yield return new Scenario("small-run", 16, FakeJob(16, 1), null, null, null);
        yield return new Scenario("small-check", 16, FakeJob(16, 1), null, null, null) { Command = ["check"] };
    }

    // 8 + 8 + 240 bytes a row.
    private static string FakeJob(long rows, int parallelism) =>
        $$"""
        env { parallelism = {{parallelism}} }
        source { FakeSource { row.num = {{rows / parallelism}}, string.length = 240, schema { fields { id = bigint, amount = double, payload = string } } } }
        sink { BlackHole { } }
        """;
}
