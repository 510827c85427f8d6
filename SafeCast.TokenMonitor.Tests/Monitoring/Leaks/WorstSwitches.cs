using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace SafeCast.TokenMonitor.Tests.Monitoring.Leaks;

/// <summary>
/// Sets, for the whole test process, the switches that make the platform tell the most. The platform reads each of them once, at
/// its first use, which is why a test would come too late; nothing but what is recorded hangs on them.
/// </summary>
internal static class WorstSwitches
{
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "Nothing else in a test assembly runs before the first use of HttpClient.")]
    internal static void Set()
    {
        // By default the platform cuts queries off the URLs that it records.
        AppContext.SetSwitch("System.Net.Http.DisableUriRedaction", true);

        // By default the Azure clients make no activities that an ActivityListener sees.
        AppContext.SetSwitch("Azure.Experimental.EnableActivitySource", true);
    }
}
