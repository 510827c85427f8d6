using System.Diagnostics.Tracing;

namespace SafeCast.TokenMonitor.Tests.Monitoring.Leaks.Inlets;

/// <summary>Every event of every event source at the level Verbose: what dotnet-trace or an agent could switch on.</summary>
internal sealed class EventInlet : EventListener
{
    private readonly Recording? _recording;
    private readonly Lock _gate = new();

    public EventInlet(Recording recording)
    {
        _recording = recording;

        // The base class reported existing sources before there was a recording.
        foreach (var source in EventSource.GetSources())
        {
            Enable(source);
        }
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (_recording is not null)
        {
            Enable(eventSource);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        var inlet = $"event {eventData.EventSource.Name} {eventData.EventName}";
        _recording?.Add(inlet, eventData.Message);
        foreach (var value in eventData.Payload ?? Enumerable.Empty<object?>())
        {
            PublicProperties.Walk(value, text => _recording?.Add(inlet, text));
        }
    }

    private void Enable(EventSource source)
    {
        if (IsWorthHearing(source.Name))
        {
            lock (_gate)
            {
                EnableEvents(source, EventLevel.Verbose, EventKeywords.All);
            }
        }
    }

    private static bool IsWorthHearing(string name) =>

        // The platform's own debugging output, down to the bytes of each request. It is not public and is not exported.
        !name.StartsWith("Private.", StringComparison.Ordinal)

        // The runtime itself and its scheduler: each method compiled, each task begun, by number and never with a value. The runtime's
        // exceptions come in by another inlet.
        && name is not ("Microsoft-Windows-DotNETRuntime" or "System.Threading.Tasks.TplEventSource" or "System.Buffers.ArrayPoolEventSource")

        // Bridges, which say as events what diagnostic listeners, activities and meters say, and so do the inlets for those.
        && name is not ("Microsoft-Diagnostics-DiagnosticSource" or "System.Diagnostics.Metrics")
        && !ServerSide.Is(name);
}
