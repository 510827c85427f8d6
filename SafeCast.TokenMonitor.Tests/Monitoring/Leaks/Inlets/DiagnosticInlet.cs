using System.Collections.Concurrent;
using System.Diagnostics;

namespace SafeCast.TokenMonitor.Tests.Monitoring.Leaks.Inlets;

/// <summary>Every event of every diagnostic listener, with what its payload holds: requests, responses, their URIs and headers.</summary>
internal sealed class DiagnosticInlet : IObserver<DiagnosticListener>, IDisposable
{
    private readonly ConcurrentBag<IDisposable> _subscriptions = [];
    private readonly Recording _recording;

    public DiagnosticInlet(Recording recording)
    {
        _recording = recording;
        _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    public void OnNext(DiagnosticListener value)
    {
        if (!ServerSide.Is(value.Name))
        {
            _subscriptions.Add(value.Subscribe(new Events(_recording, value.Name)));
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose()
    {
        foreach (var subscription in _subscriptions)
        {
            subscription.Dispose();
        }
    }

    private sealed class Events(Recording recording, string listener) : IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(KeyValuePair<string, object?> value) =>
            PublicProperties.Walk(value.Value, text => recording.Add($"diagnostic {listener} {value.Key}", text));

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
