using System.Diagnostics.Metrics;

namespace SafeCast.TokenMonitor.Tests.Monitoring.Leaks.Inlets;

/// <summary>Every measurement of every meter, for its tags.</summary>
internal sealed class MeterInlet : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Recording _recording;

    public MeterInlet(Recording recording)
    {
        _recording = recording;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            foreach (var (key, value) in (instrument.Tags ?? []).Concat(instrument.Meter.Tags ?? []))
            {
                recording.Add($"meter {instrument.Meter.Name}", $"{key}={value}");
            }

            listener.EnableMeasurementEvents(instrument);
        };
        Listen<byte>();
        Listen<short>();
        Listen<int>();
        Listen<long>();
        Listen<float>();
        Listen<double>();
        Listen<decimal>();
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    private void Listen<T>()
        where T : struct => _listener.SetMeasurementEventCallback<T>((instrument, _, tags, _) =>
    {
        foreach (var (key, value) in tags)
        {
            _recording.Add($"meter {instrument.Meter.Name} {instrument.Name}", $"{key}={value}");
        }
    });
}
