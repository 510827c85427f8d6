using System.Diagnostics;

namespace SafeCast.TokenMonitor.Tests.Monitoring.Leaks.Inlets;

/// <summary>Every activity of every source with all its data.</summary>
internal sealed class ActivityInlet : IDisposable
{
    private readonly ActivityListener _listener;

    public ActivityInlet(Recording recording)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => !ServerSide.Is(source.Name),
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            SampleUsingParentId = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = activity => Add(recording, activity),
            ActivityStopped = activity => Add(recording, activity),
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    private static void Add(Recording recording, Activity activity)
    {
        var inlet = $"activity {activity.Source.Name}";
        recording.Add(inlet, $"{activity.OperationName} {activity.DisplayName} {activity.StatusDescription} {activity.TraceStateString}");
        foreach (var (key, value) in activity.TagObjects)
        {
            recording.Add(inlet, $"{key}={value}");
        }

        foreach (var (key, value) in activity.Baggage)
        {
            recording.Add($"{inlet} baggage", $"{key}={value}");
        }

        foreach (var happening in activity.Events)
        {
            recording.Add($"{inlet} event", happening.Name);
            foreach (var (key, value) in happening.Tags)
            {
                recording.Add($"{inlet} event", $"{key}={value}");
            }
        }

        foreach (var (key, value) in activity.Links.SelectMany(link => link.Tags ?? []))
        {
            recording.Add($"{inlet} link", $"{key}={value}");
        }
    }
}
