using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using SafeCast.TokenMonitor.Configuration;
using SafeCast.TokenMonitor.Monitoring;

namespace SafeCast.TokenMonitor.Functions;

/// <summary>Composes the Functions app: the monitor, and where its logs and metrics go.</summary>
public static class TokenMonitorApp
{
    /// <summary>Adds the monitor and its telemetry to a Functions app.</summary>
    /// <exception cref="ConfigurationException">The configuration is invalid or incomplete; the message lists every error.</exception>
    public static FunctionsApplicationBuilder AddTokenMonitorApp(this FunctionsApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddTokenMonitor(builder.Configuration, MonitorHosting.Unattended);
        AddTelemetry(builder);
        return builder;
    }

    private static void AddTelemetry(FunctionsApplicationBuilder builder)
    {
        var telemetry = builder.Services.AddOpenTelemetry()
            .UseFunctionsWorkerDefaults()
            .WithMetrics(metrics => metrics.AddMeter(CheckMetrics.MeterName));
        if (builder.Configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"] is not { Length: > 0 })
        {
            // With OpenTelemetry the host leaves logging to the worker; without an exporter its lines would go nowhere.
            builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
            return;
        }

        telemetry.UseAzureMonitorExporter(exporter =>
        {
            // Set where ingestion accepts identities only; the host reads it too.
            if (builder.Configuration["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"] is { Length: > 0 })
            {
                exporter.Credential = new DefaultAzureCredential();
            }

            // The alarm for missing checks counts single lines: none may be sampled away, nor with the trace that it belongs to.
            exporter.TracesPerSecond = null;
            exporter.SamplingRatio = 1;
            exporter.EnableTraceBasedLogsSampler = false;

            // Live metrics and performance counters would add calls and series that nothing here uses.
            exporter.EnableLiveMetrics = false;
            exporter.EnablePerformanceCounters = false;
        });
    }
}
