using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SafeCast.TokenMonitor.Configuration;
using SafeCast.TokenMonitor.Functions;

var builder = FunctionsApplication.CreateBuilder(args);
try
{
    builder.AddTokenMonitorApp().Build().Run();
    return 0;
}
catch (OptionsValidationException e)
{
    // A stack trace would hide the errors.
    Console.Error.WriteLine(e.Describe());
    return 1;
}
