using DuckDB.NET.Data;

namespace Seikan.LoadBench;

/// <summary>DuckDB doing the same as a job, in a process of its own: two threads, same codec, same row groups.</summary>
internal static class Peer
{
    /// <summary>Runs one of the peer's commands.</summary>
    /// <param name="task"><c>csv-to-parquet</c> or <c>parquet-to-csv</c>.</param>
    /// <param name="from">The file to read.</param>
    /// <param name="to">The file to write.</param>
    public static void Run(string task, string from, string to)
    {
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SET threads = 2; " + task switch
        {
            "csv-to-parquet" =>
                $"COPY (SELECT * FROM read_csv('{from}', header = true, columns = {TripData.DuckDbColumns})) TO '{to}' (FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE {Scenario.RowGroupRows})",
            "parquet-to-csv" => $"COPY (SELECT * FROM read_parquet('{from}')) TO '{to}' (FORMAT csv, HEADER true)",
            _ => throw new ArgumentException($"no such task: {task}", nameof(task)),
        };
        command.ExecuteNonQuery();
    }
}
