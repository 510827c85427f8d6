using System.Globalization;
using SafeCast.TokenMonitor.Benchmarks;
using Spectre.Console;

// dotnet run --configuration Release --project SafeCast.TokenMonitor.Benchmarks -- [runs, default 10]
var runs = args is [var count, ..] ? int.Parse(count, CultureInfo.InvariantCulture) : 10;
if (!OperatingSystem.IsLinux())
{
    Console.Error.WriteLine("The benchmark runs on Linux only: on other systems, no setting makes the apps trust the certificate of the simulated vault.");
    return 1;
}

var root = RepositoryRoot();
await using var baseline = await MeasuredApp.PublishAsync(Path.Combine(root, "SafeCast.TokenMonitor.Benchmarks.Baseline"));
await using var monitor = await MeasuredApp.PublishAsync(Path.Combine(root, "SafeCast.TokenMonitor.Functions"));

// Interleaved, so that other work on the machine slows both.
var (ofBaseline, ofMonitor) = (new List<Measurement>(), new List<Measurement>());
for (var run = 0; run < runs; run++)
{
    ofBaseline.Add(await baseline.MeasureAsync());
    ofMonitor.Add(await monitor.MeasureAsync());
}

var table = new Table().Title($"Medians of {runs} interleaved runs").AddColumns("", "Baseline", "Monitor", "Ratio");
AddRow("First invocation done after (ms)", measurement => measurement.FirstInvocation.TotalMilliseconds);
AddRow("Later invocation (ms)", measurement => measurement.LaterInvocation.TotalMilliseconds);
AddRow("Resident memory (MB)", measurement => measurement.ResidentBytes / 1e6);
AnsiConsole.Write(table);
return 0;

void AddRow(string name, Func<Measurement, double> value)
{
    var (theirs, ours) = (Median(ofBaseline.Select(value)), Median(ofMonitor.Select(value)));
    table.AddRow(name, $"{theirs:0.0}", $"{ours:0.0}", $"{ours / theirs:0.00}");
}

static double Median(IEnumerable<double> values) => values.Order().ToList() is { Count: var n } sorted ? (sorted[(n - 1) / 2] + sorted[n / 2]) / 2 : 0;

static string RepositoryRoot()
{
    var folder = AppContext.BaseDirectory;
    while (!File.Exists(Path.Combine(folder, "SafeCast.TokenMonitor.slnx")))
    {
        folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Run the benchmark inside the repository.");
    }

    return folder;
}
