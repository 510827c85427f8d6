using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using SafeCast.TokenMonitor.Configuration;
using SafeCast.TokenMonitor.Monitoring;

namespace SafeCast.TokenMonitor.Functions;

/// <summary>Composes the Functions app: the monitor and its telemetry.</summary>
public static class TokenMonitorApp
{
    /// <summary>Adds the monitor and its telemetry to a Functions app. Invalid settings stop the app when it starts.</summary>
    public static FunctionsApplicationBuilder AddTokenMonitorApp(this FunctionsApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddTokenMonitor(builder.Configuration, MonitorHosting.Unattended);
        if (builder.Configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"] is { Length: > 0 })
        {
            AddTelemetry(builder);
        }

        return builder;
    }

    // Without Application Insights, the host receives the logs as usual. With it, OpenTelemetry exports them.
    private static void AddTelemetry(FunctionsApplicationBuilder builder) => builder.Services.AddOpenTelemetry()
        .UseFunctionsWorkerDefaults()
        .WithMetrics(metrics => metrics.AddMeter(CheckMetrics.MeterName))
        .UseAzureMonitorExporter(exporter =>
        {
            // Set if ingestion accepts only identities. The host uses it too.
            if (builder.Configuration["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"] is { Length: > 0 })
            {
                exporter.Credential = new DefaultAzureCredential();
            }

            // The alarm for missing checks counts single log entries: none may be sampled away, not even with its trace.
            exporter.TracesPerSecond = null;
            exporter.SamplingRatio = 1;
            exporter.EnableTraceBasedLogsSampler = false;

            // Nothing here uses live metrics or performance counters; they would add calls and series.
            exporter.EnableLiveMetrics = false;
            exporter.EnablePerformanceCounters = false;
        });
}
