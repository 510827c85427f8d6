using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using SafeCast.TokenMonitor.Tests.Monitoring.Leaks.Inlets;

namespace SafeCast.TokenMonitor.Tests.Monitoring.Leaks;

/// <summary>
/// Listens to everything that a process emits: what an exporter, an agent, a profiler or an operator can switch on. Process-wide, so only for tests in <see cref="ProcessWide"/>.
/// </summary>
internal sealed class Recorder : IDisposable
{
    private readonly ActivityInlet _activities;
    private readonly DiagnosticInlet _diagnostics;
    private readonly EventInlet _events;
    private readonly MeterInlet _meters;
    private readonly ConsoleInlet _console;

    [ThreadStatic]
    private static bool _isRecordingException;

    public Recorder()
    {
        Logs = new LogInlet(Recording);
        _activities = new ActivityInlet(Recording);
        _diagnostics = new DiagnosticInlet(Recording);
        _events = new EventInlet(Recording);
        _meters = new MeterInlet(Recording);
        _console = new ConsoleInlet(Recording);
        AppDomain.CurrentDomain.FirstChanceException += OnException;
    }

    public Recording Recording { get; } = new();

    /// <summary>To be given to the logging of what is listened to.</summary>
    public ILoggerProvider Logs { get; }

    public void Dispose()
    {
        AppDomain.CurrentDomain.FirstChanceException -= OnException;
        _meters.Dispose();
        _events.Dispose();
        _diagnostics.Dispose();
        _activities.Dispose();
        _console.Dispose();
        Logs.Dispose();
    }

    // Every exception, even one that is caught at once: a snapshot debugger sees those, too.
    private void OnException(object? sender, FirstChanceExceptionEventArgs e)
    {
        if (_isRecordingException)
        {
            return;
        }

        _isRecordingException = true;
        try
        {
            Recording.Add("exception", e.Exception.ToString());
        }
        finally
        {
            _isRecordingException = false;
        }
    }
}
