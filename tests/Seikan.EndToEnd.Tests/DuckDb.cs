using DuckDB.NET.Data;

namespace Seikan.EndToEnd.Tests;

/// <summary>An engine that is not ours, as the judge of files.</summary>
internal static class DuckDb
{
    /// <summary>The first value of a query.</summary>
    public static object? Scalar(string sql)
    {
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    /// <summary>Runs a statement.</summary>
    public static void Execute(string sql) => Scalar(sql);

    /// <summary>How many rows of two queries have no partner in the other, duplicates counted.</summary>
    public static long Differences(string a, string b) =>
        Convert.ToInt64(Scalar($"SELECT (SELECT count(*) FROM ({a} EXCEPT ALL {b})) + (SELECT count(*) FROM ({b} EXCEPT ALL {a}))"), System.Globalization.CultureInfo.InvariantCulture);
}
