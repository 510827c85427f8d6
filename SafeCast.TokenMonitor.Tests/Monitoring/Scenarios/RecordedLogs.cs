using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace SafeCast.TokenMonitor.Tests.Monitoring.Scenarios;

/// <summary>Keeps every log line.</summary>
internal sealed class RecordedLogs : ILoggerProvider
{
    private readonly ConcurrentQueue<Line> _lines = new();

    public IReadOnlyList<Line> Lines => [.. _lines];

    public IReadOnlyList<Line> Named(string eventName) => [.. _lines.Where(line => line.Event == eventName)];

    public ILogger CreateLogger(string categoryName) => new Logger(_lines);

    public void Dispose()
    {
    }

    internal sealed record Line(LogLevel Level, string? Event, string Text, IReadOnlyDictionary<string, object?> Values);

    private sealed class Logger(ConcurrentQueue<Line> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(new Line(
                logLevel,
                eventId.Name,
                formatter(state, exception),
                (state as IEnumerable<KeyValuePair<string, object?>> ?? []).ToDictionary(pair => pair.Key, pair => pair.Value)));
    }
}
