using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using SafeCast.TokenMonitor.Configuration;
using SafeCast.TokenMonitor.Monitoring;

var builder = FunctionsApplication.CreateBuilder(args);

try
{
    builder.Services.AddTokenMonitor(builder.Configuration, MonitorHosting.Unattended);
}
catch (ConfigurationException e)
{
    // A stack trace would bury the faults.
    Console.Error.WriteLine(e.Message);
    return 1;
}

var telemetry = builder.Services.AddOpenTelemetry()
    .UseFunctionsWorkerDefaults()
    .WithMetrics(metrics => metrics.AddMeter(CheckMetrics.MeterName));
if (builder.Configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"] is { Length: > 0 })
{
    telemetry.UseAzureMonitorExporter(exporter =>
    {
        // Set, as the host reads it too, where ingestion takes identities only.
        if (builder.Configuration["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"] is { Length: > 0 })
        {
            exporter.Credential = new DefaultAzureCredential();
        }

        // The alarm for silence counts single lines: none is sampled away, nor with the trace that it belongs to.
        exporter.TracesPerSecond = null;
        exporter.SamplingRatio = 1;
        exporter.EnableTraceBasedLogsSampler = false;
        // For who watches a busy app live: calls and series that nobody here asks for.
        exporter.EnableLiveMetrics = false;
        exporter.EnablePerformanceCounters = false;
    });
}
else
{
    // With OpenTelemetry the host leaves logging to the worker; without an exporter its lines would go nowhere.
    builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
}

builder.Build().Run();
return 0;
