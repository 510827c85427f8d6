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
    telemetry.UseAzureMonitorExporter();
}
else
{
    // With OpenTelemetry the host leaves logging to the worker; without an exporter its lines would go nowhere.
    builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
}

builder.Build().Run();
return 0;
