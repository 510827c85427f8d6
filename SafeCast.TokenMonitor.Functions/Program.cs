using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using SafeCast.TokenMonitor.Configuration;
using SafeCast.TokenMonitor.Functions;

var builder = FunctionsApplication.CreateBuilder(args);
try
{
    builder.AddTokenMonitorApp();
}
catch (ConfigurationException e)
{
    // A stack trace would hide the errors.
    Console.Error.WriteLine(e.Message);
    return 1;
}

builder.Build().Run();
return 0;
