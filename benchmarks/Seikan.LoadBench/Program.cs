using System.Globalization;
using Seikan.LoadBench;

// Usage: LoadBench [--rows N] [--pairs N] [--data FOLDER] [--seikan FILE] [SCENARIO ...]
// Whole processes, ours and the peer's in turn, median of the pairs.
if (args is ["peer", var task, var from, var to])
{
    Peer.Run(task, from, to);
    return 0;
}

var rows = 10_000_000L;
var pairs = 5;
var folder = Path.Combine(Path.GetTempPath(), "seikan-loadbench");
var seikan = Path.GetFullPath("seikan");
var names = new List<string>();
for (var i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--rows": rows = long.Parse(args[++i], CultureInfo.InvariantCulture); break;
        case "--pairs": pairs = int.Parse(args[++i], CultureInfo.InvariantCulture); break;
        case "--data": folder = Path.GetFullPath(args[++i]); break;
        case "--seikan": seikan = Path.GetFullPath(args[++i]); break;
        default: names.Add(args[i]); break;
    }
}

Directory.CreateDirectory(folder);
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};
Console.WriteLine($"{"scenario",-18} {"who",-7} {"s",8} {"Mrows/s",8} {"cpu s",8} {"MiB",7}   ratio of medians (peer seconds / ours)");
foreach (var scenario in Scenario.All(folder, rows).Where(s => names.Count == 0 || names.Contains(s.Name)))
{
    await RunAsync(scenario);
}

return 0;

async Task RunAsync(Scenario scenario)
{
    PrepareInput(scenario);
    var job = Path.Combine(folder, scenario.Name + ".conf");
    File.WriteAllText(job, scenario.Job);
    var (ours, peers) = (new List<Measurement>(), new List<Measurement>());
    for (var pair = 0; pair <= pairs; pair++)
    {
        Clean();
        var our = await Measurement.RunAsync(seikan, [.. scenario.Command, job], folder, stop.Token);
        Clean();
        var peer = scenario.PeerTask is null ? null : await RunPeerAsync(scenario);
        if (pair > 0)
        {
            ours.Add(our); // the first pair warms the page cache
            if (peer is not null)
            {
                peers.Add(peer);
            }
        }
    }

    Clean();
    Print(scenario, "seikan", ours);
    if (peers.Count > 0)
    {
        Print(scenario, "duckdb", peers);
        Console.WriteLine($"{scenario.Name,-18} ratio   {Median(peers, m => m.Seconds) / Median(ours, m => m.Seconds),8:F2}");
    }
}

Task<Measurement> RunPeerAsync(Scenario scenario) =>
    Measurement.RunAsync(Environment.ProcessPath!, ["peer", scenario.PeerTask!, scenario.From!, scenario.To!], folder, stop.Token);

void PrepareInput(Scenario scenario)
{
    var csv = Path.Combine(folder, $"trips-{rows}.csv");
    if (scenario.From is null)
    {
        return;
    }

    if (!File.Exists(csv))
    {
        Console.WriteLine($"making {csv}");
        TripData.Write(csv + ".part", rows, seed: 1);
        File.Move(csv + ".part", csv);
    }

    if (scenario.From != csv && !File.Exists(scenario.From))
    {
        Console.WriteLine($"making {scenario.From}");
        Peer.Run("csv-to-parquet", csv, scenario.From);
    }
}

void Clean()
{
    foreach (var old in (string[])["out-parquet", "out-csv"])
    {
        if (Directory.Exists(Path.Combine(folder, old)))
        {
            Directory.Delete(Path.Combine(folder, old), recursive: true);
        }
    }
}

static void Print(Scenario scenario, string who, List<Measurement> runs)
{
    var seconds = Median(runs, m => m.Seconds);
    Console.WriteLine(
        $"{scenario.Name,-18} {who,-7} {seconds,8:F3} {scenario.Rows / seconds / 1e6,8:F3} {Median(runs, m => m.CpuSeconds),8:F2} {Median(runs, m => m.PeakMiB),7:F0}");
}

static double Median(List<Measurement> runs, Func<Measurement, double> of)
{
    var sorted = runs.Select(of).Order().ToList();
    return sorted[sorted.Count / 2];
}
