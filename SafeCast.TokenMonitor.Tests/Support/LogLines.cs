using Microsoft.Extensions.Logging;

namespace SafeCast.TokenMonitor.Tests.Support;

/// <summary>Remembers every log line, its named values printed as a structured log would print them.</summary>
internal sealed class LogLines<T> : ILogger<T>
{
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _lines];
            }
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var values = state as IEnumerable<KeyValuePair<string, object?>> ?? [];
        lock (_gate)
        {
            _lines.Add($"{logLevel} {eventId.Name}: {formatter(state, exception)} {{{string.Join("; ", values.Select(value => $"{value.Key}={value.Value}"))}}} {exception}".TrimEnd());
        }
    }
}
