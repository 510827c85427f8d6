using System.Globalization;
using SafeCast.TokenMonitor.Simulator.Faults;

namespace SafeCast.TokenMonitor.Simulator.Graph;

/// <summary>Faults of Graph that do not follow from the state of the world.</summary>
public static class GraphFault
{
    /// <summary>Any error.</summary>
    public static Fault Error(GraphError error) => new GraphErrorFault(error, []);

    /// <summary>Any error.</summary>
    public static Fault Error(int code, string message, int status = 400, int? subcode = null, bool? isTransient = null) =>
        Error(new GraphError(code, message) { Status = status, Subcode = subcode, IsTransient = isTransient });

    /// <summary>1: an unknown error.</summary>
    public static Fault UnknownError() => Error(1, "An unknown error has occurred.", 500, isTransient: true);

    /// <summary>2: temporarily unavailable.</summary>
    public static Fault Unavailable() => Error(2, "Service temporarily unavailable", 503, isTransient: true);

    /// <summary>4: the app has made too many calls; comes with <c>X-App-Usage</c>.</summary>
    /// <param name="status">400, 403 or 429: Graph uses all of them.</param>
    public static Fault Throttled(int status = 403) => new GraphErrorFault(
        new GraphError(4, "(#4) Application request limit reached") { Status = status, IsTransient = true },
        [("x-app-usage", """{"call_count":100,"total_cputime":25,"total_time":31}""")]);

    /// <summary>80008: too many reads of one business account; comes with <c>X-Business-Use-Case-Usage</c>.</summary>
    /// <param name="businessAccountId">The account.</param>
    /// <param name="minutes">How long to wait, in minutes.</param>
    public static Fault AccountThrottled(string businessAccountId, int minutes = 12) => new GraphErrorFault(
        new GraphError(80008, "(#80008) There have been too many calls to this WhatsApp Business account. Wait a bit and try again. For more info, please refer to https://developers.facebook.com/docs/graph-api/overview/rate-limiting.") { Status = 400 },
        [("x-business-use-case-usage", string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"{{businessAccountId}}":[{"type":"whatsapp_business_management","call_count":100,"total_cputime":1,"total_time":1,"estimated_time_to_regain_access":{{minutes}}}]}"""))]);

    /// <summary>101: how older versions refuse an unknown app.</summary>
    public static Fault UnknownApp() => Error(101, "Error validating application. Invalid application ID.");

    /// <summary>2500: the configured version or base address is wrong.</summary>
    public static Fault UnknownPath() => Error(2500, "Unknown path components: /v99.0");

    /// <summary>131042: the payment of the account failed.</summary>
    public static Fault PaymentFailed() => Error(131042, "(#131042) Business eligibility payment issue");

    /// <summary>133010: the number must be registered again.</summary>
    public static Fault NumberNotRegistered() => Error(133010, "(#133010) Phone number not registered");

    /// <summary>131031: the account was locked.</summary>
    public static Fault AccountLocked() => Error(131031, "(#131031) Business Account locked", 403);
}
