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

    /// <summary>403: the vault uses access policies, and none allows the caller to get secrets.</summary>
    public static Fault ForbiddenByPolicy() => Error(
        403, "Forbidden", "The user, group or application 'appid=00000000-0000-0000-0000-0000000000aa' does not have secrets get permission on key vault 'simulation;location=westeurope'.", "AccessDenied");

    /// <summary>401: the access token is of another tenant.</summary>
    public static Fault OtherTenant() => Fault.Answer(
        401,
        VaultErrors.Body("Unauthorized", "AKV10032: Invalid issuer. Expected one of https://sts.windows.net/11111111-1111-1111-1111-111111111111/, found another.").ToJsonString(),
        headers: [("WWW-Authenticate", "Bearer authorization=\"https://login.microsoftonline.com/11111111-1111-1111-1111-111111111111\", resource=\"https://vault.azure.net\"")]);

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
