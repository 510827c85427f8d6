namespace SafeCast.TokenMonitor.Tests.Monitoring.Leaks.Inlets;

/// <summary>
/// The simulators are served by ASP.NET Core in this same process. It records, under names of its own, the requests that it gets,
/// as Meta's and Microsoft's servers may; the monitor has no ASP.NET Core in it, so nothing of its is lost with these.
/// </summary>
internal static class ServerSide
{
    private static readonly string[] Names =
    [
        // ActivitySource, DiagnosticListener and meters of the request pipeline: "Microsoft.AspNetCore", "Microsoft.AspNetCore.Hosting" and so on.
        "Microsoft.AspNetCore",

        // EventSource of the server, whose RequestStart names path and method.
        "Microsoft-AspNetCore-Server-Kestrel",
    ];

    public static bool Is(string name) => Names.Any(known => name == known || name.StartsWith(known + ".", StringComparison.Ordinal));
}
