using System.Globalization;
using SafeCast.TokenMonitor.Simulator.Faults;

namespace SafeCast.TokenMonitor.Simulator.Vault;

/// <summary>Faults of Key Vault.</summary>
public static class VaultFault
{
    /// <summary>401: the access token is rejected.</summary>
    public static Fault Unauthorized() => Error(401, "Unauthorized", "AKV10046: Unable to resolve the key used for signature validation.");

    /// <summary>403: the firewall blocks the address of the caller.</summary>
    public static Fault ForbiddenByFirewall() => Error(403, "Forbidden", "Client address is not authorized and caller is not a trusted service.", "ForbiddenByFirewall");

    /// <summary>429: too many calls.</summary>
    /// <param name="retryAfter">The delay in <c>Retry-After</c>, in whole seconds; null: no header.</param>
    public static Fault Throttled(TimeSpan? retryAfter = null) => Fault.Answer(
        429,
        VaultErrors.Body("Throttled", "Request was not processed because too many requests were received. Reason: VaultRequestTypeLimitReached").ToJsonString(),
        headers: retryAfter is { } wait ? [("Retry-After", ((int)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture))] : []);

    /// <summary>503, or another 5xx.</summary>
    public static Fault Unavailable(int status = 503) => Error(status, "InternalServerError", "The service is unavailable. Please try again.");

    private static Fault Error(int status, string code, string message, string? innerCode = null) =>
        Fault.Answer(status, VaultErrors.Body(code, message, innerCode).ToJsonString());
}
