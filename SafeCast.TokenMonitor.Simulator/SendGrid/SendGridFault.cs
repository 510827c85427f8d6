using System.Globalization;
using SafeCast.TokenMonitor.Simulator.Faults;

namespace SafeCast.TokenMonitor.Simulator.SendGrid;

/// <summary>Faults of SendGrid.</summary>
public static class SendGridFault
{
    /// <summary>401: the key is unknown or was revoked.</summary>
    public static Fault Unauthorized() => Error(401, "The provided authorization grant is invalid, expired, or revoked");

    /// <summary>401: the daily mails of the trial are used up, or the trial has ended.</summary>
    public static Fault CreditsExceeded() => Error(401, "Maximum credits exceeded");

    /// <summary>403: the key lacks the permission to send.</summary>
    public static Fault Forbidden() => Error(403, "access forbidden");

    /// <summary>413: the mail is too large.</summary>
    public static Fault TooLarge() => Error(413, "content too large");

    /// <summary>429: too many calls.</summary>
    /// <param name="retryAfter">The delay in <c>Retry-After</c>, in whole seconds; null: no header.</param>
    public static Fault TooManyRequests(TimeSpan? retryAfter = null) => Fault.Answer(
        429,
        Body("too many requests"),
        headers: retryAfter is { } wait ? [("Retry-After", ((int)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture))] : []);

    /// <summary>500, or another status.</summary>
    public static Fault ServerError(int status = 500) => Error(status, "internal server error");

    private static Fault Error(int status, string message) => Fault.Answer(status, Body(message));

    private static string Body(string message) => $$"""{"errors":[{"message":"{{message}}","field":null,"help":null}]}""";
}
