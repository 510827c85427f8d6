using Microsoft.Extensions.Logging;

namespace SafeCast.TokenMonitor.Tests.Monitoring.Leaks.Inlets;

/// <summary>Every log line of every category at every level: text, values, exception, scopes.</summary>
internal sealed class LogInlet(Recording recording) : ILoggerProvider, ISupportExternalScope
{
    private IExternalScopeProvider? _scopes;

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    private void Add(string category, string part, object? state)
    {
        recording.Add($"log {category} {part}", state?.ToString());
        foreach (var (key, value) in state as IEnumerable<KeyValuePair<string, object?>> ?? [])
        {
            // A structured sink takes a value apart, and does not stop at what it prints as.
            PublicProperties.Walk(value, text => recording.Add($"log {category} {part} value", $"{key}={text}"));
        }
    }

    private sealed class Logger(LogInlet inlet, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            inlet.Add(category, "scope", state);
            return inlet._scopes?.Push(state);
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            inlet.Add(category, "state", state);
            inlet.Add(category, "text", formatter(state, exception));
            inlet.Add(category, "exception", exception);
            inlet._scopes?.ForEachScope(static (scope, self) => self.inlet.Add(self.category, "scope", scope), (inlet, category));
        }
    }
}
