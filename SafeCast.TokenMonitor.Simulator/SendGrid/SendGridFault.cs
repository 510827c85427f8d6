using System.Globalization;
using SafeCast.TokenMonitor.Simulator.Faults;

namespace SafeCast.TokenMonitor.Simulator.SendGrid;

/// <summary>How SendGrid refuses for reasons of its own.</summary>
public static class SendGridFault
{
    /// <summary>401: the key is unknown or was revoked.</summary>
    public static Fault Unauthorized() => Error(401, "The provided authorization grant is invalid, expired, or revoked");

    /// <summary>401: the trial's mails of the day, or the trial itself, are used up.</summary>
    public static Fault CreditsExceeded() => Error(401, "Maximum credits exceeded");

    /// <summary>403: the key may not send.</summary>
    public static Fault Forbidden() => Error(403, "access forbidden");

    /// <summary>413: the mail is too large.</summary>
    public static Fault TooLarge() => Error(413, "content too large");

    /// <summary>429: too many calls.</summary>
    /// <param name="retryAfter">Told in whole seconds in <c>Retry-After</c>, where given.</param>
    public static Fault TooManyRequests(TimeSpan? retryAfter = null) => Fault.Answer(
        429,
        Body("too many requests"),
        headers: retryAfter is { } wait ? [("Retry-After", ((int)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture))] : []);

    /// <summary>500, or 503 if so asked.</summary>
    public static Fault ServerError(int status = 500) => Error(status, "internal server error");

    private static Fault Error(int status, string message) => Fault.Answer(status, Body(message));

    private static string Body(string message) => $$"""{"errors":[{"message":"{{message}}","field":null,"help":null}]}""";
}
